"""What there is at the start: sessions and series of the fixture, generated ones, and who takes part in them.

All are written as waiting, before they begin: the world's clock has completed those that are over.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any

from mock_server.apis.deepworkzone.model import (
    DEFAULTS,
    SHOWN,
    completion,
    ending,
    minutes,
    new_participation,
    occurrence,
)
from mock_server.apis.deepworkzone.recurrence import Series, start_of
from mock_server.clock import rfc3339
from mock_server.seeding import Seed
from mock_server.store import Document

Record = tuple[str, str, Document]
Fields = dict[str, Any]


def generate(seed: Seed) -> Iterator[Record]:
    """Sessions in the order of creation, each with who takes part in it; then the series."""
    series = [_series(seed, number, planned) for number, planned in enumerate(seed.fixture["series"], 1)]
    sessions = [_written(picked) for picked in seed.fixture["sessions"]]
    sessions += [session for one in series for session in _occurrences(seed, one)]
    sessions += sorted(_singles(seed), key=lambda session: (session["created_at"], session["name"]))
    participants = count(1)
    for number, session in enumerate(sessions, 1):
        kept = {name: session[name] for name in SHOWN if name != "id"}
        yield "sessions", str(number), {**kept, "id": number}
        for user in _users(seed, number, session):
            participant = next(participants)
            part = _participation(seed, participant, user, {**session, "id": number})
            yield "participations", str(participant), part
    for one in series:
        yield "series", str(one["id"]), one


def _written(fields: Mapping[str, Any]) -> Fields:
    return {**DEFAULTS, "series_id": None, "updated_at": fields["created_at"], **fields}


def _series(seed: Seed, number: int, planned: Mapping[str, Any]) -> Fields:
    start, end = (_day(seed, planned.get(name)) for name in ("starts_in", "ends_in"))
    recurrence = {"is_recurring": 1, "recurring_start": start, "recurring_ends": end, "schedule": start}
    fields = {name: value for name, value in planned.items() if name not in ("starts_in", "ends_in")}
    template = _written({**fields, **recurrence, "created_at": f"{start}T00:00:00Z"})
    known_until = Series.of(template, start_of(template)).horizon(seed.epoch.date()).isoformat()
    return {"id": number, "template": template, "start": start, "known_until": known_until}


def _day(seed: Seed, days: int | None) -> str | None:
    return None if days is None else (seed.epoch + timedelta(days=days)).date().isoformat()


def _occurrences(seed: Seed, series: Fields) -> Iterator[Fields]:
    template = series["template"]
    for day in Series.of(template, start_of(template)).days(seed.epoch.date()):
        yield dict(occurrence(template, series["id"], day))


def _singles(seed: Seed) -> Iterator[Fields]:
    plan = seed.fixture["plan"]
    for key, organization in seed.organizations.items():
        if key not in plan["without"]:
            members = [seed.people[person]["id"] for person in organization["members"]]
            for ordinal in range(plan["count"]):
                path = ("deepworkzone.seed", organization["id"], ordinal)
                yield _single(seed, organization["id"], members, path)


def _single(seed: Seed, organization: int, members: list[int], path: tuple[str | int, ...]) -> Fields:
    draw, plan = seed.draw, seed.fixture["plan"]
    day = seed.epoch.date() + timedelta(days=draw.integer(-plan["days"], plan["days"], *path, "schedule"))
    at = draw.choice(plan["times"], *path, "time")
    begins = datetime.combine(day, time(), UTC) + timedelta(minutes=minutes(at))
    created = draw.before(min(begins, seed.epoch), timedelta(days=6), *path, "created_at")
    owner, *others = draw.sample(members, len(members), *path, "people")
    is_public = draw.chance(0.7, *path, "is_public")
    fields = {
        "org_id": organization,
        "name": draw.choice(plan["names"], *path, "name"),
        "type": draw.choice(("drop-in", "standard"), *path, "type"),
        "duration": draw.choice(plan["durations"], *path, "duration"),
        "schedule": day.isoformat(),
        "time": at,
        "is_public": is_public,
        "collaborator": [] if is_public else others[:1],
        "created_by": owner,
        "created_at": rfc3339(created - timedelta(seconds=1)),
        "joined": [owner, *others[: draw.integer(0, len(others), *path, "joined")]] if is_public else [owner],
    }
    return _written({**fields, **_focus(seed, path)})


def _focus(seed: Seed, path: tuple[str | int, ...]) -> Fields:
    """What is blocked and snoozed."""
    draw, plan = seed.draw, seed.fixture["plan"]
    fields: Fields = {}
    if draw.chance(0.5, *path, "blocker"):
        category = draw.sample(plan["categories"], 2, *path, "category")
        fields["website_blocker_enabled"] = True
        fields["website_blocker"] = {"mode": "preset", "category": category, "urls": []}
    if draw.chance(0.5, *path, "snooze"):
        fields["snooze_enabled"] = True
        fields["snooze_apps"] = dict.fromkeys(draw.sample(plan["apps"], 2, *path, "apps"), True)
    return fields


def _users(seed: Seed, number: int, session: Fields) -> list[int]:
    """Who takes part: whom the session names, of a series its owner, and of what is to come only some."""
    if "joined" not in session:
        return [session["created_by"]] if ending(session) <= rfc3339(seed.epoch) else []
    users: list[int] = session["joined"]
    over = ending(session) <= rfc3339(seed.epoch)
    return users if over or seed.draw.chance(0.3, "deepworkzone.seed", number, "early") else []


def _participation(seed: Seed, number: int, user: int, session: Document) -> Document:
    part = new_participation(number, session["id"], user, session["created_at"])
    if ending(session) <= rfc3339(seed.epoch):
        return completion(seed.draw, part, ending(session))
    return part
