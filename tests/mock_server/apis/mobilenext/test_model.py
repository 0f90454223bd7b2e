"""Tests of what Mobile Next's world is seeded with."""

import base64
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

import fixtures
from mock_server.world import World
from tests.mock_server.apis.mobilenext.worlds import API, PERSONAS, seeded, seen_by
from tests.mock_server.worlds import EPOCH

AGE = "organization and createdAt"


def _sessions(world: World) -> list[Mapping[str, Any]]:
    return list(world.collection("mobilenext", "sessions").find(AGE))


@pytest.mark.parametrize("seed", [1, 42])
def test_there_is_more_than_a_page_of_history(seed: int) -> None:
    """The owner's organization has more sessions than the longest page, some of them held."""
    sessions = seen_by("owner", seeded(seed))
    newest = sessions.page(500)

    assert newest.next_cursor is not None
    assert any(session["releasedAt"] is None for session in newest.sessions)


def test_sessions_differ_in_time() -> None:
    """No cursor can fall between two sessions of one instant."""
    times = [session["createdAt"] for session in _sessions(seeded())]

    assert len(times) == len(set(times))


def test_a_device_is_held_by_one_session_at_a_time() -> None:
    """It is released before somebody else gets it."""
    held = defaultdict(list)
    for session in sorted(_sessions(seeded()), key=lambda session: str(session["createdAt"])):
        held[session["device"]["id"]].append((session["createdAt"], session["releasedAt"]))
    for spans in held.values():
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_devices_make_sense() -> None:
    """Platform, type, name and version belong together, and an id means one device."""
    devices = {session["device"]["id"]: session["device"] for session in _sessions(seeded())}
    kinds = {(device["platform"], device["type"]) for device in devices.values()}
    apple = {each["platform"] for each in devices.values() if each["name"].startswith(("iPhone", "iPad"))}

    assert all(session["device"] == devices[session["device"]["id"]] for session in _sessions(seeded()))
    assert kinds == {("ios", "real"), ("ios", "simulator"), ("android", "real"), ("android", "emulator")}
    assert apple == {"ios"}


def test_users_belong_to_their_organization() -> None:
    """A session's user is a member of the session's organization."""
    shared = fixtures.world()
    members = {
        str(organization["id"]): {shared["people"][name]["uuid"] for name in organization["members"]}
        for organization in shared["organizations"].values()
    }

    assert all(session["user"] in members[session["organization"]] for session in _sessions(seeded()))


def test_the_same_seed_gives_the_same_sessions() -> None:
    """Another seed gives others."""
    assert _sessions(seeded(7)) == _sessions(seeded(7)) != _sessions(seeded(8))


def test_the_world_goes_on_without_anybody() -> None:
    """As the clock advances, sessions begin and held ones are released."""
    world = seeded()
    before = {session["id"]: session for session in seen_by("owner", world).page(100).sessions}
    world.clock.advance(timedelta(hours=12))
    after = {session["id"]: session for session in seen_by("owner", world).page(100).sessions}
    held = [id_ for id_, session in before.items() if session["releasedAt"] is None]

    assert after.keys() - before.keys()
    assert any(after[id_]["releasedAt"] for id_ in held if id_ in after)
    assert world.clock.now() == EPOCH + timedelta(hours=12)


@pytest.mark.parametrize("name", PERSONAS)
def test_personas_are_people_of_the_world(name: str) -> None:
    """User, organizations and the one used by default are those of fixtures/world.yaml."""
    shared, persona = fixtures.world(), PERSONAS[name]
    person = next(key for key, each in shared["people"].items() if each["uuid"] == persona.user)
    own = [str(each["id"]) for each in shared["organizations"].values() if person in each["members"]]

    assert list(persona.organizations) == own
    assert persona.facts["organization"] in own


def test_tokens_are_keys_or_name_their_user() -> None:
    """An API key begins with mob_; the token of a login is a JSON Web Token (RFC 7519) of its user."""
    for persona in API.personas:
        if not persona.token.startswith("mob_"):
            payload = persona.token.split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
            assert claims == {"sub": persona.user}
