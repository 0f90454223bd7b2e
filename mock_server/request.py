"""A request as the pipeline reads it, and how its answer goes out: ASGI messages, nothing of the contract."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from starlette.types import Receive, Scope, Send

from mock_server.errors import BodyTooLarge
from mock_server.parameters import parse_query
from mock_server.world import World

# Keys of the ASGI scope that `app.py` sets before an API sees the request.
PATH = "mock_server.path"  # still percent-encoded, without the prefixes that led to the API
WORLD = "mock_server.world"


class ClientGone(Exception):
    """The client closed the connection before its request was complete."""


class Request:
    """One HTTP request."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._scope = scope
        self._receive = receive
        self.method: str = scope["method"]
        self.path: str = scope[PATH]
        self.world: World = scope[WORLD]
        self.query_string: bytes = scope["query_string"]
        self.headers: Mapping[str, str] = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }

    @cached_property
    def query(self) -> Mapping[str, Sequence[str]]:
        """Query values by name. Raises `InvalidRequest`."""
        return parse_query(self.query_string)

    @property
    def media_type(self) -> str:
        """The media type of the body in lower case and without parameters, empty when none was sent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    async def body(self, limit: int) -> bytes:
        """The whole body. Raises `BodyTooLarge` beyond `limit` bytes and `ClientGone`."""
        announced = self.headers.get("content-length", "0")
        if announced.isdecimal() and int(announced) > limit:
            raise BodyTooLarge(limit)
        chunks: list[bytes] = []
        size, more = 0, True
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > limit:
                raise BodyTooLarge(limit)
            chunks.append(chunk)
            more = message.get("more_body", False)
        return b"".join(chunks)


async def send_answer(
    send: Send, status: int, headers: Mapping[str, str], body: bytes, *, without_body: bool = False
) -> None:
    """Sends an answer; `without_body` (HEAD) keeps its Content-Length and sends nothing of it."""
    raw: list[tuple[bytes, bytes]] = [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()
    ]
    if status not in (204, 304):
        raw.append((b"content-length", str(len(body)).encode()))
    start: dict[str, Any] = {"type": "http.response.start", "status": status, "headers": raw}
    await send(start)
    await send({"type": "http.response.body", "body": b"" if without_body else body})
