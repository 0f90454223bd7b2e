"""What a Mobile Next session is made of, and what sessions there are: a fleet of devices in use over weeks.

The API cannot make sessions, so the world lives by itself: whatever is to come is there from the start, and
shows when the clock has come to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypedDict

from mock_server.clock import rfc3339
from mock_server.seeding import Seed
from mock_server.store import CollectionPlan, Document
from mock_server.views import view

# Times are cursors, so all are written alike: as texts they compare as the instants do.
PRECISION = "microseconds"
AGE = "organization and createdAt"
SHOWN = ("id", "organization", "user", "device", "createdAt", "releasedAt")


class Device(TypedDict):
    """A device of the fleet."""

    id: str
    platform: str
    type: str
    name: str
    osVersion: str


class Fleet(TypedDict):
    """Devices that are used alike: for how many minutes free, for how many held, and by whom, in parts."""

    idle: list[tuple[int, int]]
    held: list[tuple[int, int]]
    organizations: dict[str, int]
    devices: list[Device]


class Session(TypedDict):
    """A session as it is kept. `createdAt` and `releasedAt` may lie in the future; None is held for ever."""

    id: str
    organization: str
    user: str
    device: Device
    createdAt: str
    releasedAt: str | None


def shown(session: Session, now: str) -> Document:
    """What the API shows of a session at the time `now`: it is not released before its time has come."""
    released = session["releasedAt"]
    return _held(session) if released is None or released > now else _released(session)


@view
def _held(session: Session) -> Document:
    return {**_released(session), "releasedAt": None}


@view
def _released(session: Session) -> Document:
    return {name: session[name] for name in SHOWN}  # type: ignore[literal-required]


COLLECTIONS = (
    CollectionPlan(
        "sessions",
        indexes={AGE: lambda session: (session["organization"], session["createdAt"])},
        unique=(AGE,),
        schema="Session",
    ),
)


def generate(seed: Seed) -> Iterator[tuple[str, str, Document]]:
    """The hand-picked sessions of the fixture, then those of the fleet, oldest first."""
    for picked in seed.fixture["sessions"]:
        yield "sessions", picked["id"], picked
    fleets = seed.fixture["plan"]["fleets"]
    spans = [span for fleet in fleets for device in fleet["devices"] for span in _spans(seed, fleet, device)]
    latest = datetime.min.replace(tzinfo=UTC)
    for span in sorted(spans, key=lambda span: (span.begin, span.device["id"])):
        # A page ends between two instants: no two sessions may share one.
        latest = max(span.begin, latest + timedelta(microseconds=1))
        session = _session(seed, span, latest)
        yield "sessions", session["id"], session


@dataclass(frozen=True, slots=True)
class _Span:
    """The time for which a device is held once; `ordinal` counts how often it was before."""

    fleet: Fleet
    device: Device
    ordinal: int
    begin: datetime
    end: datetime


def _spans(seed: Seed, fleet: Fleet, device: Device) -> Iterator[_Span]:
    """How one device is held by one user after another."""
    plan = seed.fixture["plan"]
    free = seed.epoch - timedelta(days=plan["days_before"])
    for ordinal in count():
        path = ("mobilenext.seed", device["id"], ordinal)
        begin = free + _length(seed, fleet["idle"], *path, "idle")
        if begin >= seed.epoch + timedelta(days=plan["days_after"]):
            return
        free = begin + _length(seed, fleet["held"], *path, "held")
        yield _Span(fleet, device, ordinal, begin, free)


def _length(seed: Seed, kinds: Sequence[Sequence[int]], *path: str | int) -> timedelta:
    shortest, longest = (60_000_000 * minutes for minutes in seed.draw.choice(kinds, *path, "kind"))
    return timedelta(microseconds=seed.draw.integer(shortest, longest, *path))


def _session(seed: Seed, span: _Span, created: datetime) -> dict[str, Any]:
    """The session of a span: somebody of one of the organizations held the device."""
    path = ("mobilenext.seed", span.device["id"], span.ordinal)
    parts = span.fleet["organizations"]
    key = seed.draw.choice([key for key, part in parts.items() for _ in range(part)], *path, "organization")
    organization = seed.organizations[key]
    return {
        "id": seed.draw.uuid(*path, "id"),
        "organization": str(organization["id"]),
        "user": seed.people[seed.draw.choice(organization["members"], *path, "user")]["uuid"],
        "device": span.device,
        "createdAt": rfc3339(created, PRECISION),
        "releasedAt": rfc3339(span.end, PRECISION),
    }
