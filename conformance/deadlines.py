"""Deadlines for whole replies, below httpx and below requests.

The time-outs of both hold for each read alone: a header that drips, or `100 Continue` for ever, never ends.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from http.client import HTTPException
from ssl import SSLContext
from typing import Any

import httpcore
import httpx
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

LATE = "the reply had not ended in time"


class Stream(httpcore.NetworkStream):
    """A connection on which a reply has to end within the time-out of one read, counted from the request."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self.inner = inner
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
        try:
            chunk = self.inner.read(max_bytes, left)
        except httpcore.ReadTimeout as silence:
            if self.heard:
                raise httpcore.ReadTimeout(LATE) from silence
            raise
        self.heard = True
        return chunk

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write a part of a request; the time for its reply begins anew."""
        self.asked, self.heard = time.monotonic(), False
        self.inner.write(buffer, timeout)

    def close(self) -> None:
        """Close the connection."""
        self.inner.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on over TLS."""
        return Stream(self.inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection says about itself."""
        return self.inner.get_extra_info(info)


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


def in_time(connection: HTTPConnection, respond: Callable[[], HTTPResponse]) -> HTTPResponse:
    """Return what `respond` reads from the connection, which is shut down when that takes too long.

    Raises:
        TimeoutError: it took too long; without this a header cut short would look complete.
    """
    late = threading.Event()
    wire: Any = connection.sock

    def shut_down() -> None:
        late.set()
        with suppress(OSError):
            socket.socket.shutdown(getattr(wire, "socket", wire), socket.SHUT_RDWR)

    timer = threading.Timer(connection.timeout or threading.TIMEOUT_MAX, shut_down)
    timer.daemon = True
    timer.start()
    try:
        reply = respond()
    except (OSError, HTTPException) as reason:
        if late.is_set():
            raise TimeoutError(LATE) from reason
        raise
    finally:
        timer.cancel()
    if late.is_set():
        reply.close()
        raise TimeoutError(LATE)
    return reply


class Plain(HTTPConnection):
    """A connection of requests on which the header of a reply has to end in time."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 has it
        """Read status and header of a reply."""
        return in_time(self, super().getresponse)


class Encrypted(HTTPSConnection):
    """The same over TLS."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 has it
        """Read status and header of a reply."""
        return in_time(self, super().getresponse)


class PlainPool(HTTPConnectionPool):
    """Connections to one host."""

    ConnectionCls = Plain


class EncryptedPool(HTTPSConnectionPool):
    """Connections to one host over TLS."""

    ConnectionCls = Encrypted
