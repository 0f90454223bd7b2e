"""Connections that end oddly, and several requests at once on one of them."""

import json
import socket
import struct
from contextlib import suppress

import httpx
import pytest

from tests.mock_server.robustness.connections import (
    GET,
    SESSIONS,
    connect,
    creation,
    read_answer,
    read_to_end,
)
from tests.servers import Running

RESET = struct.pack("ii", 1, 0)  # SO_LINGER of no time at all: closing sends RST


@pytest.mark.parametrize("request_", [GET, creation()], ids=["get", "create"])
@pytest.mark.parametrize("wait", [b"", b"Prefer: wait=0.2\r\n"], ids=["at once", "later"])
def test_a_client_that_ends_its_side_is_answered(server: Running, request_: bytes, wait: bytes) -> None:
    """Whoever asked, and says that it will ask no more, gets its answer (RFC 9112, 9.6)."""
    with connect(server.url) as connection:
        connection.sendall(request_.replace(b"Host:", wait + b"Host:"))
        connection.shutdown(socket.SHUT_WR)

        assert read_answer(connection).status in (200, 201)
        assert connection.recv(1) == b""


def test_all_requests_before_the_end_are_answered(server: Running) -> None:
    """Not the first of them only."""
    with connect(server.url) as connection:
        connection.sendall(GET * 5)
        connection.shutdown(socket.SHUT_WR)

        assert read_to_end(connection).count(b"HTTP/1.1 200 OK") == 5


@pytest.mark.parametrize("part", [GET[:10], GET[:-2], creation()[:-3]], ids=["line", "head", "body"])
def test_half_a_request_is_none(server: Running, part: bytes) -> None:
    """Whoever ends its side in the middle of a request gets nothing, and nothing is done."""
    before = httpx.get(f"{server.url}{SESSIONS}").json()
    with connect(server.url) as connection:
        connection.sendall(part)
        connection.shutdown(socket.SHUT_WR)

        assert read_to_end(connection) == b""
    assert httpx.get(f"{server.url}{SESSIONS}").json() == before


@pytest.mark.parametrize("part", [GET[:10], creation()[:-3], GET, creation() * 20], ids=range(4))
def test_a_client_that_resets_hurts_nobody_else(server: Running, part: bytes) -> None:
    """A connection may be torn down at any point."""
    with connect(server.url) as connection:
        connection.sendall(part)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


def test_requests_at_once_are_answered_in_their_order(server: Running) -> None:
    """Each sees what those before it did (RFC 9112, 9.3.2)."""
    listing = f"GET {SESSIONS}?agent_id=pipelined HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    body = b'{"agent_id": "pipelined"}'
    with connect(server.url) as connection:
        connection.sendall((creation(body=body) + listing) * 50)
        connection.shutdown(socket.SHUT_WR)
        answers = read_to_end(connection).split(b"HTTP/1.1 ")[1:]

    assert [answer[:3] for answer in answers] == [b"201", b"200"] * 50
    lists = [json.loads(answer.partition(b"\r\n\r\n")[2])["sessions"] for answer in answers[1::2]]
    assert [len(sessions) for sessions in lists] == list(range(1, 51))


def test_a_client_that_never_reads_hurts_nobody_else(server: Running) -> None:
    """Answers that nobody takes wait, and the client's further requests with them."""
    with connect(server.url) as connection:
        connection.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                connection.send(GET * 100)

        assert httpx.get(f"{server.url}{SESSIONS}").status_code == 200
