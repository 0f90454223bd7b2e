"""Saboteurs of Deep Work Zone: what only generated requests find."""

from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_server.apis.deepworkzone.operations import Operations
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")


@saboteur.reply("DWZ-SCHEMA-01", "get_session")
def counts_in_words(body: Any) -> Any:
    """The duration is a text."""
    return {"data": {**body["data"], "duration": str(body["data"]["duration"])}}


@saboteur.wire("DWZ-MEDIA-01")
def says_plain_text(app: ASGIApp) -> ASGIApp:
    """Every reply says that it is plain text."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name != b"content-type"]
                message = {**message, "headers": [*kept, (b"content-type", b"text/plain")]}
            await send(message)

        await app(scope, receive, changed)

    return wrapped


@saboteur.answer("DWZ-STATUS-01")
def redirects(operation_id: str, answer: Reply) -> Reply:
    """The list is answered with 302."""
    return Reply(302, answer.body, {"Location": "/elsewhere"}) if operation_id == "list_sessions" else answer


@saboteur.operations("DWZ-SERVER-ERROR-01")
class FailsOnKeywords(Operations):
    """A list with a keyword makes the server fail."""

    def list_sessions(self, sessions: Sessions, **filters: Any) -> Reply:
        """Fails."""
        if "keyword" in filters:
            return Reply(500, {"message": "Server Error"})
        return super().list_sessions(sessions, **filters)


@saboteur.operations("DWZ-STATEFUL-01")
class ReadsTheDeleted(Operations):
    """A deleted session can still be read."""

    def __init__(self) -> None:
        self._deleted: dict[int, Reply] = {}

    def delete_session(self, sessions: Sessions, *, id_: int, scope: str) -> Reply:
        """Deletes and remembers."""
        read = super().get_session(sessions, id_=id_)
        reply = super().delete_session(sessions, id_=id_, scope=scope)
        self._deleted[id_] = read
        return reply

    def get_session(self, sessions: Sessions, *, id_: int) -> Reply:
        """Reads what was deleted, too."""
        return self._deleted.get(id_) or super().get_session(sessions, id_=id_)


@saboteur.specification("DWZ-REJECT-01")
def takes_any_blocker(contract: dict[str, Any]) -> None:
    """Which websites are blocked may be anything at all."""
    contract["components"]["schemas"]["WebsiteBlocker"] = {}


@saboteur.specification("DWZ-ACCEPT-01")
def dislikes_keywords(contract: dict[str, Any]) -> None:
    """A keyword may have one character at most."""
    contract["components"]["parameters"]["KeywordFilter"]["schema"]["maxLength"] = 1


@saboteur.wire("DWZ-METHOD-01")
def takes_any_method(app: ASGIApp) -> ASGIApp:
    """A method that the path does not have is taken for GET."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"] if scope["method"] in METHODS else "GET"
        await app({**scope, "method": method}, receive, send)

    return wrapped
