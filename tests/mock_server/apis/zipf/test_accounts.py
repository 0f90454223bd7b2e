"""Who calls: tokens, pace, errors that have nothing to do with a session."""

import pytest

import fixtures
from mock_server.auth import personas
from tests.mock_server.apis.zipf.callers import Callers, refusal


def test_a_token_is_needed(zipf: Callers) -> None:
    """Without one, with an unknown one and with an expired one the answer is 401."""
    assert refusal(zipf.send("GET", "/sessions", by=None)) == (401, "Not authenticated")
    assert refusal(zipf.send("GET", "/sessions", by="expired")) == (401, "Not authenticated")
    unknown = zipf.client.get("/api/v1/sessions", headers={"Authorization": "Bearer wvr_nobody"})
    assert refusal(unknown) == (401, "Not authenticated")


def test_the_pace_is_limited_by_the_hour(zipf: Callers) -> None:
    """The fourth request in an hour answers 429 and says how long to wait; then it goes on."""
    zipf.freeze("2026-03-01T12:40:00Z")
    statuses = [zipf.send("GET", "/sessions", by="throttled").status_code for _ in range(3)]
    refused = zipf.send("GET", "/sessions", by="throttled")

    assert statuses == [200, 200, 200]
    assert refusal(refused) == (429, "Rate limit exceeded")
    zipf.advance(seconds=int(refused.headers["retry-after"]))
    assert zipf.send("GET", "/sessions", by="throttled").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("GET", "/sessions/not-a-uuid", 404), ("PUT", "/sessions", 405)],
)
def test_every_error_has_the_envelope(zipf: Callers, method: str, path: str, status: int) -> None:
    """Unknown paths, ids and methods are refused in the vendor's words."""
    assert refusal(zipf.send(method, path))[0] == status


def test_personas_are_people_of_the_world() -> None:
    """User and organisations of every persona are those of the world that all APIs share."""
    world = fixtures.world()
    memberships = {
        person["uuid"]: tuple(
            each["key"] for each in world["organizations"].values() if name in each["members"]
        )
        for name, person in world["people"].items()
    }

    for persona in personas(fixtures.load("zipf")):
        assert set(persona.organizations) == set(memberships[persona.user])


def test_there_is_something_at_the_start(zipf: Callers) -> None:
    """The owner has sessions of every status, and teammates have shared some."""
    zipf.freeze("2026-03-01T00:00:00Z")
    listed = zipf.get("/sessions?limit=100&include_shared=true")

    assert {each["status"] for each in listed["sessions"]} == {"active", "completed", "archived"}
    assert listed["shared_sessions"]
