"""Connections of clients that do what no client library does."""

import socket
from contextlib import closing
from http.client import HTTPResponse
from urllib.parse import urlsplit

from tests.raw_http import PATIENCE, Answer

SESSIONS = "/api/sessions"
SESSION = f"{SESSIONS}/session-abc123"
GET = f"GET {SESSION} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def connect(url: str) -> socket.socket:
    """A connection that waits `PATIENCE` seconds at most."""
    address = urlsplit(url)
    return socket.create_connection((address.hostname or "", address.port or 80), PATIENCE)


def creation(*headers: str, body: bytes = b'{"agent_id": "a"}') -> bytes:
    """A request that creates a session."""
    lines = (f"POST {SESSIONS} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json", *headers)
    return "\r\n".join((*lines, f"Content-Length: {len(body)}", "", "")).encode() + body


def read_answer(connection: socket.socket) -> Answer:
    """The next answer. Raises `ConnectionError` when the server closes instead."""
    with closing(HTTPResponse(connection)) as response:
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, response.read())


def read_to_end(connection: socket.socket) -> bytes:
    """Everything that comes until the server closes."""
    received = b""
    while chunk := connection.recv(1 << 16):
        received += chunk
    return received
