"""Tests of Deep Work Zone over HTTP: envelopes, refusals, and who is who."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from tests import servers
from tests.mock_server.apis.deepworkzone.worlds import API, EXAMPLE, PERSONAS, body
from tests.mock_server.worlds import EPOCH

NAMES = count(1)
SESSIONS = "/api/v1/sessions"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a server of Deep Work Zone."""
    with servers.mock(API, epoch=EPOCH) as url:
        yield url


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    """The owner's client, in a namespace of its own whose clock stands at the epoch."""
    headers = {"Authorization": f"Bearer {PERSONAS['owner'].token}"}
    with httpx.Client(base_url=f"{server}/~deepworkzone-{next(NAMES)}", headers=headers) as client:
        client.put("/__admin/clock", json={"mode": "frozen", "now": EPOCH.isoformat()}).raise_for_status()
        yield client


def _created(client: httpx.Client, **fields: Any) -> dict[str, Any]:
    reply = client.post(SESSIONS, json=body(**fields))
    session: dict[str, Any] = reply.json()["data"]
    return session


def test_the_documents_example(client: httpx.Client) -> None:
    """It is created, read and listed as it was sent."""
    reply = client.post(SESSIONS, json=EXAMPLE)
    created = reply.json()["data"]

    assert reply.status_code == 201
    assert {name: created[name] for name in EXAMPLE} == EXAMPLE
    assert client.get(f"{SESSIONS}/{created['id']}").json() == {"data": created}


def test_lists_leave_the_participation_out(client: httpx.Client) -> None:
    """It is only in the reply for one session."""
    created = _created(client, name="Unheard of")
    listed = client.get(SESSIONS, params={"keyword": "Unheard of"}).json()

    assert listed == {"data": [{name: created[name] for name in created if name != "participation"}]}


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer mpa_nobody", "Bearer mpa_expired", "Basic mpa_ben"])
def test_without_a_valid_token_nobody_is_let_in(client: httpx.Client, token: str) -> None:
    """The body is the one of the vendor's page on authentication, whatever is wrong."""
    reply = client.get(SESSIONS, headers={"Authorization": token})

    assert (reply.status_code, reply.json()) == (401, {"message": "Unauthenticated."})
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"type": "sprint"}, "type"),
        ({"duration": "60"}, "duration"),
        ({"duration": 0}, "duration"),
        ({"schedule": "01/02/2025"}, "schedule"),
        ({"schedule": "2025-02-30"}, "schedule"),
        ({"time": "25:00"}, "time"),
        ({"time": "13:00 PM"}, "time"),
        ({"status": "asleep"}, "status"),
        ({"is_recurring": True}, "is_recurring"),
        ({"snooze_apps": {"slack": "yes"}}, "snooze_apps"),
        ({"recurring_days": [8]}, "recurring_days"),
        ({"is_recurring": 1, "recurring_ends": "2020-01-01"}, "recurring_ends"),
    ],
)
def test_what_is_wrong_is_named(client: httpx.Client, fields: dict[str, Any], field: str) -> None:
    """A bad value is refused with 422 under its field, on creation as on change."""
    session = _created(client)
    for reply in (
        client.post(SESSIONS, json=body(**fields)),
        client.put(f"{SESSIONS}/{session['id']}", json=fields),
    ):
        assert reply.status_code == 422
        assert list(reply.json()["errors"]) == [field]
        assert reply.json()["errors"][field] == [reply.json()["message"]]


def test_what_is_missing_is_named(client: httpx.Client) -> None:
    """In the words of the framework whose forms these are."""
    reply = client.post(SESSIONS, json={})

    assert reply.json()["errors"] == {"name": ["The name field is required."]}


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("POST", SESSIONS, {"content": b"{"}, 400),
        ("POST", SESSIONS, {"content": b"\xff"}, 400),
        ("POST", SESSIONS, {}, 422),
        ("POST", SESSIONS, {"json": []}, 422),
        ("POST", SESSIONS, {"content": b"a=b", "headers": {"Content-Type": "text/plain"}}, 415),
        ("GET", f"{SESSIONS}?completed=2", {}, 422),
        ("GET", f"{SESSIONS}?date=31-12-2025", {}, 422),
        ("GET", f"{SESSIONS}?org_id=3", {}, 403),
        ("GET", f"{SESSIONS}/abc", {}, 404),
        ("GET", f"{SESSIONS}/999999", {}, 404),
        ("PUT", f"{SESSIONS}/999999", {"json": {}}, 404),
        ("DELETE", f"{SESSIONS}/1?scope=all", {}, 422),
        ("PATCH", f"{SESSIONS}/1", {}, 405),
        ("GET", "/api/v1/nothing", {}, 404),
        ("POST", f"{SESSIONS}/1/complete", {}, 409),
    ],
)
def test_refusals(client: httpx.Client, method: str, path: str, sent: dict[str, Any], status: int) -> None:
    """Every refusal is a message in the vendor's envelope."""
    reply = client.request(method, path, **sent)

    assert reply.status_code == status
    assert reply.json()["message"]
    assert ("errors" in reply.json()) == (status == 422)


def test_deleting(client: httpx.Client) -> None:
    """There is nothing in the reply, and nothing to delete a second time."""
    session = _created(client)
    path = f"{SESSIONS}/{session['id']}"

    assert (client.delete(path).status_code, client.delete(path).status_code) == (204, 404)


def test_an_occurrence_or_the_series(client: httpx.Client) -> None:
    """The query says which; without it, it is the occurrence."""
    first = _created(client, name="Unheard of", is_recurring=1, recurring_ends="2026-03-08")["id"]
    left = list[int]()
    for query in ("", "?scope=occurrence", "?scope=series"):
        client.delete(f"{SESSIONS}/{first + len(left)}{query}").raise_for_status()
        left.append(len(client.get(f"{SESSIONS}?keyword=unheard").json()["data"]))

    assert left == [6, 5, 0]


def test_join_and_complete(client: httpx.Client) -> None:
    """Both answer with the session and the caller's part in it."""
    path = f"{SESSIONS}/{_created(client)['id']}"
    joined, completed = (client.post(f"{path}/{step}").json()["data"] for step in ("join", "complete"))

    assert (joined["status"], joined["participation"]["status"]) == ("waiting", "joined")
    assert (completed["status"], completed["participation"]["status"]) == ("completed", "completed")
    assert client.get(path).json()["data"] == completed


def test_time_passes(client: httpx.Client) -> None:
    """Advancing the world's clock begins and ends a session."""
    path = f"{SESSIONS}/{_created(client)['id']}"
    statuses = []
    for seconds in (0, 33 * 3600, 3600):
        client.post("/__admin/clock/advance", json={"seconds": seconds}).raise_for_status()
        statuses.append(client.get(path).json()["data"]["status"])

    assert statuses == ["waiting", "active", "completed"]
