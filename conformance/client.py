"""The HTTP client of scripted requirements: sends as an actor, records, counts, and never follows a redirect.

An API's own client (`apis/<api>/client.py`) names the operations on top of it.
"""

import json
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import httpx

from conformance.addressing import is_direct
from conformance.backoff import ATTEMPTS, wait
from conformance.budget import Budget
from conformance.deadlines import LATE, with_deadlines
from conformance.exchange import Exchange, Journal
from conformance.guard import Guard
from conformance.outcome import Broken, BudgetSpent, Inconclusive, Outcome, Skip
from conformance.reading_limits import unreadable
from conformance.reply import Reply
from conformance.target import Connection, Target

KEEP_ALIVE = 2.0  # shorter than any server's, so that no request meets a connection just closed
LARGEST_REPLY = 8 * 1024 * 1024
DONE_BEFORE = 204
ABSENT: Any = object()

Authorize = Callable[[str], Mapping[str, str]]


def bearer(token: str) -> Mapping[str, str]:
    """Return the headers that carry a bearer token (RFC 6750)."""
    return {"Authorization": f"Bearer {token}"}


@dataclass(slots=True)
class Http:
    """Sends the requests of one examination to one target.

    `name` makes what it creates recognisable; the same run gives the same names. `contract` is the API's.
    """

    target: Target
    connection: httpx.Client
    base_path: str
    name: str = "conformance"
    authorize: Authorize = bearer
    budget: Budget = field(default_factory=Budget)
    journal: Journal = field(default_factory=Journal)
    guard: Guard = field(default_factory=Guard)
    cleanup: list[Callable[[], object]] = field(default_factory=list)
    contract: Mapping[str, Any] = field(default_factory=dict)
    ended: bool = False  # what follows only undoes
    _names: int = 0

    def unique(self, word: str) -> str:
        """Return a name that no other examination of this run uses."""
        self._names += 1
        return f"{word}-{self.name}-{self._names}"

    def clean_up(self) -> None:
        """Undo what the examination created, the newest first; neither recorded nor held back by a limit, and
        never a verdict.

        What was deleted already is not deleted again: its number may be somebody else's by now.
        """
        self.ended = True
        self.journal, self.budget = Journal(), self.budget.aside()
        for undo in reversed(self.cleanup):
            with suppress(Outcome):
                undo()

    def request(  # noqa: PLR0913  # what an HTTP request is made of, all by keyword
        self,
        method: str,
        path: str,
        *,
        actor: str | None = None,
        query: Mapping[str, str] | Sequence[tuple[str, str]] = (),
        body: Any = ABSENT,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request below the base path: `body` as JSON, or `content` as it is.

        Raises:
            Skip: the target has no such actor.
            Inconclusive: an id in the path would lead the request to something else.
            Broken: no usable reply came.
            BudgetSpent: the run may send nothing more.
        """
        if not is_direct(path):
            raise Inconclusive(f"{method} {path!a} is not sent: it would not reach the record of such an id")
        sent_headers = dict(self.credentials(actor)) | dict(headers or {})
        if body is not ABSENT:
            content = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
            sent_headers.setdefault("Content-Type", "application/json")
        query_text = urlencode(list(query.items()) if isinstance(query, Mapping) else list(query))
        if self.ended and method == "DELETE" and self.guard.is_deleted(self.base_path + path):
            return Reply(Exchange(method, self.base_path + path, (), None, DONE_BEFORE))
        where = self.base_path + path + (f"?{query_text}" if query_text else "")
        return self.send(Exchange(method, where, tuple(sent_headers.items()), content))

    def credentials(self, actor: str | None) -> Mapping[str, str]:
        """Return the headers with which an actor identifies itself; nobody needs none."""
        if actor is None:
            return {}
        if actor not in self.target.actors:
            raise Skip(f"the target has no actor `{actor}`")
        return self.authorize(self.target.actors[actor].token)

    def send(self, request: Exchange) -> Reply:
        """Send a prepared request and record the exchange, also when no reply comes.

        A deployment that asks to be left alone for a while is asked again after it (429 and 503).
        """
        for _ in range(ATTEMPTS - 1):
            reply = self._once(request)
            pause = None if self.target.disposable else wait(reply.exchange)
            if pause is None or not self.budget.allows(pause):
                return reply
            time.sleep(pause)
        return self._once(request)

    def _once(self, request: Exchange) -> Reply:
        self.guard.permit(request.method)
        self.budget.spend()
        self.guard.sending(request)
        patience = self.budget.patience(self.target.connection.timeout)
        try:
            exchange = exchanged(self.connection, self.target, request, patience)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, Broken) as reason:
            self.journal.record(request)
            said = f"{request.method} {request.path}: {explained(reason)}"
            self.guard.unanswered(request, said)
            cut_short = patience < self.target.connection.timeout and self.budget.exhausted()
            raise (BudgetSpent(cut_short) if cut_short else Broken(said)) from reason
        self.journal.record(exchange)
        self.guard.answered(exchange)
        collective = request.path.removeprefix(self.base_path) in self.contract.get("paths", ())
        return Reply(exchange, collective)


def explained(reason: Exception) -> str:
    """Say what went wrong in words."""
    return str(reason) if isinstance(reason, Broken) else f"no reply ({type(reason).__name__}: {reason})"


def connect(target: Target) -> httpx.Client:
    """Return the connection pool of a run; it follows no redirects, so nothing is sent to another host.

    Raises:
        Broken: a certificate of the target file cannot be used.
    """
    way = target.connection
    try:
        client = httpx.Client(
            timeout=way.timeout,
            verify=trust(way),
            proxy=proxy(way),
            headers=way.headers,
            trust_env=target.foreign,
            follow_redirects=False,
            limits=httpx.Limits(keepalive_expiry=KEEP_ALIVE),
        )
    except (OSError, ValueError) as reason:
        raise Broken(
            f"the target file's [connection] cannot be used: {type(reason).__name__}: {reason}"
        ) from reason
    return with_deadlines(client)


def proxy(way: Connection) -> httpx.Proxy | None:
    """Return the proxy to go through; one that is reached over TLS is trusted as the deployment is."""
    if not way.proxy or not way.proxy.startswith("https:"):
        return httpx.Proxy(way.proxy) if way.proxy else None
    trusted = httpx.create_ssl_context(trust(replace(way, client_certificate=None)))
    return httpx.Proxy(way.proxy, ssl_context=trusted)


def trust(way: Connection) -> ssl.SSLContext | bool:
    """Return which certificates are accepted, and the one to show."""
    if not way.ca_file and not way.client_certificate:
        return way.verify
    context = ssl.create_default_context(cafile=way.ca_file)
    if not way.verify:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if way.client_certificate:
        context.load_cert_chain(way.client_certificate, way.client_key)
    return context


def exchanged(
    connection: httpx.Client, target: Target, request: Exchange, patience: float | None = None
) -> Exchange:
    """Put a request on the wire and return it with its reply, for which to wait `patience` seconds at most,
    or as long as the target file says.

    Raises:
        Broken: the reply is too large, does not come to its end, or cannot be read here.
    """
    headers = list(request.headers) + ([("Host", target.host)] if target.host else [])
    url = target.connect_url + request.target
    within = patience or target.connection.timeout
    deadline = time.monotonic() + within
    with connection.stream(
        request.method, url, headers=headers, content=request.body, timeout=within
    ) as reply:
        return replace(
            request,
            headers=with_all(request.headers, target.connection.headers),
            status=reply.status_code,
            reply_headers=tuple(reply.headers.multi_items()),
            reply_body=bounded(reply.iter_bytes(), deadline),
        )


def with_all(own: tuple[tuple[str, str], ...], always: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the headers of a request with those that go with every one, so that it can be told whole."""
    names = {name.lower() for name, _ in own}
    return (*own, *((name, value) for name, value in always.items() if name.lower() not in names))


def bounded(chunks: Iterable[bytes], deadline: float) -> bytes:
    """Read a reply's body within the limits of size and time.

    Raises:
        Broken: it is larger, takes longer, or cannot be read here.
    """
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > LARGEST_REPLY:
            raise Broken(f"the reply is larger than {LARGEST_REPLY} bytes")
        if time.monotonic() > deadline:
            raise Broken(f"{LATE}, after {len(body)} bytes")
    beyond = unreadable(bytes(body))
    if beyond:
        raise Broken(f"the reply cannot be read here: {beyond}")
    return bytes(body)
