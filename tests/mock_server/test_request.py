"""A request as the pipeline reads it."""

import asyncio
from typing import Any

import pytest

from mock_server.errors import BodyTooLarge
from mock_server.request import HEADERS, PATH, WORLD, ClientGone, Request, send_answer
from tests.mock_server.worlds import baseline

Message = dict[str, Any]


def request(*messages: Message, **headers: str) -> Request:
    """A request whose body comes in these messages."""
    pending = iter(messages)

    async def receive() -> Message:
        return next(pending)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "query_string": b"a=1", "headers": raw, "root_path": "/viben"}
    return Request({**scope, PATH: "/api", WORLD: baseline(), HEADERS: dict(raw)}, receive)


def chunk(body: bytes, *, more: bool = True) -> Message:
    """A part of a body."""
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_is_put_together() -> None:
    """However many parts it comes in."""
    assert asyncio.run(request(chunk(b"ab"), chunk(b""), chunk(b"c", more=False)).body(3)) == b"abc"


def test_a_body_beyond_the_limit_is_not_read_to_its_end() -> None:
    """The first part too many ends it."""
    with pytest.raises(BodyTooLarge, match="3 bytes"):
        asyncio.run(request(chunk(b"ab"), chunk(b"cd")).body(3))


def test_an_announced_length_beyond_the_limit_ends_it_at_once() -> None:
    """Nothing is read at all."""
    with pytest.raises(BodyTooLarge):
        asyncio.run(request(content_length="4").body(3))


def test_a_client_that_is_gone_is_noticed() -> None:
    """A body that never ends is no body."""
    with pytest.raises(ClientGone):
        asyncio.run(request(chunk(b"ab"), {"type": "http.disconnect"}).body(3))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("Application/JSON; charset=utf-8", "application/json"),
        (" text/plain ", "text/plain"),
        (";", ""),
        ("", ""),
    ],
)
def test_the_media_type_is_without_case_and_parameters(sent: str, expected: str) -> None:
    """What is compared is the type itself (RFC 9110, 8.3.1)."""
    assert request(content_type=sent).media_type == expected


@pytest.mark.parametrize(("status", "length"), [(200, True), (404, True), (204, False), (304, False)])
def test_an_answer_has_its_length_where_it_may_have_a_body(status: int, length: bool) -> None:
    """RFC 9110, 8.6: no Content-Length with 204."""
    sent: list[Message] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(send_answer(send, status, [], b""))

    assert ((b"content-length", b"0") in sent[0]["headers"]) is length
