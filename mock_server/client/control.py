"""Calls of control, by the standard library's HTTP client.

Whatever replaces httpx or requests in a test (respx, responses and their like) does not come between.
"""

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlsplit

from mock_server.client.errors import ControlError, MockServerError

PATIENCE = 60.0  # seconds until a server that does not answer counts as broken


class Control:
    """Control of the server at `url`; with a `namespace`, of that one. `token` is that of --control-token."""

    def __init__(self, url: str, token: str | None = None, namespace: str | None = None) -> None:
        self._url = url
        self._headers = {}
        if token is not None:
            self._headers["Authorization"] = f"Bearer {token}"
        if namespace is not None:
            self._headers["X-Mock-Namespace"] = namespace

    def get(self, path: str) -> Any:
        """The body of the answer to GET. `path` is below `/__admin`; raises as `call` does."""
        return self.call("GET", path)

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The body of the answer, None where it has none.

        Raises `ControlError` when control refuses, and `MockServerError` when nobody answers.
        """
        try:
            status, content = self._send(method, f"/__admin{path}", body)
        except (OSError, HTTPException) as error:
            raise MockServerError(f"{self._url}: {error}; is mock-server running there?") from error
        if status >= 400:
            raise ControlError(f"{method} /__admin{path}", status, _problem(content))
        return json.loads(content) if content else None

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> tuple[int, bytes]:
        url = urlsplit(self._url)
        kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
        connection = kind(url.hostname or "", url.port, timeout=PATIENCE)
        headers = self._headers if body is None else {**self._headers, "Content-Type": "application/json"}
        try:
            connection.request(method, url.path + path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def segment(text: str) -> str:
    """`text` as one segment of a path."""
    return quote(text, safe="")


def _problem(content: bytes) -> Mapping[str, Any]:
    try:
        problem = json.loads(content)
    except ValueError:
        problem = None
    return problem if isinstance(problem, dict) else {"detail": content.decode(errors="replace")[:500]}
