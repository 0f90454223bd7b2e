"""Saboteurs of who may call at all, and of the form of refusals."""

from starlette.types import ASGIApp, Receive, Scope, Send

from mock_server import apis
from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.wire("MOBILENEXT-AUTH-01")
def lets_strangers_in(app: ASGIApp) -> ASGIApp:
    """A request without credentials counts as the owner's."""
    owner = apis.load("mobilenext").personas[0]
    credentials = (b"authorization", f"Bearer {owner.token}".encode())

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        names = [name for name, _ in scope["headers"]]
        headers = scope["headers"] if b"authorization" in names else [*scope["headers"], credentials]
        await app({**scope, "headers": headers}, receive, send)

    return wrapped


@saboteur.refusal("MOBILENEXT-AUTH-02")
def forbids_strangers(answer: Reply) -> Reply:
    """Unknown credentials are answered with 403."""
    return answer._replace(status=403) if answer.status == 401 else answer


@saboteur.refusal("MOBILENEXT-AUTH-02")
def does_not_challenge(answer: Reply) -> Reply:
    """401 does not say how to authenticate."""
    return answer._replace(headers={})


@saboteur.refusal("MOBILENEXT-ERROR-01")
def says_errors_flat(answer: Reply) -> Reply:
    """A refusal has its message at the top."""
    return answer._replace(body={"error": answer.body["error"]["message"]})


@saboteur.wire("MOBILENEXT-ERROR-02")
def takes_deletions(app: ASGIApp) -> ASGIApp:
    """A deletion is answered as if the session had been read."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        method = "GET" if scope["method"] == "DELETE" else scope["method"]
        await app({**scope, "method": method}, receive, send)

    return wrapped
