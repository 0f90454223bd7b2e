"""Webhooks: what is sent, once the world's clock has come to it, to an address that a client named.

Here is where webhooks may go, how often one is tried, and what came of it. What is sent, and when, APIs say.
"""

import asyncio
import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import ip_address
from threading import Thread
from typing import Any

import httpx

from mock_server import json_codec
from mock_server.clock import Clock

PATIENCE = 5.0  # seconds that one try may take, the look-up of the name included
LONGEST_ANSWER = 64 * 1024  # bytes of a receiver's answer that are read
PAUSES = (1, 2, 4, 8)  # seconds between tries, by the clock of the world; with the first try there are five
MOST = 1000  # deliveries of one server that may be under way
TICK = 0.1  # seconds between looks at the clock of a world, which a test may move at any time
LOWEST_PORT, HIGHEST_PORT = 1024, 65535
PORTS = {"http": 80, "https": 443}
LOCALHOST = "127.0.0.1"
HEADERS = {"Content-Type": "application/json", "User-Agent": "mock-server", "Accept-Encoding": "identity"}


class AddressRefused(ValueError):
    """Webhooks do not go there. The message says where they go."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{reason}; webhooks go to loopback ports from {LOWEST_PORT} up, such as http://127.0.0.1:9000/, "
            "and to what the server was started with as --webhook-allow"
        )


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: what the receiver answered, or (without a status) in words why there is no answer."""

    at: datetime
    status: int | None
    text: str

    @property
    def may_be_repeated(self) -> bool:
        """Whether another try may do better: nobody answered, or somebody who may be better later."""
        return self.status is None or self.status == 429 or self.status >= 500


@dataclass(slots=True)
class Delivery:
    """What is to be sent where, and when at the earliest, with the tries so far."""

    url: str
    payload: Mapping[str, Any]
    due: datetime
    attempts: list[Attempt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https URL that carries no credentials, taken apart."""

    url: httpx.URL
    port: int

    @classmethod
    def of(cls, text: str) -> "Address":
        """Raises `AddressRefused` for other text."""
        try:
            url = httpx.URL(text)
        except httpx.InvalidURL as error:
            raise AddressRefused(f"{text[:200]!r} is no URL: {error}") from None
        if url.scheme not in PORTS or not url.host or url.userinfo:
            raise AddressRefused(f"{text[:200]!r} is no http or https URL without credentials")
        port = PORTS[url.scheme] if url.port is None else url.port
        if port > HIGHEST_PORT:
            raise AddressRefused(f"{text[:200]!r} has no port up to {HIGHEST_PORT}")
        return cls(url.copy_with(fragment=None), port)

    @property
    def is_local(self) -> bool:
        """Whether it is one of this machine that anybody may listen on."""
        literal = self.literal
        return literal is not None and ip_address(literal).is_loopback and self.port >= LOWEST_PORT

    @property
    def literal(self) -> str | None:
        """The IP address that the URL itself names; `localhost` is never looked up (RFC 6761, 6.3)."""
        if self.url.host == "localhost":
            return LOCALHOST
        try:
            return str(ip_address(self.url.host))
        except ValueError:
            return None

    def is_below(self, prefix: "Address") -> bool:
        """Whether it is at `prefix` or below its path."""
        own = (self.url.scheme, self.url.host, self.port)
        if ".." in self.url.path.split("/"):  # a receiver may take what was %2E%2E for a step up
            return False
        folder = prefix.url.path.rstrip("/") + "/"
        return own == (prefix.url.scheme, prefix.url.host, prefix.port) and (
            f"{self.url.path}/" == folder or self.url.path.startswith(folder)
        )


class Courier:
    """Delivers the webhooks of one server, in the background of its event loop, which ends them.

    They go to loopback, and below the `allowed` URLs (each raises `AddressRefused` if it is none). A courier
    that does not deliver takes everything, for whoever repeats requests that once were delivered.
    """

    def __init__(self, allowed: Iterable[str] = (), *, delivers: bool = True) -> None:
        self._allowed = tuple(map(Address.of, allowed))
        self._delivers = delivers
        self._tasks: set[asyncio.Task[None]] = set()

    def check(self, url: str) -> None:
        """Raises `AddressRefused` for an address that webhooks do not go to. Looks no name up."""
        if not self._delivers:
            return
        address = Address.of(url)
        if not address.is_local and not any(address.is_below(prefix) for prefix in self._allowed):
            raise AddressRefused(f"{url[:200]!r} is not for this server to send to")

    def start(self, deliveries: Sequence[Delivery], clock: Clock, is_wanted: Callable[[], bool]) -> None:
        """Sends each when `clock` has come to it, as long as somebody wants it; returns at once."""
        for delivery in deliveries if self._delivers else ():
            if len(self._tasks) >= MOST:
                delivery.attempts.append(Attempt(clock.now(), None, f"not sent: {MOST} others wait"))
                continue
            task = asyncio.get_running_loop().create_task(self._deliver(delivery, clock, is_wanted))
            self._tasks.add(task)  # the loop itself would let it be collected
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, delivery: Delivery, clock: Clock, is_wanted: Callable[[], bool]) -> None:
        self.check(delivery.url)
        address, due = Address.of(delivery.url), delivery.due
        ip = address.literal
        for pause in (*PAUSES, 0):
            while clock.now() < due:
                if not is_wanted():
                    return
                await asyncio.sleep(TICK)
            if not is_wanted():
                return
            at, status, text = clock.now(), None, ""
            try:
                async with asyncio.timeout(PATIENCE):
                    ip = ip or await _looked_up(address.url.host)
                    status = await _send(address, ip, delivery.payload)
            except (httpx.HTTPError, OSError) as error:
                text = f"{type(error).__name__}: {error}".rstrip(": ")
            attempt = Attempt(at, status, text)
            delivery.attempts.append(attempt)
            if not attempt.may_be_repeated:
                return
            due = clock.now() + timedelta(seconds=pause)


async def _send(address: Address, ip: str, payload: Mapping[str, Any]) -> int:
    """The status of the answer. The connection is to `ip`, whatever the name means by now."""
    url = address.url.copy_with(host=ip)
    headers = {**HEADERS, "Host": address.url.netloc.decode("ascii")}
    # Without trust_env, so that no proxy of the environment gets between; redirects are not followed.
    async with (
        httpx.AsyncClient(trust_env=False, timeout=PATIENCE, verify=address.url.scheme == "https") as client,
        client.stream(
            "POST",
            url,
            content=json_codec.serialise(payload),
            headers=headers,
            extensions={"sni_hostname": address.url.host},
        ) as answer,
    ):
        size = 0
        async for chunk in answer.aiter_raw():
            size += len(chunk)
            if size > LONGEST_ANSWER:
                break
        return answer.status_code


async def _looked_up(host: str) -> str:
    """The first address of a name. Raises `OSError`.

    In a thread of its own that nobody waits for: one of the loop's would hold up the end of the server.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[str] = loop.create_future()

    def settle(address: str, error: OSError | None) -> None:
        if found.done():
            return
        if error is None:
            found.set_result(address)
        else:
            found.set_exception(error)

    def look_up() -> None:
        address, trouble = "", None
        try:
            address = str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
        except OSError as error:
            trouble = error
        with suppress(RuntimeError):  # the loop has ended in the meantime
            loop.call_soon_threadsafe(settle, address, trouble)

    Thread(target=look_up, daemon=True).start()
    return await found
