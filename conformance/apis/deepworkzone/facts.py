"""What Deep Work Zone's shadow model knows of one session: what was asked of it, and by whom.

A field is expected as it was sent. Where a server that keeps the document might still store another value, or
the document does not say what becomes of the field, an assumed requirement is at stake instead.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conformance.apis.deepworkzone.client import EXAMPLE
from conformance.apis.deepworkzone.likeness import alike, minutes
from conformance.exchange import Exchange
from conformance.shadow import Json, is_plain

KEPT = {
    **dict.fromkeys(("name", "type", "duration", "schedule", "time", "is_public"), "DWZ-CREATE-02"),
    **dict.fromkeys(("website_blocker_enabled", "website_blocker"), "DWZ-CREATE-03"),
    **dict.fromkeys(("snooze_enabled", "snooze_apps"), "DWZ-CREATE-04"),
}
OFF = {
    "website_blocker_enabled": False,
    "website_blocker": None,
    "snooze_enabled": False,
    "snooze_apps": None,
}
# What a session is when a creation does not say, but for its organisation and its status, which moves on.
DEFAULTS = {name: value for name, value in {**EXAMPLE, **OFF}.items() if name not in ("org_id", "status")}
TYPES = ("drop-in", "standard")
CLAIMS = frozenset(("created_by", "owner", "owner_id", "user_id", "creator"))
DAY = re.compile(r"[1-9]\d{3}-\d\d-\d\d", re.ASCII)
LONGEST_NAME = 100  # every column for a name is as long
LONGEST_DURATION = 24 * 60
CATEGORIES = frozenset(("social-media", "gaming", "news"))  # those the requirements use, too


@dataclass(frozen=True, slots=True)
class Expected:
    """The value a field must show, and the requirement that says so."""

    value: Any
    requirement: str


@dataclass(slots=True)
class Known:
    """A session seen made: who made it, what is expected of it, and what was shown since the last write."""

    maker: str
    made: Exchange
    fields: dict[str, Expected]
    org_id: Any = None
    single: bool = True
    claimed: bool = False
    updated: bool = False
    writes: list[Exchange] = field(default_factory=list)
    refused: tuple[str, Exchange] | None = None
    replied: Json | None = None
    shown: Json | None = None
    created_at: Any = None
    state: str = "nothing"
    asked_status: Any = None
    last: str = "create_session"
    series: int | None = None
    closed: bool = False
    parts: dict[str, Json] = field(default_factory=dict)
    gone: bool = False
    missed: bool = False

    def value(self, name: str) -> Any:
        """Return the expected value of a field, None where none is expected."""
        expected = self.fields.get(name)
        return None if expected is None else expected.value

    @property
    def evidence(self) -> tuple[Exchange, ...]:
        """The exchanges that made the session what it should be."""
        return (self.made, *self.writes)


def created(body: Json) -> dict[str, Expected]:
    """Return what is expected of a session just created."""
    fields = {name: Expected(value, "DWZ-CREATE-10") for name, value in DEFAULTS.items()}
    for name in DEFAULTS.keys() & body.keys():
        requirement = KEPT.get(name, "DWZ-CREATE-07")
        fields[name] = Expected(body[name], requirement if is_sure(name, body[name]) else "DWZ-CREATE-07")
    return without_day(fields) if recurs(body) else fields


def updated(before: Mapping[str, Expected], body: Json, *, single: bool) -> dict[str, Expected]:
    """Return what is expected of a session after an update that was carried out."""
    fields = {name: Expected(each.value, "DWZ-UPDATE-06") for name, each in before.items()}
    for name in DEFAULTS.keys() & body.keys():
        requirement = "DWZ-UPDATE-01" if is_sure(name, body[name]) else "DWZ-UPDATE-06"
        fields[name] = Expected(body[name], requirement)
    return without_day(fields) if recurs(body) or not single else fields


def without_day(fields: dict[str, Expected]) -> dict[str, Expected]:
    """Return the fields without the day, which a recurrence may move."""
    return {name: each for name, each in fields.items() if name != "schedule"}


def differing(fields: Mapping[str, Expected], shown: Json) -> Iterator[tuple[str, Expected]]:
    """Go through the fields that are shown and are not as expected."""
    for name, each in fields.items():
        if name in shown and not alike(each.value, shown[name]):
            yield name, each


def recurs(body: Json) -> bool:
    """Say whether a body asks for a series."""
    return body.get("is_recurring") not in (None, 0, "0", "", False)


def is_sure(name: str, value: Any) -> bool:
    """Say whether every server that keeps the document keeps this value as it is."""
    return name in USUAL and USUAL[name](value)


def is_flag(value: Any) -> bool:
    """Say whether this is a flag."""
    return isinstance(value, bool)


def is_usual_name(value: Any) -> bool:
    """Say whether this is a name that every store keeps."""
    return isinstance(value, str) and is_plain(value) and 0 < len(value) <= LONGEST_NAME


def is_usual_duration(value: Any) -> bool:
    """Say whether this is a number of minutes that a day has."""
    return type(value) is int and 0 < value <= LONGEST_DURATION


def is_usual_blocker(value: Any) -> bool:
    """Say whether this is a blocker as the document shows it, with nothing a server might not know."""
    if (
        not isinstance(value, dict)
        or value.keys() != {"mode", "category", "urls"}
        or value["mode"] != "preset"
    ):
        return False
    return isinstance(value["category"], list) and set(map(str, value["category"])) <= CATEGORIES


def day_of(value: Any) -> date | None:
    """Return the day that a text names, alone or before a time, None where it names none."""
    match = DAY.match(value) if isinstance(value, str) else None
    if match is None or value[match.end() : match.end() + 1] not in ("", "T"):
        return None
    try:
        return date.fromisoformat(match[0])
    except ValueError:
        return None


def flag_of(value: Any) -> bool | None:
    """Return a flag in whatever form it comes, None for what is none."""
    return {"true": True, "1": True, "false": False, "0": False}.get(str(value).lower())


USUAL: Mapping[str, Callable[[Any], bool]] = {
    "name": is_usual_name,
    "type": lambda value: value in TYPES,
    "duration": is_usual_duration,
    "schedule": lambda value: day_of(value) is not None,
    "time": lambda value: isinstance(value, str) and minutes(value) is not None,
    "is_public": is_flag,
    "website_blocker_enabled": is_flag,
    "website_blocker": is_usual_blocker,
    "snooze_enabled": is_flag,
    "snooze_apps": lambda value: isinstance(value, dict) and value.keys() <= {"slack", "teams"},
}
