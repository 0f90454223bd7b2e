"""Tests of `mock_server.apis.deepworkzone.recurrence`: on which days a series recurs."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.apis.deepworkzone.model import DEFAULTS
from mock_server.apis.deepworkzone.recurrence import HORIZON, LIMIT, Series, start_of

TODAY = date(2026, 3, 1)
FIFTH_FRIDAY = {
    "recurring_month_option": "week",
    "recurring_month_week_pos": 5,
    "recurring_month_week_day": 5,
}


def _days(start: str, end: str | None, occurrence: str, **fields: Any) -> list[str]:
    recurrence = {"schedule": start, "recurring_ends": end, "occurrence": occurrence, **fields}
    session = {**DEFAULTS, "is_recurring": 1, **recurrence}
    return [day.isoformat() for day in Series.of(session, start_of(session)).days(TODAY)]


def _months(days: list[str]) -> list[str]:
    return [day[5:] for day in days]


def test_daily_is_every_day() -> None:
    """From the start to the end, both included, across the end of a month."""
    assert _months(_days("2026-02-27", "2026-03-02", "daily")) == ["02-27", "02-28", "03-01", "03-02"]


@pytest.mark.parametrize("days", [[1, 4], ["monday", "thursday"], ["thursday", 1, 1]])
def test_weekly_is_on_the_days_named(days: list[Any]) -> None:
    """Days come by number or by name, in any order, and count once."""
    found = _days("2026-03-01", "2026-03-14", "weekly", recurring_days=days)

    assert _months(found) == ["03-02", "03-05", "03-09", "03-12"]


@pytest.mark.parametrize("sunday", [0, 7, "sunday"])
def test_sunday_is_0_and_7(sunday: Any) -> None:
    """Both usual ways of counting the days of a week mean the same Sunday."""
    assert _months(_days("2026-03-02", "2026-03-15", "weekly", recurring_days=[sunday])) == ["03-08", "03-15"]


def test_weekly_without_days_is_on_the_day_of_the_start() -> None:
    """A series that names no day recurs on the one it starts on."""
    assert _months(_days("2026-03-04", "2026-03-20", "weekly")) == ["03-04", "03-11", "03-18"]


@pytest.mark.parametrize(
    ("start", "fallback", "expected"),
    [
        ("2026-01-15", 0, ["01-15", "02-15", "03-15", "04-15", "05-15"]),
        ("2026-01-31", 0, ["01-31", "03-31", "05-31"]),
        ("2026-01-31", 1, ["01-31", "02-28", "03-31", "04-30", "05-31"]),
        ("2026-01-30", 1, ["01-30", "02-28", "03-30", "04-30", "05-30"]),
    ],
)
def test_monthly_on_the_day_of_the_start(start: str, fallback: int, expected: list[str]) -> None:
    """A month without the day is skipped, or has its last day instead."""
    assert _months(_days(start, "2026-05-31", "monthly", fallback_option=fallback)) == expected


def test_the_last_day_of_february_in_a_leap_year() -> None:
    """The fallback is the last day that the month really has."""
    assert _months(_days("2028-01-31", "2028-02-29", "monthly", fallback_option=1)) == ["01-31", "02-29"]


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (1, ["01-02", "02-06", "03-06", "04-03", "05-01"]),
        (4, ["01-23", "02-27", "03-27", "04-24", "05-22"]),
        (-1, ["01-30", "02-27", "03-27", "04-24", "05-29"]),
    ],
)
def test_monthly_on_a_day_of_a_week(position: int, expected: list[str]) -> None:
    """The n-th Friday, or the last one."""
    fields = {**FIFTH_FRIDAY, "recurring_month_week_pos": position}

    assert _months(_days("2026-01-01", "2026-05-31", "monthly", **fields)) == expected


@pytest.mark.parametrize(
    ("fallback", "expected"),
    [(0, ["01-30", "05-29"]), (1, ["01-30", "02-27", "03-27", "04-24", "05-29"])],
)
def test_the_fifth_friday(fallback: int, expected: list[str]) -> None:
    """A month without a fifth one is skipped, or has its fourth instead."""
    found = _days("2026-01-01", "2026-05-31", "monthly", **FIFTH_FRIDAY, fallback_option=fallback)

    assert _months(found) == expected


def test_the_start_goes_before_the_schedule() -> None:
    """A series begins on `recurring_start` where there is one."""
    assert _days("2026-03-01", "2026-03-04", "daily", recurring_start="2026-03-03") == [
        "2026-03-03",
        "2026-03-04",
    ]


def test_a_series_may_have_no_day() -> None:
    """Its end may be before its start, or before the first day that fits."""
    assert _days("2026-03-02", "2026-03-01", "daily") == []
    assert _days("2026-03-02", "2026-03-05", "weekly", recurring_days=[0]) == []


def test_without_an_end_there_is_a_horizon() -> None:
    """A series is known for as long after today, or after a later start."""
    assert _days("2026-03-01", None, "daily")[-1] == (TODAY + HORIZON).isoformat()
    assert _days("2027-01-01", None, "daily")[-1] == (date(2027, 1, 1) + HORIZON).isoformat()


def test_a_long_series_is_known_at_both_ends() -> None:
    """Of very many days there is the first one, and the latest ones are there without a gap."""
    found = _days("1990-05-05", None, "daily")

    assert len(found) == LIMIT
    assert found[0] == "1990-05-05"
    assert found[-1] == (TODAY + HORIZON).isoformat()


@given(
    start=st.dates(),
    end=st.none() | st.dates(),
    occurrence=st.sampled_from(["daily", "weekly", "monthly"]),
    fallback=st.sampled_from([0, 1]),
)
def test_days_are_in_order_and_within_bounds(
    start: date, end: date | None, occurrence: str, fallback: int
) -> None:
    """Whatever the calendar allows, days go up, none twice, within start and end, and not too many."""
    found = _days(start.isoformat(), end.isoformat() if end else None, occurrence, fallback_option=fallback)

    assert found == sorted(set(found))
    assert len(found) <= LIMIT
    assert all(start.isoformat() <= day <= (end or date.max).isoformat() for day in found)
