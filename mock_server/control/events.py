"""The event stream of control: server-sent events of what happens in the worlds, for many listeners.

Format and resumption are those of the HTML standard, 9.2 (Server-sent events).
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from secrets import token_hex
from time import monotonic
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_server.addressing import CONTROL_PREFIX
from mock_server.control.observer import Happening, Observer
from mock_server.json_codec import serialise
from mock_server.reply import Reply, problem
from mock_server.request import PATH, WORLD

PATH_OF_EVENTS = f"{CONTROL_PREFIX}/events"
MEDIA_TYPE = "text/event-stream"
MOST_STREAMS = 32
KEPT = 1000  # events that a listener who lost the connection can still get
LOOK_EVERY = 0.1  # seconds
HEARTBEAT_EVERY = 15.0  # seconds; proxies close connections on which nothing comes
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass(frozen=True, slots=True)
class Event:
    """A happening with its place in the order of all."""

    number: int
    happening: Happening


class EventLog:
    """The latest events, numbered. Ids hold the number and what tells this server from an earlier one."""

    def __init__(self, kept: int = KEPT) -> None:
        self._events: deque[Event] = deque(maxlen=kept)
        self._server = token_hex(4)
        self.latest = 0

    def append(self, happening: Happening) -> None:
        """Takes an event in; the oldest one may have to go for it."""
        self.latest += 1
        self._events.append(Event(self.latest, happening))

    def after(self, number: int) -> list[Event]:
        """The events after that number which are still kept."""
        return list(takewhile(lambda event: event.number > number, reversed(self._events)))[::-1]

    def misses_after(self, number: int) -> bool:
        """Whether events after that number are gone."""
        oldest = self._events[0].number if self._events else self.latest + 1
        return number < oldest - 1

    def id(self, number: int) -> str:
        """The id of an event."""
        return f"{self._server}-{number}"

    def number(self, event_id: str) -> int:
        """The number in an id, -1 in an id of another server."""
        server, _, number = event_id.partition("-")
        return _number(number) if server == self._server else -1


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a listener wants: events of `namespace` (None: of all), and the latest `history` requests before.

    `last_event_id` is where an earlier connection ended, empty without one.
    """

    namespace: str | None
    history: int
    last_event_id: str

    def include(self, event: Event) -> bool:
        """Whether an event is one of those."""
        return self.namespace is None or event.happening.namespace in (self.namespace, "")


class EventStreams:
    """Answers `GET /events` under control; everything else is for `control`.

    The worlds are looked at as long as somebody listens, and never by a request. `close` ends every stream.
    """

    def __init__(self, control: ASGIApp, observer: Observer) -> None:
        self._control = control
        self._observer = observer
        self._log = EventLog()
        self._closed = asyncio.Event()
        self._looked_at = 0.0
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope[PATH] != PATH_OF_EVENTS or scope["method"] != "GET":
            await self._control(scope, receive, send)
            return
        await self._response(Request(scope))(scope, receive, send)

    def close(self) -> None:
        """Ends every stream at once, and lets no other begin."""
        self._closed.set()

    def _response(self, request: Request) -> Response:
        history = _number(request.query_params.get("history", "0"))
        if not 0 <= history <= KEPT:
            return _invalid("history", f"has to be a whole number from 0 to {KEPT}")
        if (everything := request.query_params.get("all", "false")) not in ("true", "false"):
            return _invalid("all", "has to be true or false")
        if self._open >= MOST_STREAMS:
            return _too_many()
        namespace = None if everything == "true" else request.scope[WORLD].name
        wishes = Wishes(namespace, history, request.headers.get("last-event-id", ""))
        return StreamingResponse(self._stream(wishes), media_type=MEDIA_TYPE, headers=HEADERS)

    async def _stream(self, wishes: Wishes) -> AsyncIterator[bytes]:
        self._open += 1
        try:
            async for piece in self._pieces(wishes):
                yield piece
        finally:
            self._open -= 1

    async def _pieces(self, wishes: Wishes) -> AsyncIterator[bytes]:
        self._look()
        beginning = self._resumed(wishes) if wishes.last_event_id else self._begun(wishes)
        position, told_at = self._log.latest, monotonic()
        yield b"retry: 1000\n\n" + b"".join(beginning)
        while not await self._is_closed_within(LOOK_EVERY):
            if monotonic() - self._looked_at >= LOOK_EVERY / 2:  # else another stream has just looked
                self._look()
            piece = b"".join(self._after(position, wishes))
            position = self._log.latest
            if not piece and monotonic() - told_at >= HEARTBEAT_EVERY:
                piece = b": nothing new\n\n"
            if piece:
                yield piece
                told_at = monotonic()

    def _begun(self, wishes: Wishes) -> Iterator[bytes]:
        wanted = [event for event in self._log.after(0) if wishes.include(event)]
        requests = [event for event in wanted if event.happening.type == "request"]
        yield from map(self._framed, requests[-wishes.history :] if wishes.history else ())
        yield self._told("listening", self._log.latest)

    def _resumed(self, wishes: Wishes) -> Iterator[bytes]:
        return self._after(self._log.number(wishes.last_event_id), wishes)

    def _after(self, position: int, wishes: Wishes) -> Iterator[bytes]:
        if self._log.misses_after(position):
            yield self._told("missed", self._log.latest)
        yield from map(self._framed, filter(wishes.include, self._log.after(position)))

    def _look(self) -> None:
        self._looked_at = monotonic()
        for happening in self._observer.look():
            self._log.append(happening)

    def _framed(self, event: Event) -> bytes:
        return self._told(event.happening.type, event.number, event.happening.data)

    def _told(self, name: str, number: int, data: Mapping[str, Any] | None = None) -> bytes:
        return b"id: %b\nevent: %b\ndata: %b\n\n" % (
            self._log.id(number).encode(),
            name.encode(),
            serialise(data or {}),
        )

    async def _is_closed_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._closed.wait(), seconds)
        except TimeoutError:
            return False
        return True


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else -1


def _invalid(parameter: str, reason: str) -> Response:
    detail = f"{parameter}: {reason}"
    errors = [{"pointer": parameter, "detail": detail}]
    return _answer(problem(400, "Bad Request", detail, errors=errors))


def _too_many() -> Response:
    detail = f"there are {MOST_STREAMS} event streams already; close one and try again"
    return _answer(problem(503, "Service Unavailable", detail), {"Retry-After": "1"})


def _answer(reply: Reply, headers: Mapping[str, str] | None = None) -> Response:
    return Response(serialise(reply.body), reply.status, headers, reply.media_type)
