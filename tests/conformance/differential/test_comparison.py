"""What counts as a difference between two replies, and what does not."""

import json
from typing import Any

import pytest

from conformance.differential.comparison import Difference, differences
from conformance.differential.names import Names
from conformance.exchange import Exchange

JSON = (("Content-Type", "application/json; charset=utf-8"),)


def reply(body: Any, status: int = 200, headers: tuple[tuple[str, str], ...] = JSON) -> Exchange:
    """Return a reply with this body."""
    return Exchange("GET", "/api/sessions", (), None, status, headers, json.dumps(body).encode())


def parted(left: Any, right: Any, **known: str) -> list[Difference]:
    """Return the differences of two bodies, where these names are known."""
    return differences(0, reply(left), reply(right), Names(known, records=known))


ALIKE = [
    ({"id": "a", "n": 1}, {"n": 1, "id": "b"}),
    ({"at": "2026-01-01T00:00:00Z"}, {"at": "2027-01-01T10:00:00.5+01:00"}),
    ({"error": "no session one"}, {"error": "no session two"}),
    ([1, [True, None]], [1, [True, None]]),
    ({"error": "no session 7"}, {"error": "no session 8"}),
    ([{"id": "x", "n": None}], [{"id": "y", "n": 1}]),
    ({"sessions": [{"id": "x", "n": 1}]}, {"sessions": [{"id": "y", "n": 2}, {"id": "z", "n": 3}]}),
]


@pytest.mark.parametrize(("left", "right"), ALIKE, ids=[str(left) for left, _ in ALIKE])
def test_ids_times_and_other_peoples_records_are_no_difference(left: Any, right: Any) -> None:
    """What every deployment chooses itself is not compared."""
    assert parted(left, right, one="two", **{"7": "8"}) == []


PARTED = [
    ({"n": 1}, {"n": 2}, Difference("value", "n", "1", "2")),
    ({"n": 1}, {"n": "1"}, Difference("type", "n", "number", "string")),
    ({"a": {"b": 1}}, {"a": {}}, Difference("member", "a.b", "there", "missing")),
    ({}, {"b": 1}, Difference("member", "b", "missing", "there")),
    ([1], [1, 2], Difference("length", "", "1", "2")),
    ({"at": "2026-01-01T00:00:00Z"}, {"at": "now"}, Difference("value", "at", "2026-01-01T00:00:00Z", "now")),
    ([{"id": "one"}], [], Difference("records", "", "1 of ours", "0 of ours")),
    ([{"id": "x", "n": 1}], [{"id": "y"}], Difference("member", "[].n", "there", "missing")),
    (
        [{"id": "one", "n": 1}, {"id": "x"}],
        [{"id": "two", "n": 2}],
        Difference("value", "[].n", "1", "2"),
    ),
]


@pytest.mark.parametrize(
    ("left", "right", "found"), PARTED, ids=[each.kind + each.place for *_, each in PARTED]
)
def test_everything_else_is(left: Any, right: Any, found: Difference) -> None:
    """Kind, place and both sides are told."""
    assert parted(left, right, one="two") == [found]


def test_another_order_of_ours_is_a_difference() -> None:
    """The sequence's own records are found by their names, whatever is between them."""
    left, right = [{"id": "a"}, {"id": "b"}], [{"id": "B"}, {"id": "x"}, {"id": "A"}]

    assert parted(left, right, a="A", b="B") == [Difference("order", "", "one", "another")]


def test_another_status_says_it_all() -> None:
    """Bodies of different statuses are not compared."""
    found = differences(0, reply({}, 404), reply([], 410), Names({}))

    assert found == [Difference("status", "", "404", "410")]


def test_another_media_type_is_a_difference() -> None:
    """Its parameters are not."""
    found = differences(0, reply({}), reply({}, headers=()), Names({}))

    assert found == [Difference("media type", "", "application/json", "none")]
