"""A request as the pipeline reads it, and how its answer goes out: ASGI messages, nothing of the contract."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from time import perf_counter
from typing import NamedTuple

from starlette.types import Receive, Scope, Send

from mock_server.changes import Change
from mock_server.errors import BodyTooLarge
from mock_server.faults import Breakage
from mock_server.headers import Fields, RawHeaders, RequestHeaders
from mock_server.one_piece import sent_in_one_piece
from mock_server.parameters import parse_query
from mock_server.webhooks import Delivery
from mock_server.world import World

# Keys of the ASGI scope that `app.py` sets before an API sees the request.
HEADERS = "mock_server.headers"  # by lower-case name, as bytes
PATH = "mock_server.path"  # still percent-encoded, without the prefixes that led to the API
WORLD = "mock_server.world"
VARY = (b"vary", b"Origin")


class ClientGone(Exception):
    """The client closed the connection before its request was complete."""


class Request:
    """One HTTP request, and what became of it so far.

    * `scope` is ASGI's, `fields` are the headers.
    * `received`: the body, once it was read; `caller`: whose credentials it carries, once they were checked.
    * `error`: the condition that ended it; `steered`: what was done to it on somebody's wish, in words.
    * `at`: the time in its world when its operation was performed.
    * `delayed`: seconds that it was made to wait; `breakage`: how its answer is to break on its way.
    * `applied`: its preferences that were followed; `changes`: what it wrote; `deliveries`: its webhooks.
    """

    # What most requests never set stands here, so that it costs them nothing.
    received = b""
    caller = ""
    error: Exception | None = None
    at: datetime | None = None
    delayed = 0.0
    breakage: Breakage | None = None
    steered: Sequence[str] = ()
    applied: Sequence[str] = ()
    changes: Sequence[Change] = ()
    deliveries: Sequence[Delivery] = ()

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope = scope
        self.receive = receive
        self.started = perf_counter()
        self.method: str = scope["method"]
        self.path: str = scope[PATH]
        self.world: World = scope[WORLD]
        self.query_string: bytes = scope["query_string"]
        self.fields: Fields = scope[HEADERS]

    @cached_property
    def headers(self) -> RequestHeaders:
        """The headers as text."""
        return RequestHeaders(self.fields)

    @cached_property
    def query(self) -> Mapping[str, Sequence[str]]:
        """Query values by name. Raises `InvalidRequest`."""
        return parse_query(self.query_string)

    @property
    def media_type(self) -> str:
        """The media type of the body in lower case and without parameters, empty when none was sent."""
        content_type = self.fields.get(b"content-type", b"")
        return content_type.partition(b";")[0].strip().lower().decode("latin-1")

    def take_changes(self) -> None:
        """Takes over what it wrote in its world, and the webhooks that come of it."""
        if self.world.changes:
            self.changes = self.world.taken_changes()
        if self.world.deliveries:
            self.deliveries = self.world.taken_deliveries()

    def note(self, *texts: str) -> None:
        """Tells what was done to it on somebody's wish."""
        self.steered = (*self.steered, *texts)

    async def body(self, limit: int) -> bytes:
        """The whole body. Raises `BodyTooLarge` beyond `limit` bytes and `ClientGone`."""
        announced = self.fields.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            raise BodyTooLarge(limit)
        chunks: list[bytes] = []
        size, more = 0, True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > limit:
                raise BodyTooLarge(limit)
            chunks.append(chunk)
            more = message.get("more_body", False)
        self.received = b"".join(chunks)
        return self.received


class Outgoing(NamedTuple):
    """An answer as it goes out."""

    status: int
    headers: RawHeaders
    body: bytes


async def send_answer(
    send: Send, status: int, headers: RawHeaders, body: bytes, *, without_body: bool = False
) -> None:
    """Sends an answer; `without_body` (HEAD) keeps its Content-Length and sends nothing of it.

    Every answer depends on the `Origin`: on APIs it is reflected, and control refuses a foreign one.
    """
    length = () if status in (204, 304) else ((b"content-length", b"%d" % len(body)),)
    complete = (*headers, VARY, *length)
    if without_body or not sent_in_one_piece(send, status, complete, body):
        await send({"type": "http.response.start", "status": status, "headers": complete})
        await send({"type": "http.response.body", "body": b"" if without_body else body})
