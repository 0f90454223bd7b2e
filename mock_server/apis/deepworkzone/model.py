"""What a session of Deep Work Zone is made of, how it ages, and what a part in it is made of."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Literal, TypedDict

from mock_server.clock import rfc3339
from mock_server.draw import Draw
from mock_server.store import CollectionPlan, Document
from mock_server.views import view

TIME = re.compile(r"(\d{1,2}):(\d\d) ?([AaPp][Mm])?")
END_OF_DAY = 24 * 60
NEVER = "~"  # after all times
# What a client can say of a session, as it is when the client does not: the values of the document's example
# where they mean nothing in particular, and nothing where they do.
DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {
        "org_id": None,
        "name": None,
        "type": None,
        "duration": None,
        "schedule": None,
        "time": None,
        "is_public": True,
        "collaborator": [],
        "status": "waiting",
        "website_blocker_enabled": False,
        "website_blocker": None,
        "snooze_enabled": False,
        "snooze_apps": None,
        "is_recurring": 0,
        "recurring_ends": None,
        "recurring_start": None,
        "occurrence": "daily",
        "recurring_days": [],
        "recurring_month_option": "exact",
        "recurring_month_week_pos": 1,
        "recurring_month_week_day": 1,
        "fallback_option": 0,
    }
)
FIELDS = tuple(DEFAULTS)
SHOWN = ("id", *FIELDS, "created_by", "series_id", "created_at", "updated_at")


class Participation(TypedDict):
    """Somebody's part in a session; the names are those of the vendor's webhook on completion."""

    participant_id: int
    multiplai_id: int
    session_id: int
    status: Literal["joined", "completed"]
    actual_score: float | None
    presence_score: float | None
    joined_at: str
    completed_at: str | None


def new_participation(number: int, session_id: int, user: int, now: str) -> Participation:
    """The part of somebody who has just joined."""
    return {
        "participant_id": number,
        "multiplai_id": user,
        "session_id": session_id,
        "status": "joined",
        "actual_score": None,
        "presence_score": None,
        "joined_at": now,
        "completed_at": None,
    }


def completion(draw: Draw, part: Participation, now: str) -> Participation:
    """The part of somebody who has completed the session, with scores."""
    path = ("deepworkzone.participations", part["participant_id"])
    presence = draw.integer(600, 1000, *path, "presence")
    return {
        **part,
        "status": "completed",
        "actual_score": draw.integer(500, presence, *path, "actual") / 10,
        "presence_score": presence / 10,
        "completed_at": now,
    }


@view
def entry(session: Document) -> Document:
    """What a list shows of a session."""
    return {name: session[name] for name in SHOWN}


def occurrence(template: Document, series_id: int, day: date) -> Document:
    """The session of a series on one day."""
    return {**template, "series_id": series_id, "schedule": day.isoformat()}


def current(session: Document, now: str) -> Document:
    """The session with its status as of now.

    The status is what was sent, until the session's beginning or end passes after the last write.
    """
    begun, ended = (
        session["updated_at"] < moment <= now for moment in (_beginning(session), ending(session))
    )
    if ended and session["status"] != "completed":
        return {**session, "status": "completed"}
    if begun and session["status"] == "waiting":
        return {**session, "status": "active"}
    return session


def ending(session: Document) -> str:
    """When a session ends."""
    try:
        return rfc3339(_begins(session) + timedelta(minutes=session["duration"]))
    except OverflowError:
        return NEVER


def minutes(text: str) -> int:
    """A time of day (`9:00 AM`, `13:30`) as minutes since midnight."""
    match = TIME.fullmatch(text)
    assert match is not None  # the contract lets nothing else in
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").upper()
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return hour * 60 + minute


def _begins(session: Document) -> datetime:
    day = datetime.combine(date.fromisoformat(session["schedule"]), time(), UTC)
    return day + timedelta(minutes=minutes(session["time"]))


def _beginning(session: Document) -> str:
    return rfc3339(_begins(session))


def _by_day(session: Document) -> tuple[Any, ...]:
    return session["org_id"], session["schedule"], minutes(session["time"]), session["id"]


def _by_series(session: Document) -> tuple[Any, ...] | None:
    number = session["series_id"]
    return None if number is None else (number, session["schedule"], session["id"])


def _to_be_continued(series: Document) -> tuple[Any, ...] | None:
    """By the day up to which its occurrences have been made, unless that is all of them."""
    ends, known_until = series["template"]["recurring_ends"], series["known_until"]
    if ends is not None and ends <= known_until:
        return None
    return series["template"]["org_id"], known_until, series["id"]


def _by_participant(part: Document) -> tuple[Any, ...]:
    return part["session_id"], part["multiplai_id"]


COLLECTIONS = (
    CollectionPlan("sessions", indexes={"day": _by_day, "series": _by_series}, schema="Session"),
    CollectionPlan("series", indexes={"to_be_continued": _to_be_continued}),
    CollectionPlan("participations", indexes={"session": _by_participant}),
)
