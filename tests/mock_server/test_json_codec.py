"""JSON in and out: exact numbers, strict texts."""

import json

import pytest

from mock_server import json_codec
from mock_server.errors import InvalidRequest

NUMBERS = (0, -1, 2**53 + 1, 2**63, 2**64, -(2**200), 10**300, 1.5, 1e308, 5e-324)


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_come_back_exactly(number: float) -> None:
    """What a client keeps with a record is what it gets back, at any size."""
    value = json_codec.parse(json.dumps({"n": [number]}).encode())

    assert value == {"n": [number]}
    assert json.loads(json_codec.serialise(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b" ",
        b"{",
        b"{'a': 1}",
        b"[1,]",
        b"NaN",
        b"Infinity",
        b"1e400",
        b"9" * 5000,
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b'"\xed\xa0\x80"',
        b"\xff",
        b'\xef\xbb\xbf"bom"',
        '"x"'.encode("utf-16"),
        b'"a\nb"',
    ],
)
def test_what_is_no_json_is_refused(text: bytes) -> None:
    """Malformed text, other encodings, lone surrogates and numbers that are none are bad requests."""
    with pytest.raises(InvalidRequest, match="not valid JSON"):
        json_codec.parse(text)


@pytest.mark.parametrize("text", [b'"\\u0000"', b'{"\\u0000": 1}', b'[{"a": ["x\\u0000"]}]'])
def test_a_nul_is_refused_anywhere(text: bytes) -> None:
    """Databases cannot keep U+0000, so no string and no key may hold it."""
    with pytest.raises(InvalidRequest, match=r"U\+0000"):
        json_codec.parse(text)


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    r"""The six characters \u0000 are a text like any other."""
    assert json_codec.parse(b'"\\\\u0000"') == "\\u0000"


@pytest.mark.parametrize("depth", [101, 1000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_deep_nesting_is_refused(depth: int, opening: bytes, closing: bytes) -> None:
    """Nesting has a limit, so that nothing behind it can run out of stack."""
    with pytest.raises(InvalidRequest, match=r"nested|depth"):
        json_codec.parse(opening * depth + b"1" + closing * depth)


def test_nesting_within_the_limit_is_kept() -> None:
    """Ninety-nine levels are read and written."""
    text = b"[" * 99 + b"]" * 99

    assert json_codec.serialise(json_codec.parse(text)) == text


def test_output_is_compact_utf8() -> None:
    """Text is written as it is, with and without numbers that take the slow way."""
    assert json_codec.serialise({"é": 1}) == '{"é":1}'.encode()
    assert json_codec.serialise({"é": 2**70}) == f'{{"é":{2**70}}}'.encode()
