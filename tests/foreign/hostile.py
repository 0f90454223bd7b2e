"""Servers that are no API at all: each speaks to one connection as its name says, over a plain socket."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

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


@contextmanager
def speaking(speak: Speak) -> Iterator[str]:
    """Serve on a free port, a thread for each connection, and yield the base URL."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=accept, args=(server, speak), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def accept(server: socket.socket, speak: Speak) -> None:
    """Take connections until the server closes."""
    with suppress(OSError):
        while True:
            threading.Thread(target=serve, args=(server.accept()[0], speak), daemon=True).start()


def serve(connection: socket.socket, speak: Speak) -> None:
    """Read a request and speak."""
    with suppress(OSError), connection:
        received(connection)
        speak(connection)


def received(connection: socket.socket) -> None:
    """Read a whole request: what is left unread when a connection is closed resets it."""
    head, _, body = connection.recv(65536).partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += connection.recv(65536) or bytes(int(length[1]))  # the end counts as all of it
