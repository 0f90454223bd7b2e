"""Tests of `mock_server.logs`: what a server says on standard error."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.servers import running


@contextmanager
def logged(*options: str) -> Iterator[tuple[str, list[str]]]:
    """A server with these options: its URL, and after the end the lines it wrote once it was ready."""
    lines: list[str] = []
    with running("viben", *options) as server:
        yield server.url, lines
        server.process.terminate()
        assert server.process.stdout is not None
        lines += server.process.stdout.read().splitlines()


def test_requests_are_logged_with_their_operation() -> None:
    """At `info`, a line for each request names namespace, request, status, operation and time."""
    with logged("--log-level", "info") as (url, lines):
        httpx.get(f"{url}/~mine/api/sessions?status=active")
        httpx.get(f"{url}/nowhere")

    told = [re.sub(r"^[0-9:]{8} (.*) [0-9.]+ ms$", r"\1", line) for line in lines if line.endswith(" ms")]
    assert told == ["mine GET /api/sessions 200 viben.list_sessions", "default GET /nowhere 404 -"]


def test_requests_are_logged_as_json() -> None:
    """With `--log-format json` every line is an object, with the parts of the request as members."""
    with logged("--log-level", "info", "--log-format", "json") as (url, lines):
        httpx.get(f"{url}/api/sessions/none")

    (line,) = [each for each in map(json.loads, lines) if each["logger"] == "mock_server.access"]
    assert (line["level"], line["method"], line["path"]) == ("info", "GET", "/api/sessions/none")
    assert (line["status"], line["operation"], line["namespace"]) == (404, "viben.get_session", "default")


def test_credentials_in_the_query_are_not_logged() -> None:
    """The log tells the path alone."""
    with logged("--log-level", "debug") as (url, lines):
        httpx.get(f"{url}/api/sessions?key=s3cret")

    assert lines
    assert "s3cret" not in "\n".join(lines)


def test_requests_are_not_logged_unless_asked_for() -> None:
    """At the default level a request leaves no line."""
    with logged() as (url, lines):
        httpx.get(f"{url}/api/sessions")

    assert lines == []
