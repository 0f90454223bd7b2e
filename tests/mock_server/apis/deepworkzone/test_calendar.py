"""Tests of `mock_server.apis.deepworkzone.calendar`: how series come, go on, change and go."""

from datetime import timedelta
from typing import Any

import pytest

from mock_server.apis.deepworkzone.errors import NoOccurrence, SessionNotFound
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.store import Document
from tests.mock_server.apis.deepworkzone.worlds import body, days, seeded, seen_by

WEEK = [f"2026-03-0{day}" for day in range(2, 9)]


def _series(sessions: Sessions, **fields: Any) -> list[Document]:
    sessions.create(
        body(**{"is_recurring": 1, "occurrence": "daily", "recurring_ends": "2026-03-08", **fields})
    )
    return list(sessions.find(keyword="Juggling"))


def test_every_occurrence_is_a_session() -> None:
    """With an id and a day of its own, and all else in common."""
    occurrences = _series(seen_by("owner", seeded()))
    common = [{**each, "id": 0, "sequence": 0, "schedule": ""} for each in occurrences]

    assert [each["schedule"] for each in occurrences] == WEEK
    assert len({each["id"] for each in occurrences}) == len(WEEK)
    assert all(each == common[0] for each in common)


def test_creating_returns_the_first_occurrence() -> None:
    """Which is on the first day that fits, not before."""
    fields = {"is_recurring": 1, "occurrence": "weekly", "recurring_days": ["wednesday"]}

    assert seen_by("owner", seeded()).create(body(**fields))["schedule"] == "2026-03-04"


def test_a_series_without_a_day_is_refused() -> None:
    """And leaves nothing behind."""
    sessions = seen_by("owner", seeded())
    with pytest.raises(NoOccurrence, match="no day from 2026-03-02 to 2026-03-01"):
        _series(sessions, recurring_ends="2026-03-01")

    assert days(sessions) == []


def test_a_range_shows_the_occurrences_in_it() -> None:
    """Both of its ends included."""
    sessions = seen_by("owner", seeded())
    _series(sessions)

    assert days(sessions, day_start=WEEK[2], day_ends=WEEK[4]) == WEEK[2:5]


def test_one_occurrence_is_deleted() -> None:
    """The others stay."""
    sessions = seen_by("owner", seeded())
    occurrences = _series(sessions)
    sessions.delete(occurrences[3]["id"], whole_series=False)

    assert days(sessions) == WEEK[:3] + WEEK[4:]


def test_a_whole_series_is_deleted() -> None:
    """By any of its occurrences; other series stay, and no more of it comes."""
    world = seeded()
    sessions = seen_by("owner", world)
    occurrences = _series(sessions, recurring_ends=None)
    _series(sessions, name="Juggling on", recurring_ends="2026-03-03")
    sessions.delete(occurrences[3]["id"], whole_series=True)
    world.clock.advance(timedelta(days=30))

    assert days(seen_by("owner", world)) == WEEK[:2]


def test_a_single_session_is_its_own_series() -> None:
    """Deleting the series of a session that has none deletes the session."""
    sessions = seen_by("owner", seeded())
    session_id = sessions.create(body())["id"]
    sessions.delete(session_id, whole_series=True)
    with pytest.raises(SessionNotFound):
        sessions.get(session_id)


def test_a_change_is_of_one_occurrence() -> None:
    """What is no recurrence changes there alone, also when the recurrence is sent along unchanged."""
    sessions = seen_by("owner", seeded())
    occurrences = _series(sessions)
    same = {name: occurrences[2][name] for name in ("is_recurring", "occurrence", "recurring_ends")}
    sessions.replace(occurrences[2]["id"], {"duration": 15, **same})

    assert [each["duration"] for each in sessions.find(keyword="Juggling")] == [60, 60, 15, 60, 60, 60, 60]


def test_a_new_recurrence_holds_from_an_occurrence_on() -> None:
    """Earlier ones stay, this one keeps its id, later ones are those of the new recurrence."""
    sessions = seen_by("owner", seeded())
    occurrences = _series(sessions)
    changes = {"occurrence": "weekly", "recurring_days": [5], "recurring_ends": "2026-03-22"}
    changed = sessions.replace(occurrences[2]["id"], changes)

    assert (changed["id"], changed["schedule"]) == (occurrences[2]["id"], "2026-03-06")
    assert days(sessions) == [*WEEK[:2], "2026-03-06", "2026-03-13", "2026-03-20"]


def test_a_new_recurrence_without_a_day_changes_nothing() -> None:
    """The series stays as it is."""
    sessions = seen_by("owner", seeded())
    occurrences = _series(sessions)
    with pytest.raises(NoOccurrence):
        sessions.replace(occurrences[2]["id"], {"recurring_ends": "2026-03-01"})

    assert list(sessions.find(keyword="Juggling")) == occurrences


def test_recurrence_can_be_switched_off() -> None:
    """The series ends with the occurrence before; this one is a session by itself."""
    sessions = seen_by("owner", seeded())
    occurrences = _series(sessions)
    changed = sessions.replace(occurrences[2]["id"], {"is_recurring": 0})

    assert changed["series_id"] is None
    assert days(sessions) == WEEK[:3]


def test_recurrence_can_be_switched_on() -> None:
    """A single session becomes the first of a series."""
    sessions = seen_by("owner", seeded())
    session_id = sessions.create(body())["id"]
    changed = sessions.replace(session_id, {"is_recurring": 1, "recurring_ends": WEEK[-1]})

    assert changed["id"] == session_id
    assert days(sessions) == WEEK


def test_a_series_without_end_goes_on_with_the_clock() -> None:
    """What has come within the horizon is there once; an occurrence that was deleted does not come back."""
    world = seeded()
    sessions = seen_by("owner", world)
    occurrences = _series(sessions, recurring_ends=None, occurrence="weekly")
    sessions.delete(occurrences[-1]["id"], whole_series=False)
    world.clock.advance(timedelta(days=21))
    later = days(seen_by("owner", world))
    known = [each["schedule"] for each in occurrences[:-1]]

    assert later[: len(known)] == known
    assert len(later) == len(set(later)) == len(known) + 3
    assert days(seen_by("owner", world)) == later
    assert occurrences[-1]["schedule"] not in later


def test_a_world_and_its_fork_go_on_apart() -> None:
    """Occurrences made in one are not in the other."""
    world = seeded()
    fork = world.fork("fork")
    fork.clock.advance(timedelta(days=60))
    longer, shorter = (days(seen_by("member", each), "Writing hour") for each in (fork, world))

    assert len(longer) > len(shorter)
