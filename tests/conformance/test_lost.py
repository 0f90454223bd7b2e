"""Which listed record was certainly made by what was sent."""

from collections.abc import Callable
from operator import eq
from typing import Any

import pytest

from conformance.apis.deepworkzone.likeness import alike
from conformance.lost import Fields, Search, fields, names

MARK = "0123456789ab"
NAME = f"AI Research-zipf-create-01-42-{MARK}-1"
SENT = {"name": NAME, "description": "for later", "public": False, "tags": ["a"], "ends": None}


def found(alike: Callable[[Any, Any], bool], sent: Fields, record: Fields, *, by_name: bool = False) -> bool:
    """Say whether a record that is all there is in the list is found."""
    search = Search(MARK, lambda _sent, _actor: [record], alike)
    return search.found(sent, None, by_name=by_name) == [str(record["id"])]


@pytest.mark.parametrize(
    ("record", "certain"),
    [
        ({"id": 1, "name": NAME}, True),
        ({"id": 1, "name": NAME, "description": "for later", "public": False, "tags": [], "ends": "x"}, True),
        ({"id": 1, "name": NAME, "description": "mine"}, False),
        ({"id": 1, "name": NAME, "public": True}, False),
        ({"id": 1, "name": NAME[:-1]}, False),
        ({"id": 1, "name": f"Copy of {NAME}"}, False),
        ({"id": 1, "name": NAME.replace(MARK, "ba9876543210")}, False),
        ({"id": 1, "description": "for later"}, False),
    ],
)
def test_a_record_is_the_runs_by_its_name_and_no_field_says_otherwise(
    record: dict[str, Any], certain: bool
) -> None:
    """Another name, even of a run with the same seed, or another value of a plain field, is a doubt."""
    assert found(eq, SENT, record) is certain


def test_values_may_come_in_the_form_that_an_api_has_for_them() -> None:
    """A day with a time, or a flag as a number, is what was sent where the suite says so."""
    sent = {"name": NAME, "is_public": True, "schedule": "2030-01-01"}
    record = {"id": 1, "name": NAME, "is_public": 1, "schedule": "2030-01-01T00:00:00.000000Z"}

    assert found(alike, sent, record)
    assert not found(eq, sent, record)


def test_a_series_is_known_by_its_name_alone() -> None:
    """Each of its records has a day of its own."""
    assert found(eq, SENT, {"id": 1, "name": NAME, "description": "another"}, by_name=True)
    assert not found(eq, SENT, {"id": 1, "name": "mine"}, by_name=True)


@pytest.mark.parametrize(("mark", "named"), [(MARK, {"name": NAME}), ("", {}), ("another", {})])
def test_a_name_is_known_by_the_mark(mark: str, named: dict[str, str]) -> None:
    """Where a run has no mark, as in a ledger of an earlier version, nothing is a name of its own."""
    assert names(SENT, mark) == named


@pytest.mark.parametrize("body", ["", "[]", "null", '{"name": "cut of', "{" * 5000])
def test_what_is_no_whole_object_says_nothing(body: str) -> None:
    """Such a creation can only be told of."""
    assert fields(body) == {}


@pytest.mark.parametrize(
    ("document", "own"),
    [
        ({"name": NAME}, True),
        ({"session": {"id": 1, "name": NAME}}, True),
        ({"data": {"name": NAME}}, True),
        ({"name": "Board meeting", "about": {"name": NAME}}, False),
        ([{"name": NAME}], False),
        ("text", False),
    ],
)
def test_what_stands_at_an_address_is_known_by_its_own_name(document: Any, own: bool) -> None:
    """The record itself has to show the name, not something that it refers to."""
    assert Search(MARK, None, eq).is_own(document) is own
