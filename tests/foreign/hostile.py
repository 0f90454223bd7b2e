"""Servers that are no API at all: each speaks to one connection as its name says, over a plain socket."""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from ssl import SSLContext

import trustme

Speak = Callable[[socket.socket], None]

JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
DRIPS = 400


def answer(status: str, body: bytes, *headers: str) -> Speak:
    """Return a server that always answers so."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return lambda connection: connection.sendall("\r\n".join(head).encode() + body)


def silence(connection: socket.socket) -> None:
    """Never answer."""
    time.sleep(DRIPS / 100)


def reset(connection: socket.socket) -> None:
    """Break off in the middle of a reply."""
    connection.sendall(JSON + b'Content-Length: 1000\r\n\r\n{"sessions": [')


def garbage(connection: socket.socket) -> None:
    """Say something that is not HTTP."""
    connection.sendall(b"\x00\xff\x00 what is it?\r\n\r\n")


def endless(connection: socket.socket) -> None:
    """Send a body that never ends."""
    connection.sendall(JSON + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


def slow(connection: socket.socket) -> None:
    """Send a body a byte at a time."""
    connection.sendall(JSON + b"Content-Length: 100000\r\n\r\n")
    for _ in range(DRIPS):
        connection.sendall(b" ")
        time.sleep(0.01)


def dripping(connection: socket.socket) -> None:
    """Send a header a byte at a time, without end."""
    connection.sendall(JSON + b"X-Long: ")
    while True:
        connection.sendall(b"a")
        time.sleep(0.01)


def announcing(connection: socket.socket) -> None:
    """Say for ever that the reply will come."""
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.01)


def reading_slowly(connection: socket.socket) -> None:
    """Take in what comes a little at a time."""
    while connection.recv(65536):
        time.sleep(0.01)


def shaking(connection: socket.socket) -> None:
    """Begin a long record of a TLS handshake, and send it a byte at a time."""
    connection.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03")
    while True:
        connection.sendall(b"a")
        time.sleep(0.01)


def tunnelling(then: Speak) -> Speak:
    """Return a proxy that opens the way it is asked for, and then goes on by itself."""

    def speak(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        then(connection)

    return speak


def speaking(speak: Speak, context: SSLContext | None = None) -> AbstractContextManager[str]:
    """Serve as `listening` does: read a request from each connection, and speak."""

    def serve(connection: socket.socket) -> None:
        received(connection)
        speak(connection)

    return listening(serve, context)


@contextmanager
def listening(serve: Speak, context: SSLContext | None = None) -> Iterator[str]:
    """Serve on a free port, over TLS with a context, a thread for each connection, and yield the base URL."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=accept, args=(server, serve, context), daemon=True).start()
        yield f"{'https' if context else 'http'}://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def accept(server: socket.socket, serve: Speak, context: SSLContext | None) -> None:
    """Take connections until the server closes."""
    with suppress(OSError):
        while True:
            taken = server.accept()[0]
            threading.Thread(target=encrypted, args=(taken, serve, context), daemon=True).start()


def encrypted(connection: socket.socket, serve: Speak, context: SSLContext | None) -> None:
    """Serve a connection, over TLS with a context."""
    with suppress(OSError), connection:
        spoken = context.wrap_socket(connection, server_side=True) if context else connection
        with spoken:
            serve(spoken)


def certified(name: str = "127.0.0.1") -> SSLContext:
    """Return what a server needs for TLS: a certificate for a name, of an authority that nobody trusts."""
    context = SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(name).configure_cert(context)
    return context


def received(connection: socket.socket) -> None:
    """Read a whole request: what is left unread when a connection is closed resets it."""
    head, _, body = connection.recv(65536).partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += connection.recv(65536) or bytes(int(length[1]))  # the end counts as all of it
