"""Requirements on refusals and their body; the document is silent, so all of them are assumed."""

from collections.abc import Callable

from conformance import expect
from conformance.apis.viben.client import Viben
from conformance.reply import Reply
from conformance.requirement import Level, assumed, requirement

CODES = assumed(
    "Errors are not on the page; the gateway's page on errors has their body: "
    "https://linxueyuan.online/viben/backend/error-handling"
)
BEYOND_LIMIT = 2 * 1024 * 1024
JSON = {"Content-Type": "application/json"}


def refused_as(reply: Reply, status: int, code: str) -> None:
    """Expect a refusal with this status and code, and a text for people."""
    body = reply.has_status(status).object()
    expect.text("`error` in the refusal", body.get("error"))
    expect.equal("`code` in the refusal", body.get("code"), code)


@requirement(
    "VIBEN-ERROR-01",
    level=Level.MUST,
    origin=CODES,
    operations=["get_session", "update_session", "delete_session", "send_message"],
)
def unknown_session(api: Viben) -> None:
    """Whatever is asked of a session that does not exist is refused with 404, `NOT_FOUND` and a text."""
    id_ = api.given_no_session()
    asked: tuple[Callable[[], Reply], ...] = (
        lambda: api.get_session(id_),
        lambda: api.update_session(id_, {"status": "paused"}),
        lambda: api.delete_session(id_),
        lambda: api.send_message(id_, {"content": "Please continue"}),
    )
    for each in asked:
        refused_as(each(), 404, "NOT_FOUND")


@requirement(
    "VIBEN-ERROR-02",
    level=Level.MUST,
    origin=CODES,
    operations=["create_session", "update_session", "send_message"],
)
def malformed_body(api: Viben) -> None:
    """A body that is no JSON, no UTF-8, no object, or missing is refused with 400, `INVALID_INPUT` and a
    text.
    """
    paths = ("/sessions", "/sessions/{id}", "/sessions/{id}/message")
    id_ = str(api.given_session()["id"])
    for method, path in zip(("POST", "PATCH", "POST"), paths, strict=True):
        for content in (b"{", b'{"agent_id": "\xff"}', b"[]", b"null", b'"text"', b""):
            reply = api.http.request(method, path.format(id=id_), content=content, headers=JSON)
            refused_as(reply, 400, "INVALID_INPUT")


@requirement(
    "VIBEN-ERROR-03",
    level=Level.MUST,
    origin=CODES,
    operations=["create_session", "update_session", "send_message"],
)
def unusable_body(api: Viben) -> None:
    """A body of another media type is refused with 415, one beyond the limit with 413; without a type it
    counts as JSON.
    """
    content = b'{"agent_id": "CLAUDE_CODE"}'
    text = api.http.request("POST", "/sessions", content=content, headers={"Content-Type": "text/plain"})
    refused_as(text, 415, "UNSUPPORTED_MEDIA_TYPE")
    long = b'{"agent_id": "' + b"a" * BEYOND_LIMIT + b'"}'
    refused_as(api.http.request("POST", "/sessions", content=long, headers=JSON), 413, "PAYLOAD_TOO_LARGE")
    api.remembered(api.http.request("POST", "/sessions", content=content)).has_status(201)


@requirement("VIBEN-ERROR-04", level=Level.MUST, origin=CODES, operations=["list_sessions", "get_session"])
def wrong_address(api: Viben) -> None:
    """An unknown path is refused with 404, a method the path does not have with 405 and `Allow`."""
    refused_as(api.http.request("GET", "/no-such-path"), 404, "NOT_FOUND")
    reply = api.http.request("PUT", "/sessions")
    refused_as(reply, 405, "METHOD_NOT_ALLOWED")
    allowed = {each.strip() for each in (reply.header("Allow") or "").split(",")}
    expect.that({"GET", "POST"} <= allowed, expected="`Allow` with GET and POST", got=reply.header("Allow"))
