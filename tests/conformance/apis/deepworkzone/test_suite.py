"""Deep Work Zone's suite as a whole."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from conformance.apis.deepworkzone import SUITE
from conformance.apis.deepworkzone.client import EXAMPLE, day, month
from conformance.apis.deepworkzone.likeness import alike
from conformance.places import operations


def test_the_base_path_is_the_contracts() -> None:
    """Requests go below the path of the specification's server URL."""
    assert urlsplit(SUITE.contract()["servers"][0]["url"]).path == SUITE.base_path


def test_the_example_is_the_contracts() -> None:
    """What the suite sends as the document's example is what the contract has for it."""
    assert SUITE.contract()["components"]["examples"]["NewSession"]["value"] == EXAMPLE


def test_requirements_name_operations_of_the_contract() -> None:
    """Every operation has requirements, and none names one that does not exist."""
    named = {each for requirement in SUITE.requirements for each in requirement.operations}

    assert named == set(operations(SUITE.contract()))


def test_ids_are_numbered_without_gaps() -> None:
    """Within a topic the numbers go from 01 upwards."""
    topics: dict[str, list[int]] = {}
    for each in SUITE.requirements:
        topic, number = re.fullmatch(r"(.+)-(\d\d)", each.id).groups()  # type: ignore[union-attr]
        topics.setdefault(topic, []).append(int(number))

    assert [
        numbers for numbers in topics.values() if sorted(numbers) != list(range(1, len(numbers) + 1))
    ] == []


def test_days_to_come_are_whole_weeks() -> None:
    """The first day is a Monday, months begin on their first."""
    assert date.fromisoformat(day(1)).isoweekday() == 1
    assert date.fromisoformat(day(8)).isoweekday() == 1
    assert (month(1).day, month(13)) == (1, month(1).replace(year=month(1).year + 1))


@pytest.mark.parametrize(
    ("sent", "got"),
    [
        (True, 1),
        (False, "0"),
        (0, False),
        (1, "1"),
        (60, 60.0),
        ("2025-01-01", "2025-01-01T00:00:00Z"),
        ("9:00 AM", "09:00"),
        ("2:30 PM", "14:30:00"),
        ({"slack": True}, '{"slack": true}'),
        ([], None),
        (None, []),
    ],
)
def test_a_value_may_come_back_in_another_form(sent: Any, got: Any) -> None:
    """The document shows no reply, so any form that means the same will do."""
    assert alike(sent, got)


@pytest.mark.parametrize(
    ("sent", "got"),
    [
        (True, 0),
        (0, True),
        (60, 61),
        (60, None),
        ("2025-01-01", "2025-01-02"),
        ("9:00 AM", "9:00 PM"),
        ("a", "A"),
        ({"slack": True}, {"slack": False}),
        (None, "2025-01-01"),
        ([], [1]),
    ],
)
def test_another_value_does_not(sent: Any, got: Any) -> None:
    """What means something else is not what was sent."""
    assert not alike(sent, got)
