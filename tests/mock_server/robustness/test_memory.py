"""Memory: it does not grow with the number of requests."""

import re
import socket

import psutil
import pytest

from tests.mock_server.robustness.connections import SESSIONS, connect, creation
from tests.servers import running

AT_ONCE = 20
WARM_UP = 10_000
MOST_GROWTH = 4 << 20
IDS = re.compile(rb'"id":"(session-[0-9a-f]{12})"')
# Each turn creates a session, looks at it, changes and deletes it, and misses it.
PER_TURN = 5


def test_memory_is_flat_over_50_000_requests() -> None:
    """Sessions come and go, and the journal forgets."""
    assert growth(50_000) < MOST_GROWTH


@pytest.mark.deep
def test_memory_is_flat_over_a_million_requests() -> None:
    """What would leak a byte for each would be seen here."""
    assert growth(1_000_000) < MOST_GROWTH


def growth(requests: int) -> int:
    """By how many bytes a server that has warmed up grows over so many requests."""
    with running("viben", "--journal-bytes", "1000000") as server, connect(server.url) as connection:
        process = psutil.Process(server.process.pid)
        use(connection, WARM_UP)
        before = process.memory_info().rss
        use(connection, requests)
        return int(process.memory_info().rss - before)


def use(connection: socket.socket, requests: int) -> None:
    """Sends so many requests, several at a time."""
    for _ in range(requests // (PER_TURN * AT_ONCE)):
        made = exchanged(connection, [creation()] * AT_ONCE, b"201")
        ids = IDS.findall(made)
        exchanged(connection, [request(b"GET", id_) for id_ in ids], b"200")
        exchanged(connection, [request(b"PATCH", id_, b'{"data": {"a": 1}}') for id_ in ids], b"200")
        exchanged(connection, [request(b"DELETE", id_) for id_ in ids], b"200")
        exchanged(connection, [request(b"GET", id_) for id_ in ids], b"404")


def request(method: bytes, id_: bytes, body: bytes = b"") -> bytes:
    """A request for one session."""
    line = b"%s %s/%s HTTP/1.1\r\nHost: x\r\n" % (method, SESSIONS.encode(), id_)
    return line + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def exchanged(connection: socket.socket, requests: list[bytes], status: bytes) -> bytes:
    """The answers to requests sent in one go, each of which has that status."""
    connection.sendall(b"".join(requests))
    received = b""
    while not is_complete(answers := received.split(b"HTTP/1.1 ")[1:], len(requests)):
        received += connection.recv(1 << 20)
    assert {answer[:3] for answer in answers} == {status}
    return received


def is_complete(answers: list[bytes], count: int) -> bool:
    """Whether all answers are there, the last of them to its end."""
    if len(answers) < count:
        return False
    head, _, body = answers[-1].partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head)
    return length is not None and len(body) == int(length[1])
