"""The HTTP client of scripted requirements, on servers that misbehave on the wire."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from conformance import client
from conformance.client import Http, connect
from conformance.guard import Guard
from conformance.outcome import Broken
from conformance.target import Target
from tests.foreign.viben import Viben, serving

ELSEWHERE = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def answering(reply: bytes) -> Iterator[Http]:
    """Serve the same bytes to whoever connects, and yield a client."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            self.request.sendall(reply)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        target = Target(f"http://127.0.0.1:{server.server_address[1]}")
        with connect(target) as connection:
            yield Http(target, connection, "/api")
        server.shutdown()


def test_redirects_are_not_followed() -> None:
    """A reply that points elsewhere is the reply; nothing is sent to the other place."""
    with answering(ELSEWHERE) as http:
        assert http.request("GET", "/sessions").status == 302


@pytest.mark.parametrize(
    "reply", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"]
)
def test_an_unusable_reply_is_an_error(reply: bytes) -> None:
    """A connection that breaks off is the network's fault, and the request is still in the journal."""
    with answering(reply) as http:
        with pytest.raises(Broken, match="no reply"):
            http.request("GET", "/sessions")

        assert [each.status for each in http.journal] == [0]


def test_an_endless_reply_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the suite reads is an error, not a full memory."""
    monkeypatch.setattr(client, "LARGEST_REPLY", 10)
    with (
        answering(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + b"a" * 20) as http,
        pytest.raises(Broken, match="larger than 10 bytes"),
    ):
        http.request("GET", "/sessions")


def test_names_are_unique_and_reproducible() -> None:
    """The same examination makes up the same names, never one twice."""
    target = Target("http://127.0.0.1:9")
    with connect(target) as connection:
        first, second = (Http(target, connection, "/api", name="x") for _ in range(2))

    assert [first.unique("task"), first.unique("task")] == ["task-x-1", "task-x-2"]
    assert second.unique("task") == "task-x-1"


def test_cleaning_up_deletes_nothing_twice() -> None:
    """What an examination deleted itself is left alone afterwards; while it goes on every request is sent."""
    server = Viben()
    with serving(server) as url, connect(Target(url)) as connection:
        deleted = {"/api/sessions/1001"}
        http = Http(Target(url), connection, "/api", guard=Guard(is_deleted=deleted.__contains__))
        for _ in range(2):
            server.create({"agent_id": "CLAUDE_CODE"})
            http.cleanup.append(partial(http.request, "DELETE", f"/sessions/{server.number}"))
        http.request("DELETE", "/sessions/1001").succeeded()
        server.sessions["1001"] = {"id": "1001"}
        http.clean_up()

    assert list(server.sessions) == ["1001"]
