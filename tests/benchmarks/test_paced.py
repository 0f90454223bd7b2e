"""The open loop: its arithmetic, and its word on servers of which the time of an answer is known."""

import asyncio
from urllib.parse import urlsplit

import pytest
from starlette.types import Receive, Scope, Send

from tests import servers
from tests.benchmarks import paced
from tests.benchmarks.paced import Latency, is_complete, latency, measure, request_bytes

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def test_percentiles_are_times_that_occurred() -> None:
    """Of the times 1 to 100 the 50th and the 99th count."""
    assert latency([number / 1000 for number in range(100, 0, -1)]) == Latency(50.0, 99.0, 100)


def test_one_answer_is_every_percentile() -> None:
    """Few answers are no special case."""
    assert latency([0.25]) == Latency(250.0, 250.0, 1)


@pytest.mark.parametrize(
    ("answer", "complete"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na", False),
        (b"HTTP/1.1 200 OK\r\nContent-Len", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", False),
    ],
)
def test_the_end_of_an_answer_is_found(answer: bytes, *, complete: bool) -> None:
    """By its length, or by its last chunk."""
    assert is_complete(answer) is complete


def test_a_request_brings_its_body() -> None:
    """Path and query are the target, the body has its length."""
    sent = request_bytes("POST", "http://127.0.0.1:1/a?b=c", "{}")

    assert sent.startswith(b"POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:1\r\n")
    assert sent.endswith(b"Content-Length: 2\r\n\r\n{}")


def test_every_request_that_was_due_is_answered() -> None:
    """None is left out, and none takes less time than the server."""
    took = measured(0.01, rate=200, seconds=0.5)

    assert len(took) == 100
    assert min(took) > 0.005


def test_waiting_for_a_busy_server_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes longer than there is room for is seen to fall behind, even if it never answers."""
    monkeypatch.setattr(paced, "PATIENCE", 0.1)
    took = measured(3600.0, rate=100, seconds=0.5)

    assert len(took) == 50
    assert max(took) >= 0.6


def measured(answer_seconds: float, rate: float, seconds: float) -> list[float]:
    """What the open loop says of a server that takes so long for each answer."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        answered = asyncio.ensure_future(asyncio.sleep(answer_seconds))
        gone = asyncio.ensure_future(_gone(receive))
        await asyncio.wait([answered, gone], return_when=asyncio.FIRST_COMPLETED)
        answered.cancel()
        gone.cancel()
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok"})

    with servers.listening(app) as url:
        address = urlsplit(url)
        return measure((address.hostname or "", address.port or 0), REQUEST, rate, seconds)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
