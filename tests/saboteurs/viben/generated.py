"""Saboteurs of Viben: what only generated requests find."""

from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_server.apis.viben.operations import Operations
from mock_server.apis.viben.service import Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur

Body = Mapping[str, Any]


@saboteur.reply("VIBEN-SCHEMA-01", "get_session")
def counts_in_words(body: Any) -> Any:
    """The number of messages is a text."""
    return {**body, "message_count": str(body["message_count"])}


@saboteur.wire("VIBEN-MEDIA-01")
def says_plain_text(app: ASGIApp) -> ASGIApp:
    """Every reply says that it is plain text."""
    return _with_headers(app, {b"content-type": b"text/plain"})


@saboteur.answer("VIBEN-STATUS-01")
def redirects(operation_id: str, answer: Reply) -> Reply:
    """The list is answered with 302."""
    return Reply(302, answer.body, {"Location": "/elsewhere"}) if operation_id == "list_sessions" else answer


@saboteur.operations("VIBEN-SERVER-ERROR-01")
class FailsOnPrompts(Operations):
    """A creation with a prompt makes the server fail."""

    def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
        """Fails."""
        if "prompt" in body:
            return Reply(500, {"error": "boom", "code": "INTERNAL_ERROR"})
        return super().create_session(sessions, body=body)


@saboteur.operations("VIBEN-STATEFUL-01")
class ReadsTheDeleted(Operations):
    """The details of a deleted session can still be read."""

    def __init__(self) -> None:
        self._deleted: dict[str, Any] = {}

    def delete_session(self, sessions: Sessions, *, id_: str) -> Reply:
        """Deletes and remembers."""
        self._deleted[id_] = super().get_session(sessions, id_=id_)
        return super().delete_session(sessions, id_=id_)

    def get_session(self, sessions: Sessions, *, id_: str) -> Reply:
        """Reads what was deleted, too."""
        return self._deleted.get(id_) or super().get_session(sessions, id_=id_)


@saboteur.specification("VIBEN-REJECT-01")
def takes_any_filter_twice(contract: dict[str, Any]) -> None:
    """A message may be anything at all."""
    contract["components"]["schemas"]["NewMessage"] = {}


@saboteur.specification("VIBEN-ACCEPT-01")
def dislikes_prompts(contract: dict[str, Any]) -> None:
    """A prompt may have one character at most."""
    contract["components"]["schemas"]["NewSession"]["properties"]["prompt"] = {
        "type": "string",
        "maxLength": 1,
    }


@saboteur.wire("VIBEN-METHOD-01")
def takes_any_method(app: ASGIApp) -> ASGIApp:
    """A method that the path does not have is taken for GET."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        known = ("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS")
        await app({**scope, "method": scope["method"] if scope["method"] in known else "GET"}, receive, send)

    return wrapped


def _with_headers(app: ASGIApp, headers: Mapping[bytes, bytes]) -> ASGIApp:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name not in headers]
                message = {**message, "headers": [*kept, *headers.items()]}
            await send(message)

        await app(scope, receive, changed)

    return wrapped
