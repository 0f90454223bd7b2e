"""Tests of `mock_server.apis.deepworkzone.service`: filters, who may see and change what, participation."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mock_server.apis.deepworkzone.errors import (
    NotAMember,
    NotJoined,
    NotTheOwner,
    SessionNotFound,
    SessionOver,
)
from mock_server.world import World
from tests.mock_server.apis.deepworkzone.worlds import EXAMPLE, body, days, seeded, seen_by
from tests.mock_server.worlds import EPOCH

ONE = {"schedule": "2026-04-01", "type": "drop-in", "name": "Juggling one"}
TWO = {"schedule": "2026-04-02", "type": "standard", "name": "Juggling two", "is_public": False}


def _id(world: World, persona: str = "owner", **fields: Any) -> int:
    return int(seen_by(persona, world).create(body(**fields))["id"])


def _names(world: World, persona: str = "owner", **filters: Any) -> list[str]:
    return [session["name"] for session in seen_by(persona, world).find(keyword="juggling ", **filters)]


def test_the_documents_example_is_kept_as_sent() -> None:
    """Every field of it comes back, and nothing is moved by what is past."""
    created = seen_by("owner", seeded()).create(EXAMPLE)

    assert {name: created[name] for name in EXAMPLE} == EXAMPLE
    assert (created["created_by"], created["series_id"]) == (102, None)


def test_recurrence_means_nothing_while_it_is_off() -> None:
    """With `is_recurring` 0 there is one session, whatever the other fields say."""
    world = seeded()
    _id(world, is_recurring=0, occurrence="daily", recurring_ends="2026-03-20")

    assert days(seen_by("owner", world)) == ["2026-03-02"]


def test_the_owner_is_whoever_calls() -> None:
    """What a body says of owner, id and times is passed over."""
    made_up = {"created_by": 999, "id": 1, "created_at": "2001-01-01T00:00:00Z"}
    created = seen_by("member", seeded()).create(body(**made_up))

    assert created["created_by"] == 103
    assert not {created[name] for name in made_up} & set(made_up.values())


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Juggling one", "Juggling two"]),
        ({"channel": "public"}, ["Juggling one"]),
        ({"channel": "private"}, ["Juggling two"]),
        ({"type_": "drop-in"}, ["Juggling one"]),
        ({"date": "2026-04-02"}, ["Juggling two"]),
        ({"completed": 0}, ["Juggling one", "Juggling two"]),
        ({"completed": 1}, []),
        ({"day_start": "2026-04-02"}, ["Juggling two"]),
        ({"day_ends": "2026-04-01"}, ["Juggling one"]),
        ({"day_start": "2026-04-01", "day_ends": "2026-04-02"}, ["Juggling one", "Juggling two"]),
        ({"day_start": "2026-04-02", "day_ends": "2026-04-01"}, []),
        ({"date": "2026-04-01", "day_start": "2026-04-02"}, []),
        ({"source": "user", "org_id": 1, "type_": "standard", "date": "2026-04-02"}, ["Juggling two"]),
    ],
)
def test_filters(filters: dict[str, Any], expected: list[str]) -> None:
    """Each filter narrows by itself and together with others; ranges include both ends."""
    world = seeded()
    for fields in (ONE, TWO):
        _id(world, **fields)

    assert _names(world, **filters) == expected


def test_the_keyword_is_found_anywhere_in_the_name() -> None:
    """In small or capital letters, also such as are no ASCII."""
    world = seeded()
    _id(world, name="Fokus STRASSE am Morgen")

    assert days(seen_by("owner", world), "straße") == ["2026-03-02"]


def test_lists_go_by_day_then_time_then_age() -> None:
    """The morning comes before noon, whichever way the times are written."""
    world = seeded()
    for at in ("1:00 PM", "12:30 AM", "13:00", "9:00 AM"):
        _id(world, name=f"Juggling {at}", time=at)

    assert _names(world) == ["Juggling 12:30 AM", "Juggling 9:00 AM", "Juggling 1:00 PM", "Juggling 13:00"]


def test_a_session_of_mine_is_mine_alone_with_source_user() -> None:
    """`user` leaves the caller's own sessions, `organization` those of colleagues too."""
    world = seeded()
    _id(world, "owner", name="Juggling mine")
    _id(world, "member", name="Juggling hers")

    assert _names(world, source="user") == ["Juggling mine"]
    assert _names(world, source="organization") == ["Juggling mine", "Juggling hers"]


@pytest.mark.parametrize(
    ("fields", "seers"),
    [
        ({}, ["owner", "member", "dual"]),
        ({"is_public": False}, ["owner"]),
        ({"is_public": False, "collaborator": [103, "somebody"]}, ["owner", "member"]),
        ({"is_public": False, "collaborator": [104]}, ["owner"]),
    ],
)
def test_who_sees_a_session(fields: dict[str, Any], seers: list[str]) -> None:
    """The organisation sees what is public; what is private its owner sees and whom the owner works with."""
    world = seeded()
    session_id = _id(world, name="Juggling secret", **fields)
    seen = list[str]()
    for persona in ("owner", "member", "dual", "outsider"):
        listed = bool(_names(world, persona))
        try:
            seen_by(persona, world).get(session_id)
        except SessionNotFound:
            assert not listed
        else:
            seen += [persona] if listed else []
    assert seen == seers


