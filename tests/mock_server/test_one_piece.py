"""Answers that go out in one piece."""

import socket
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_server.request import send_answer
from tests.servers import PATIENCE, listening

BODY = b'{"answer": 42}'


def answering(status: int = 200, *headers: tuple[bytes, bytes]) -> ASGIApp:
    """An application with one answer, which goes out as ASGI's messages where the path is `/messages`."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def messages(message: Message) -> None:
            await send(message)

        await send_answer(messages if scope["path"] == "/messages" else send, status, headers, BODY)

    return app


def test_an_answer_comes_with_the_first_packet() -> None:
    """Head and body are written together, so whoever reads once has both; the connection stays open."""
    with listening(answering(200, (b"x-a", b"1"))) as url:
        address = urlsplit(url)
        with socket.create_connection((address.hostname or "", address.port or 0), PATIENCE) as client:
            for _ in range(2):
                client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                received = client.recv(1 << 16)
                assert received.startswith(b"HTTP/1.1 200 OK\r\n")
                assert received.endswith(BODY)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize("closing", [{}, {"Connection": "close"}])
def test_it_is_the_answer_that_uvicorn_would_write(method: str, closing: dict[str, str]) -> None:
    """The same status, headers and body as in ASGI's messages."""
    with (
        listening(answering(418, (b"x-a", b"1\t2"), (b"x-a", "\u00e9".encode()))) as url,
        httpx.Client() as client,
    ):
        one, other = (client.request(method, url + path, headers=closing) for path in ("/", "/messages"))

    assert (one.status_code, one.content) == (other.status_code, other.content)
    assert _without_date(one) == _without_date(other)


@pytest.mark.parametrize("path", ["/", "/messages"])
@pytest.mark.parametrize("value", [b"a\r\nset-cookie: b=c", b"a\nb", b"a\x00b"])
def test_no_value_becomes_another_header(path: str, value: bytes) -> None:
    """What no header can hold is not sent, on either way."""
    with listening(answering(200, (b"x-a", value))) as url, pytest.raises(httpx.RemoteProtocolError):
        httpx.get(url + path)


def _without_date(answer: httpx.Response) -> list[tuple[bytes, bytes]]:
    return [field for field in answer.headers.raw if field[0] != b"date"]
