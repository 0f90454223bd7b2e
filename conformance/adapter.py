"""The way of generated requests onto the wire: through guard and budget, within bounds of size and time."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.exceptions import HTTPError

from conformance import backoff
from conformance.budget import Budget
from conformance.client import bounded
from conformance.deadlines import LATE, Deadline, EncryptedPool, PlainPool
from conformance.exchange import Exchange
from conformance.guard import Guard
from conformance.outcome import Outcome
from conformance.target import Target

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Wire:
    """What the adapter needs of a run: `spent` is called when it may send nothing more, `permits` says of
    method and path whether a request harms nobody.
    """

    target: Target
    guard: Guard
    budget: Budget
    spent: Callable[[], object]
    permits: Callable[[str, str], bool]


class NoExchange(requests.ConnectionError):
    """No exchange came about, which is no fault of the network's: the run held the request back, or cannot
    use the reply.
    """


class Adapter(HTTPAdapter):
    """Sends what the engine generated as scripted requests are sent."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self.wire = wire

    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        """Make the pools of connections, which have deadlines."""
        super().init_poolmanager(*given, **named)
        bound(self.poolmanager)

    def proxy_manager_for(self, *given: Any, **named: Any) -> Any:
        """Return the pools of connections through a proxy, which have deadlines."""
        pools = super().proxy_manager_for(*given, **named)
        bound(pools)
        return pools

    def serve(self, session: requests.Session) -> None:
        """Have what is sent in a session go this way."""
        session.trust_env = self.wire.target.foreign
        for scheme in ("http://", "https://"):
            session.mount(scheme, self)

    def send(self, request: requests.PreparedRequest, *given: Any, **named: Any) -> requests.Response:
        """Send a request, again after a pause where the deployment asks for one.

        Raises:
            NoExchange: the request must not be sent, nothing more may be, or the reply cannot be used.
            requests.ConnectionError: no reply came.
        """
        for _ in range(backoff.ATTEMPTS - 1):
            reply, exchange = self._once(request, *given, **named)
            pause = None if self.wire.target.disposable else backoff.wait(exchange)
            if pause is None or not self.wire.budget.allows(pause):
                return reply
            time.sleep(pause)
        return self._once(request, *given, **named)[0]

    def _once(
        self, request: requests.PreparedRequest, *given: Any, **named: Any
    ) -> tuple[requests.Response, Exchange]:
        wire = self.wire
        prefix = urlsplit(wire.target.connect_url).path
        path = urlsplit(request.url or "").path.removeprefix(prefix)
        if not wire.permits(request.method or "GET", path):
            raise NoExchange(f"{request.method} {path} is not sent: it may be somebody else's")
        try:
            wire.guard.permit(request.method or "GET")
            wire.budget.spend()
            wire.guard.sending(exchanged(request, None, prefix))
        except (Outcome, KeyboardInterrupt) as reason:
            wire.spent()
            raise NoExchange(str(reason)) from reason
        patience = wire.budget.patience(wire.target.connection.timeout)
        deadline = time.monotonic() + patience
        try:
            reply = super().send(request, *given, **(named | {"timeout": patience}))
            read(reply, deadline)
        except (requests.RequestException, OSError) as reason:
            wire.guard.unanswered(exchanged(request, None, prefix), f"{request.method} {path}: no reply")
            raise reason
        finally:
            if wire.budget.exhausted():
                wire.spent()
        exchange = exchanged(request, reply, prefix)
        wire.guard.answered(exchange)
        return reply, exchange


def bound(pools: PoolManager) -> None:
    """Give the connections of these pools deadlines."""
    pools.pool_classes_by_scheme = {"http": PlainPool, "https": EncryptedPool}


def read(reply: requests.Response, deadline: float) -> None:
    """Read a reply's body within the limits of size and time, so that nobody has to read it without.

    Raises:
        NoExchange: it is larger, takes longer, or cannot be read here.
    """
    chunks = iter(lambda: reply.raw.read1(CHUNK, decode_content=True), b"")
    wire = getattr(reply.raw.connection, "wire", None)
    left = Deadline(max(0.0, deadline - time.monotonic()), lambda: wire, LATE)
    try:
        body = left.keep(lambda: bounded(chunks, deadline))
    except Outcome as reason:
        reply.close()
        raise NoExchange(str(reason)) from reason
    except (HTTPError, OSError) as reason:
        reply.close()
        raise requests.ConnectionError(str(reason)) from reason
    reply._content = body  # noqa: SLF001  # the only way to hand over what was read
    reply._content_consumed = True  # noqa: SLF001


def exchanged(request: requests.PreparedRequest, reply: requests.Response | None, prefix: str) -> Exchange:
    """Return a request and its reply, if one came, in the suite's own form; the prefix is the path of the
    base URL.
    """
    parts = urlsplit(request.url or "")
    body = request.body
    return Exchange(
        method=request.method or "GET",
        target=parts.path.removeprefix(prefix) + (f"?{parts.query}" if parts.query else ""),
        headers=pairs(request.headers),
        body=body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else None,
        status=0 if reply is None else reply.status_code,
        reply_headers=() if reply is None else pairs(reply.headers),
        reply_body=b"" if reply is None else reply.content,
    )


def pairs(headers: Mapping[str, str | bytes]) -> tuple[tuple[str, str], ...]:
    """Return headers as pairs of texts."""
    return tuple(
        (name, value.decode("latin-1") if isinstance(value, bytes) else value)
        for name, value in headers.items()
    )


@dataclass(slots=True)
class Transport:
    """The engine's transport, with every session's requests going through our adapter.

    `prepare` may still change a case that is about to be sent.
    """

    own: Any
    adapter: Adapter | None = None
    prepare: Callable[[Any], object] = bool

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own, name)

    def send(self, case: Any, *, session: requests.Session | None = None, **named: Any) -> Any:
        """Send a case."""
        self.prepare(case)
        used = session or requests.Session()
        if self.adapter:
            self.adapter.serve(used)
        return self.own.send(case, session=used, **named)


def with_transport(schema: Any, transport: Transport) -> None:
    """Let a schema, and what the engine copies from it, send through the transport; no setting does that."""
    schema.__class__ = type(
        "Schema", (type(schema),), {"transport": property(lambda _: transport), "__slots__": ()}
    )
