"""Clients that take their time: refused when it is over, and never in the way of others."""

import resource
import time
from contextlib import ExitStack
from select import select

import httpx
import pytest

from tests.mock_server.robustness.connections import GET, SESSION, connect, creation, read_answer, read_to_end
from tests.raw_http import Answer
from tests.servers import Running

PAUSE = 0.05
HALF = creation()[:-5]


def dripped(server: Running, begin: bytes, drop: bytes) -> Answer:
    """What a client gets that sends `drop` again and again after `begin`, and never ends."""
    with connect(server.url) as connection:
        connection.sendall(begin)
        while not select([connection], [], [], PAUSE)[0]:
            connection.send(drop)
        return read_answer(connection)


@pytest.mark.parametrize(
    ("begin", "drop"),
    [
        (b"GET /", b"a"),
        (GET[:-2], b"X-Slow: loris\r\n"),
        (creation("X: y", body=b" " * 10_000)[:-10_000], b" "),
    ],
    ids=["target", "headers", "body"],
)
def test_a_request_that_never_ends_is_ended(server: Running, begin: bytes, drop: bytes) -> None:
    """However busily it drips (slow-loris), its time is over at some point, and that is said."""
    answer = dripped(server, begin, drop)

    assert (answer.status, answer.headers["connection"]) == (408, "close")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "--request-timeout" in answer.json()["detail"]


def test_who_says_nothing_is_told_nothing(server: Running) -> None:
    """A connection that is never used is closed without a word."""
    with connect(server.url) as connection:
        assert read_to_end(connection) == b""


def test_a_request_in_pieces_is_answered(server: Running) -> None:
    """Slow, but in time."""
    with connect(server.url) as connection:
        for byte in GET:
            connection.send(bytes([byte]))

        assert read_answer(connection).status == 200


def test_each_request_has_its_own_time(server: Running) -> None:
    """A connection may last longer than its requests may take."""
    with connect(server.url) as connection:
        for _ in range(3):
            connection.sendall(GET)
            assert read_answer(connection).status == 200
            time.sleep(0.7)


def test_an_answer_may_take_longer_than_a_request(server: Running) -> None:
    """What is complete is answered, whatever the client sends behind it."""
    slow = GET[:-2] + b"Prefer: wait=2.5\r\n\r\n"
    with connect(server.url) as connection:
        connection.sendall(slow)
        time.sleep(PAUSE)
        connection.sendall(b"GET /half")

        assert read_answer(connection).status == 200
        assert connection.recv(1) == b""


def test_a_client_whom_the_server_keeps_waiting_is_not_slow(server: Running) -> None:
    """The rest of a long body that nobody has read yet is not late."""
    body = b'{"agent_id": "a"%s}' % (b" " * 500_000)
    with connect(server.url) as connection:
        connection.sendall(creation("Prefer: wait=2.5", body=body))

        assert read_answer(connection).status == 201


def test_idle_connections_are_in_nobodys_way(server: Running) -> None:
    """500 clients that do nothing keep nobody from being answered."""
    assert idle(server, 500) == 200


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux tells the limits of another process")
def test_the_server_may_have_as_many_connections_as_the_system_lets_it(server: Running) -> None:
    """The limit that a shell sets for programs of old (1024 on many systems) is not one for clients."""
    soft, hard = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)

    assert soft == hard


@pytest.mark.deep
def test_ten_thousand_idle_connections_are_in_nobodys_way(server: Running) -> None:
    """As many as there are descriptors for, up to 10,000, each in the middle of a request."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        assert idle(server, min(10_000, hard - 500)) == 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def idle(server: Running, count: int) -> int:
    """The status of an answer while so many clients have sent half a request."""
    with ExitStack() as clients:
        for _ in range(count):
            clients.enter_context(connect(server.url)).sendall(HALF)
        return httpx.get(f"{server.url}{SESSION}").status_code


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux sets the limits of another process")
def test_without_descriptors_the_server_lives_on(server: Running) -> None:
    """More clients than it may have files open: some are refused; when they are gone, all is well."""
    limits = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (40, limits[1]))
    try:
        with ExitStack() as clients:
            for _ in range(100):
                clients.enter_context(connect(server.url))
    finally:
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, limits)
    assert httpx.get(f"{server.url}{SESSION}").status_code == 200
