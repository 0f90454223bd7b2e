"""Requests of a size that nobody wants: refused in words, and not kept in memory."""

from collections.abc import Callable, Iterator

import psutil
import pytest

from tests.mock_server.robustness.connections import GET, SESSIONS, connect, read_answer
from tests.raw_http import Answer
from tests.servers import Running

MEGABYTE = 1 << 20
POST = f"POST {SESSIONS} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n".encode()


def sent(server: Running, *parts: bytes) -> Answer:
    """What a client gets that sends all of it before it reads."""
    with connect(server.url) as connection:
        for part in parts:
            connection.sendall(part)
        return read_answer(connection)


@pytest.mark.parametrize(
    "fields",
    [b"X-Long: " + b"a" * MEGABYTE, b"X: y\r\n" * (MEGABYTE // 6), b"a" * MEGABYTE],
    ids=["one field", "many fields", "one name"],
)
def test_a_megabyte_of_headers_is_refused(server: Running, fields: bytes) -> None:
    """The refusal reaches a client that sends everything before it reads."""
    answer = sent(server, GET[:-2], fields, b"\r\n\r\n")

    assert (answer.status, answer.headers["connection"]) == (431, "close")
    assert "65536 bytes" in answer.json()["detail"]


def test_a_megabyte_of_target_is_refused(server: Running) -> None:
    """A URL is part of the head."""
    assert sent(server, b"GET /" + b"a" * MEGABYTE).status == 431


def test_long_headers_within_the_limit_are_read(server: Running) -> None:
    """Cookies of 32 KiB are nothing to complain of."""
    assert sent(server, GET[:-2] + b"Cookie: a=" + b"a" * 32_768 + b"\r\n\r\n").status == 200


def announced(megabytes: int) -> Iterator[bytes]:
    """The parts of a request whose length is known from its head."""
    yield POST + f"Content-Length: {megabytes * MEGABYTE}\r\n\r\n".encode()
    yield from [b" " * MEGABYTE] * megabytes


def chunked(megabytes: int) -> Iterator[bytes]:
    """The parts of a request whose end comes as a surprise."""
    yield POST + b"Transfer-Encoding: chunked\r\n\r\n"
    yield from [f"{MEGABYTE:x}\r\n".encode() + b" " * MEGABYTE + b"\r\n"] * megabytes
    yield b"0\r\n\r\n"


@pytest.mark.parametrize("parts", [announced, chunked])
def test_a_body_of_100_megabytes_is_refused(server: Running, parts: Callable[[int], Iterator[bytes]]) -> None:
    """In the vendor's form, to a client that sends all of it; and none of it is kept."""
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    answer = sent(server, *parts(100))

    assert (answer.status, answer.headers["content-type"]) == (413, "application/json")
    assert "1048576 bytes" in answer.body.decode()
    assert process.memory_info().rss - before < 30 * MEGABYTE


def test_a_connection_goes_on_after_a_body_that_was_too_long(server: Running) -> None:
    """What is left of it is passed over, and the next request is answered."""
    with connect(server.url) as connection:
        for part in announced(2):
            connection.sendall(part)
        refused = read_answer(connection)
        connection.sendall(GET)

        assert (refused.status, read_answer(connection).status) == (413, 200)
