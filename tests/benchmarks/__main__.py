"""Measures `mock-server serve viben` over one kept-alive connection: latency and rate of each operation."""

import json
import signal
import statistics
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

JSON = {"Content-Type": "application/json"}


def main() -> None:
    """Start the mock, send each kind of request as often as asked, print one line for each kind."""
    parser = ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--requests", type=int, default=1000, help="requests of each kind (default 1000)")
    repetitions = parser.parse_args().requests
    with _mock_server() as address:
        connection = HTTPConnection(address)
        session = json.loads(_send(connection, "POST", "/api/sessions", {"agent_id": "bench"}))
        print(f"{'operation':<16}{'requests/s':>12}{'median us':>12}{'p99 us':>12}")
        for name, method, path, body in _operations(f"/api/sessions/{session['id']}"):
            times = [_timed(connection, method, path, body) for _ in range(repetitions)]
            print(_line(name, times))


def _operations(session: str) -> list[tuple[str, str, str, Any]]:
    return [
        ("get_session", "GET", session, None),
        ("list_sessions", "GET", "/api/sessions", None),
        ("update_session", "PATCH", session, {"data": {"step": 1}}),
        ("send_message", "POST", f"{session}/message", {"content": "hello"}),
        ("create_session", "POST", "/api/sessions", {"agent_id": "bench"}),
    ]


def _line(name: str, times: list[float]) -> str:
    median, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
    return f"{name:<16}{len(times) / sum(times):>12.0f}{median * 1e6:>12.0f}{p99 * 1e6:>12.0f}"


def _timed(connection: HTTPConnection, method: str, path: str, body: Any) -> float:
    start = perf_counter()
    _send(connection, method, path, body)
    return perf_counter() - start


def _send(connection: HTTPConnection, method: str, path: str, body: Any) -> bytes:
    content = None if body is None else json.dumps(body)
    connection.request(method, path, content, {} if body is None else JSON)
    response = connection.getresponse()
    answer = response.read()
    if response.status >= 400:
        raise SystemExit(f"{method} {path} answered {response.status}: {answer.decode()}")
    return answer


@contextmanager
def _mock_server() -> Iterator[str]:
    """A mock server of its own on a free port, as `host:port`; stopped at the end."""
    command = [sys.executable, "-m", "mock_server", "serve", "viben", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield _address(server)
        finally:
            server.send_signal(signal.SIGTERM)


def _address(server: subprocess.Popen[str]) -> str:
    address = ""
    for line in server.stdout or ():
        words = line.split()
        if words[:1] == ["viben"]:
            address = urlsplit(words[1]).netloc
        if words == ["ready"]:
            return address
    raise SystemExit("mock-server ended before it was ready")


if __name__ == "__main__":
    main()