def test_organisations_are_kept_apart() -> None:
    """Without a choice it is the caller's first one, and others cannot be chosen."""
    world = seeded()
    for organization in (1, 2):
        _id(world, "dual", org_id=organization, name=f"Juggling {organization}")

    assert _names(world, "dual") == _names(world, "dual", org_id=1) == ["Juggling 1"]
    assert _names(world, "dual", org_id=2) == ["Juggling 2"]
    with pytest.raises(NotAMember):
        list(seen_by("owner", world).find(org_id=2))
    with pytest.raises(NotAMember):
        _id(world, "owner", org_id=2)


def test_a_change_leaves_what_it_does_not_name() -> None:
    """Identity, ownership and creation stay whatever is sent."""
    world = seeded()
    owner = seen_by("owner", world)
    before = owner.get(_id(world))
    after = owner.replace(before["id"], {"name": "Writing", "created_by": 103, "id": 7})

    assert after == {**before, "name": "Writing"}
    assert owner.get(before["id"]) == after


@pytest.mark.parametrize(("persona", "condition"), [("member", NotTheOwner), ("outsider", SessionNotFound)])
def test_only_the_owner_changes_and_deletes(persona: str, condition: type[Exception]) -> None:
    """Colleagues see that they may not; outsiders see nothing."""
    world = seeded()
    session_id = _id(world)
    with pytest.raises(condition):
        seen_by(persona, world).replace(session_id, {"name": "Mine now"})
    with pytest.raises(condition):
        seen_by(persona, world).delete(session_id, whole_series=True)


def test_joining_is_everybodys_own() -> None:
    """The caller's part is in the details, nobody else's; joining again changes nothing."""
    world = seeded()
    session_id = _id(world)
    member, owner = seen_by("member", world), seen_by("owner", world)
    part = member.details(member.join(session_id))["participation"]

    assert (part["multiplai_id"], part["status"], part["actual_score"]) == (103, "joined", None)
    assert member.details(member.join(session_id))["participation"] == part
    assert owner.details(owner.get(session_id))["participation"] is None


def test_completing_scores_the_callers_part() -> None:
    """A colleague's completion ends nothing but the colleague's part."""
    world = seeded()
    session_id = _id(world)
    member = seen_by("member", world)
    member.join(session_id)
    completed = member.details(member.complete(session_id))

    assert completed["status"] == "waiting"
    assert completed["participation"]["status"] == "completed"
    assert (
        0 < completed["participation"]["actual_score"] <= completed["participation"]["presence_score"] <= 100
    )
    assert member.details(member.complete(session_id)) == completed


def test_the_owner_completes_the_session() -> None:
    """It is done for all, and nobody joins it any more."""
    world = seeded()
    session_id = _id(world, name="Juggling done")
    owner = seen_by("owner", world)
    owner.join(session_id)
    owner.complete(session_id)

    assert _names(world, "member", completed=1) == ["Juggling done"]
    with pytest.raises(SessionOver):
        seen_by("member", world).join(session_id)


def test_nobody_completes_without_joining() -> None:
    """There is no part to complete."""
    world = seeded()
    with pytest.raises(NotJoined):
        seen_by("owner", world).complete(_id(world))


@pytest.mark.parametrize(
    ("at", "sent", "status"),
    [
        ("2026-03-02T08:59:59+00:00", "waiting", "waiting"),
        ("2026-03-02T09:00:00+00:00", "waiting", "active"),
        ("2026-03-02T10:00:00+00:00", "waiting", "completed"),
        ("2026-03-02T09:30:00+00:00", "completed", "completed"),
        ("2026-03-02T10:00:00+00:00", "active", "completed"),
    ],
)
def test_the_clock_moves_the_status(at: str, sent: str, status: str) -> None:
    """A session begins and ends on time, and what is over does not begin again."""
    world = seeded()
    session_id = _id(world, name="Juggling now", status=sent)
    world.clock.freeze(datetime.fromisoformat(at))

    assert seen_by("owner", world).get(session_id)["status"] == status
    assert _names(world, completed=int(status == "completed")) == ["Juggling now"]


def test_the_clock_leaves_what_was_written_later() -> None:
    """A status sent after the end stays, until the next beginning or end passes."""
    world = seeded()
    session_id = _id(world)
    world.clock.freeze(EPOCH + timedelta(days=5))
    owner = seen_by("owner", world)
    owner.replace(session_id, {"status": "waiting"})
    world.clock.advance(timedelta(days=1))

    assert seen_by("owner", world).get(session_id)["status"] == "waiting"
