"""What all shadow models read of an exchange, and what they leave alone."""

from typing import Any

import pytest

from conformance.exchange import Exchange
from conformance.shadow import body_of, caller_of, is_plain, query_of, suspicion


def sent(target: str = "/sessions", body: bytes | None = None, **headers: str) -> Exchange:
    """Return an exchange."""
    return Exchange("GET", target, tuple(headers.items()), body, status=200)


def test_callers_are_told_apart_by_their_credentials() -> None:
    """The header's name may be written in any case; without it the caller is nobody."""
    assert caller_of(sent(authorization="Bearer mine")) == "Bearer mine"
    assert caller_of(sent()) == ""


@pytest.mark.parametrize("body", [None, b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_says_nothing(body: bytes | None) -> None:
    """What is missing, malformed, of another encoding or too deep counts as an empty object."""
    assert body_of(sent(body=body)) == {}


@pytest.mark.parametrize(
    ("query", "filters"),
    [("", {}), ("?type=a%20b", {"type": "a b"}), ("?type=", None), ("?type=a&type=b", None), ("?x=1", None)],
)
def test_a_query_is_read_in_one_sure_way_or_not_at_all(query: str, filters: dict[str, str] | None) -> None:
    """Nothing is made of parameters that are empty, there twice or not described."""
    assert query_of(sent(f"/sessions{query}"), ("type",)) == filters


@pytest.mark.parametrize("value", ["a b", "Überblick", 7, -7, True, None, {"a": ["b", 1]}, []])
def test_a_plain_value_comes_back_as_it_was_sent(value: Any) -> None:
    """Ordinary texts, numbers, flags and what is made of them are kept by every honest store."""
    assert is_plain(value)


@pytest.mark.parametrize("value", [1.5, 2**53, " a", "a\n", "a\u0308", "\ud800", {"\x00": 1}, [[0.1]]])
def test_an_odd_value_may_come_back_otherwise(value: Any) -> None:
    """Fractions, huge numbers, outer spaces, controls and decomposed letters are open to every store."""
    assert not is_plain(value)


def test_a_suspicion_says_all_that_came() -> None:
    """What came is written as JSON, whole: it is shortened when credentials are masked in it."""
    found = suspicion("API-GET-01", "7", "one", "x" * 1000)

    assert (found.expected, found.got) == ("for 7: one", f'"{"x" * 1000}"')
