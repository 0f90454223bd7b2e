"""Tests of what Deep Work Zone's world is seeded with."""

from collections import Counter

import pytest

import fixtures
from mock_server.apis.deepworkzone.seed import generate
from mock_server.seeding import Seed
from tests.mock_server.apis.deepworkzone.worlds import API, EXAMPLE, PERSONAS, seeded, seen_by
from tests.mock_server.worlds import baseline, documents


def test_the_documents_example_is_session_1() -> None:
    """As the document has it, still waiting."""
    session = seen_by("owner", seeded()).get(1)

    assert {name: session[name] for name in EXAMPLE} == EXAMPLE


@pytest.mark.parametrize("persona", ["owner", "member", "dual", "outsider"])
def test_everybody_finds_sessions_done_and_to_come(persona: str) -> None:
    """Some are over and some are not, and own ones are among them."""
    sessions = seen_by(persona, seeded())
    statuses = Counter(session["status"] for session in sessions.find())

    assert statuses["completed"] > 3
    assert statuses["waiting"] > 3
    assert list(sessions.find(source="user"))


def test_the_spare_one_has_nothing() -> None:
    """An account for limits that need room."""
    assert not list(seen_by("spare", seeded()).find())


@pytest.mark.parametrize("seed", [1, 42, 999])
def test_the_same_seed_gives_the_same_sessions(seed: int) -> None:
    """And another seed gives others."""
    once, again, other = (
        documents(baseline([API], each), "deepworkzone", "sessions", "day") for each in (seed, seed, seed + 1)
    )

    assert once == again != other


def test_people_belong_to_their_organisations() -> None:
    """Owners, collaborators and participants are members; personas are as in the common world."""
    world, shared = seeded(), fixtures.world()
    members = {
        each["id"]: {shared["people"][key]["id"] for key in each["members"]}
        for each in shared["organizations"].values()
    }
    organization = {}
    for session in documents(world, "deepworkzone", "sessions", "day"):
        organization[session["id"]] = session["org_id"]
        assert {session["created_by"], *session["collaborator"]} <= members[session["org_id"]]  # type: ignore[misc]
    for part in documents(world, "deepworkzone", "participations", "session"):
        assert part["multiplai_id"] in members[organization[part["session_id"]]]
    for persona in PERSONAS.values():
        assert all(persona.user in members[each] for each in persona.organizations)


def test_who_took_part_has_completed() -> None:
    """What is over was completed with scores; what is to come was only joined."""
    world = seeded()
    status = {each["id"]: each["status"] for each in seen_by("dual", world).find()}
    parts = documents(world, "deepworkzone", "participations", "session")
    seen = [part for part in parts if part["session_id"] in status]

    assert {part["status"] for part in seen} == {"joined", "completed"}
    for part in seen:
        assert (part["status"] == "completed") == (status[part["session_id"]] == "completed")
        assert (part["presence_score"] is None) == (part["status"] == "joined")


def test_generating_is_pure() -> None:
    """The same records in the same order each time it is asked."""
    world = seeded()
    shared = fixtures.world()
    seed = Seed(world.draw, API.fixture, shared["people"], shared["organizations"], world.clock.now())

    assert list(generate(seed)) == list(generate(seed))
