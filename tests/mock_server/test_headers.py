"""Headers between text and bytes."""

from mock_server.headers import RequestHeaders, encoded, packed, unpacked


def test_headers_are_read_by_lower_case_name() -> None:
    """A header that was not sent is None, and odd bytes are still text."""
    headers = RequestHeaders({b"x-a": b"1", b"x-b": b"\xff"})

    assert (headers["x-a"], headers.get("x-b"), headers.get("x-c"), headers.get("x-c", "")) == (
        "1",
        "ÿ",
        None,
        "",
    )
    assert (dict(headers), len(headers)) == ({"x-a": "1", "x-b": "ÿ"}, 2)


def test_headers_are_written_in_lower_case() -> None:
    """As ASGI wants them."""
    assert list(encoded({"X-A": "é"})) == [(b"x-a", b"\xe9")]


def test_packed_headers_come_back_as_text() -> None:
    """Order and repetition stay."""
    raw = [(b"a", b"1"), (b"b", "ü".encode("latin-1")), (b"a", b"")]

    assert unpacked(packed(raw)) == [("a", "1"), ("b", "ü"), ("a", "")]
    assert unpacked(packed([])) == []
