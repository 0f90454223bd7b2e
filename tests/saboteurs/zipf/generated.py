"""Saboteurs of Zipf: what only generated requests find."""

from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.service import Zipf
from mock_server.reply import Reply
from tests.saboteurs import saboteur

Body = Mapping[str, Any]


@saboteur.reply("ZIPF-SCHEMA-01", "list_sessions")
def counts_in_words(body: Any) -> Any:
    """The sessions are no list."""
    return {**body, "sessions": {"first": body["sessions"][:1]}}


@saboteur.wire("ZIPF-MEDIA-01")
def says_plain_text(app: ASGIApp) -> ASGIApp:
    """Every reply says that it is plain text."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message["headers"] if pair[0] != b"content-type"]
                message = {**message, "headers": [*kept, (b"content-type", b"text/plain")]}
            await send(message)

        await app(scope, receive, changed)

    return wrapped


@saboteur.answer("ZIPF-STATUS-01")
def redirects(operation_id: str, answer: Reply) -> Reply:
    """The list is answered with 302."""
    return Reply(302, answer.body, {"Location": "/elsewhere"}) if operation_id == "list_sessions" else answer


@saboteur.operations("ZIPF-SERVER-ERROR-01")
class FailsOnDescriptions(Operations):
    """A creation with a description makes the server fail."""

    def create_session(self, zipf: Zipf, *, body: Body) -> Reply:
        """Fails."""
        if "description" in body:
            return Reply(500, {"error": "boom", "message": "boom", "code": "internal"})
        return super().create_session(zipf, body=body)


@saboteur.operations("ZIPF-STATEFUL-01")
class ReadsTheDeleted(Operations):
    """The details of a deleted session can still be read."""

    def __init__(self) -> None:
        self._deleted: dict[str, Reply] = {}

    def delete_session(self, zipf: Zipf, *, id_: str) -> Reply:
        """Remembers, then deletes."""
        remembered = super().get_session(zipf, id_=id_)
        reply = super().delete_session(zipf, id_=id_)
        self._deleted[id_] = remembered
        return reply

    def get_session(self, zipf: Zipf, *, id_: str) -> Reply:
        """Reads what was deleted, too."""
        return self._deleted.get(id_) or super().get_session(zipf, id_=id_)


@saboteur.specification("ZIPF-REJECT-01")
def takes_any_name(contract: dict[str, Any]) -> None:
    """A name may be anything at all."""
    contract["components"]["schemas"]["SessionName"] = {}


@saboteur.specification("ZIPF-ACCEPT-01")
def dislikes_intents(contract: dict[str, Any]) -> None:
    """An intent context may have one character at most."""
    properties = contract["components"]["schemas"]["NewSession"]["properties"]
    properties["intent_context"] = {"type": "string", "maxLength": 1}


@saboteur.wire("ZIPF-METHOD-01")
def takes_any_method(app: ASGIApp) -> ASGIApp:
    """A method that the path does not have is taken for GET."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        known = ("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS")
        await app({**scope, "method": scope["method"] if scope["method"] in known else "GET"}, receive, send)

    return wrapped
