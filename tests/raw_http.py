"""HTTP requests byte by byte, for what no client library would send."""

import json
import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def send(url: str, target: str, *lines: str, method: str = "GET", body: bytes | None = None) -> Answer:
    """One request for `target` as it is, with `lines` as header fields; `body` brings its Content-Length."""
    host = () if any(line.lower().startswith("host:") for line in lines) else ("Host: 127.0.0.1",)
    length = () if body is None else (f"Content-Length: {len(body)}",)
    head = "\r\n".join((f"{method} {target} HTTP/1.1", *host, *lines, *length, "Connection: close", "", ""))
    return exchange(url, head.encode("latin-1") + (body or b""), method)


def send_json(url: str, target: str, body: bytes, *lines: str, method: str = "POST") -> Answer:
    """One request with `body` as `application/json`."""
    return send(url, target, "Content-Type: application/json", *lines, method=method, body=body)


def exchange(url: str, request: bytes, method: str = "GET") -> Answer:
    """The answer to the bytes of one request."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname or "", address.port or 80), PATIENCE) as connection:
        connection.sendall(request)
        with closing(HTTPResponse(connection, method=method)) as response:
            response.begin()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, headers, response.read())
