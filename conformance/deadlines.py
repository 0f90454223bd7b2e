"""Deadlines for whole replies and for the way to a deployment, below httpx and below requests.

The time-outs of both hold for each read alone: a header that drips, `100 Continue` for ever, or a proxy that
never ends its reply to CONNECT would hold a run up.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from ssl import SSLContext
from typing import Any, TypeVar

import httpcore
import httpx
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

T = TypeVar("T")

LATE = "the reply had not ended in time"
UNREAD = "the request was not taken in time"
UNCONNECTED = "the way to the target did not open in time"
AGAIN = 0.05  # seconds
SHORT = 64 * 1024  # bytes that a connection takes at once, or not at all


class Deadline:
    """The end of the time for something on a connection, which is shut down then, under whoever uses it.

    `wire` returns the connection's socket, None while there is none; it may change when TLS begins.
    """

    def __init__(self, seconds: float | None, wire: Callable[[], Any], said: str) -> None:
        self.seconds, self.wire, self.said = seconds, wire, said
        self.ended, self.passed = threading.Event(), threading.Event()

    def keep(self, act: Callable[[], T]) -> T:
        """Return what `act` does within the time.

        Raises:
            TimeoutError: it took longer; without this a header cut short would look complete.
        """
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            done = act()
        except Exception as reason:
            if self.passed.is_set():
                raise TimeoutError(self.said) from reason
            raise
        finally:
            self.ended.set()
        if self.passed.is_set() and isinstance(done, HTTPResponse | httpcore.NetworkStream):
            done.close()
        self.check()
        return done

    def check(self) -> None:
        """Go on unless the time is over.

        Raises:
            TimeoutError: it is.
        """
        if self.passed.is_set():
            raise TimeoutError(self.said)

    def _watch(self) -> None:
        over = not self.ended.wait(self.seconds)
        while over and not self.ended.is_set():
            self.passed.set()
            shut_down(self.wire())
            self.ended.wait(AGAIN)


def shut_down(wire: Any) -> None:
    """Shut a socket down; of TLS within TLS the one it is made on."""
    with suppress(OSError, TypeError):
        socket.socket.shutdown(getattr(wire, "socket", wire), socket.SHUT_RDWR)


class Stream(httpcore.NetworkStream):
    """A connection on which a reply has to end within the time-out of one read, counted from the request.

    `encrypted` says that it speaks TLS already. TLS within that, through a proxy that is reached over TLS, is
    put together by httpcore out of reads with a time-out each.
    """

    def __init__(self, inner: httpcore.NetworkStream, encrypted: bool = False, nested: bool = False) -> None:
        self.inner = inner
        self.encrypted, self.nested = encrypted, nested
        self.asked = time.monotonic()
        self.heard = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read for what is left of the time.

        Raises:
            httpcore.ReadTimeout: nothing is left.
        """
        left = None if timeout is None else self.asked + timeout - time.monotonic()
        if left is not None and left <= 0:
            raise httpcore.ReadTimeout(LATE)
        act = partial(self.inner.read, max_bytes, left)
        try:
            chunk = Deadline(left, self._wire, LATE).keep(act) if self.nested else act()
        except TimeoutError as reason:
            raise httpcore.ReadTimeout(LATE) from reason
        except httpcore.ReadTimeout as silence:
            if self.heard:
                raise httpcore.ReadTimeout(LATE) from silence
            raise
        self.heard = True
        return chunk

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write a part of a request; the time for its reply begins anew.

        Raises:
            httpcore.WriteTimeout: it is not read in time.
        """
        act = partial(self.inner.write, buffer, timeout)
        try:
            if self.nested or len(buffer) > SHORT:
                Deadline(timeout, self._wire, UNREAD).keep(act)
            else:
                act()
        except TimeoutError as reason:
            raise httpcore.WriteTimeout(UNREAD) from reason
        self.asked, self.heard = time.monotonic(), False

    def close(self) -> None:
        """Close the connection."""
        self.inner.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on over TLS.

        Raises:
            httpcore.ConnectTimeout: the handshake does not end in time.
        """
        act = partial(self.inner.start_tls, ssl_context, server_hostname, timeout)
        try:
            inner = Deadline(timeout, self._wire, UNCONNECTED).keep(act)
        except TimeoutError as reason:
            raise httpcore.ConnectTimeout(UNCONNECTED) from reason
        return Stream(inner, encrypted=True, nested=self.encrypted)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection says about itself."""
        return self.inner.get_extra_info(info)

    def _wire(self) -> Any:
        return self.inner.get_extra_info("socket")


class Network(httpcore.NetworkBackend):
    """Opens connections with deadlines."""

    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self.inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Open a connection to a host."""
        return Stream(self.inner.connect_tcp(host, port, timeout, local_address, socket_options))


def with_deadlines(client: httpx.Client) -> httpx.Client:
    """Return the client, whose connections, also those to proxies, now have deadlines; httpx hands no network
    backend on to httpcore.
    """
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001  # see above
        if isinstance(transport, httpx.HTTPTransport):
            pool = transport._pool  # noqa: SLF001  # see above
            pool._network_backend = Network(pool._network_backend)  # noqa: SLF001  # see above
    return client


class Timed(HTTPConnection):
    """A connection of requests that has to open, to take a request, and to begin its answer in time each.

    `wire` is the socket on which the latest reply comes, also when it is the last one there.
    """

    wire: Any = None

    def connect(self) -> None:
        """Open the connection, through a proxy and over TLS where there are such."""
        self._opening = self._deadline(UNCONNECTED)
        self._opening.keep(super().connect)

    def _tunnel(self) -> None:
        super()._tunnel()
        self._opening.check()  # or TLS would begin on a connection that is shut down, and never close it

    def request(self, *given: Any, **named: Any) -> None:
        """Send a request."""
        self._deadline(UNREAD).keep(partial(super().request, *given, **named))

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 has it
        """Read status and header of a reply."""
        self.wire = self.sock
        return self._deadline(LATE).keep(super().getresponse)

    def _deadline(self, said: str) -> Deadline:
        return Deadline(self.timeout, lambda: self.sock, said)


class Encrypted(Timed, HTTPSConnection):
    """The same over TLS."""


class PlainPool(HTTPConnectionPool):
    """Connections to one host."""

    ConnectionCls = Timed


class EncryptedPool(HTTPSConnectionPool):
    """Connections to one host over TLS."""

    ConnectionCls = Encrypted
