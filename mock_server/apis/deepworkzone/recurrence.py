"""On which days a series recurs. Pure arithmetic by RFC 5545; sessions and their storage are elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Literal

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday

HORIZON = timedelta(days=366)  # how far ahead of today (or of a later start) the days of a series are known
LIMIT = 732  # of more days than these, only the first one and the latest are known
# Longest time from one day of a series to the next but for skipped ones, in days.
STRIDES = {"daily": 1, "weekly": 7, "monthly": 31}
FREQUENCIES: Mapping[str, Literal[1, 2, 3]] = {"daily": DAILY, "weekly": WEEKLY, "monthly": MONTHLY}
NAMES = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
FIELDS = (
    "is_recurring",
    "recurring_ends",
    "recurring_start",
    "occurrence",
    "recurring_days",
    "recurring_month_option",
    "recurring_month_week_pos",
    "recurring_month_week_day",
    "fallback_option",
)
FEWEST_DAYS = 28  # of any month
FIFTH = 5  # the only position of a day of the week that some months lack


@dataclass(frozen=True, slots=True)
class Series:
    """What recurs: the frequency with the parts of an RFC 5545 rule, from the first day to the last one.

    `start` need not be one of its days; `end` is None for a series without end.
    """

    frequency: str
    parts: Mapping[str, Any]
    start: date
    end: date | None

    @classmethod
    def of(cls, fields: Mapping[str, Any], start: date) -> "Series":
        """The series from `start` on that the fields of a session describe."""
        end = fields["recurring_ends"] and date.fromisoformat(fields["recurring_ends"])
        return cls(fields["occurrence"], _parts(fields, start), start, end)

    def horizon(self, today: date) -> date:
        """The last day up to which the days of this series are known."""
        return later(max(self.start, today), HORIZON)

    def days(self, today: date) -> list[date]:
        """The days from start to end or horizon: at most `LIMIT`, the first one and the latest."""
        last = self.horizon(today) if self.end is None else min(self.end, self.horizon(today))
        recent = max(self.start, later(last, -timedelta(days=LIMIT * STRIDES[self.frequency])))
        latest = self._between(recent, last)[-LIMIT:]
        first = self._between(self.start, last, count=1)
        return latest if latest[:1] == first else [*first, *latest[-LIMIT + 1 :]]

    def _between(self, first: date, last: date, count: int | None = None) -> list[date]:
        rule = rrule(
            FREQUENCIES[self.frequency], dtstart=_midnight(first), until=_midnight(last), **self.parts
        )
        return [moment.date() for moment in islice(rule, count)]


def start_of(fields: Mapping[str, Any]) -> date:
    """The day from which the session's series is to recur: `recurring_start`, else `schedule`."""
    return date.fromisoformat(fields["recurring_start"] or fields["schedule"])


def _parts(fields: Mapping[str, Any], start: date) -> dict[str, Any]:
    if fields["occurrence"] == "daily":
        return {}
    if fields["occurrence"] == "weekly":
        return {"byweekday": [_weekday(day) for day in fields["recurring_days"]] or [start.weekday()]}
    if fields["recurring_month_option"] == "exact":
        return _day_of_month(start.day, bool(fields["fallback_option"]))
    day = _weekday(fields["recurring_month_week_day"])
    return _day_of_week(day, fields["recurring_month_week_pos"], bool(fields["fallback_option"]))


def _day_of_month(day: int, fallback: bool) -> dict[str, Any]:
    if not fallback or day <= FEWEST_DAYS:
        return {"bymonthday": day}
    # The last of the days 28 to `day` that the month has (RFC 5545, 3.3.10: BYSETPOS).
    return {"bymonthday": range(FEWEST_DAYS, day + 1), "bysetpos": -1}


def _day_of_week(day: int, position: int, fallback: bool) -> dict[str, Any]:
    if not fallback or position < FIFTH:
        return {"byweekday": weekday(day, position)}
    return {"byweekday": (weekday(day, FIFTH - 1), weekday(day, FIFTH)), "bysetpos": -1}


def _weekday(day: int | str) -> int:
    """A day of the week, by name or with 0 and 7 for Sunday, as Python counts: 0 is Monday."""
    number = NAMES.index(day) if isinstance(day, str) else day
    return (number - 1) % 7


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a day, in which no time is read


def later(day: date, by: timedelta) -> date:
    """A day so much later (or earlier), or the last (or first) one of Python's calendar."""
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min
