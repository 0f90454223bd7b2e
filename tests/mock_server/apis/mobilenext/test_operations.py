"""Tests of Mobile Next over HTTP: replies, refusals and what control does to its world."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from tests import servers
from tests.mock_server.apis.mobilenext.worlds import API, DEVICE, PERSONAS
from tests.mock_server.worlds import EPOCH

NAMES = count(1)
HELD = "6f1c1c1e-7b1e-4a54-9a3b-0d2f6c1b2a10"
ADDED = "0e4dbd0c-63b7-4a52-8c0f-7b3f6f2a9d11"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a server of Mobile Next."""
    with servers.mock(API, epoch=EPOCH) as url:
        yield url


@pytest.fixture
def mobilenext(server: str) -> Iterator[httpx.Client]:
    """The owner's client, in a namespace of its own whose clock stands at the epoch."""
    headers = _authorized("owner")
    with httpx.Client(base_url=f"{server}/~mobilenext-{next(NAMES)}", headers=headers) as client:
        client.put("/__admin/clock", json={"mode": "frozen", "now": EPOCH.isoformat()}).raise_for_status()
        yield client


def _authorized(persona: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {PERSONAS[persona].token}"}


def _error(reply: httpx.Response) -> tuple[int, str]:
    assert reply.json()["error"]["message"]
    return reply.status_code, reply.json()["error"]["code"]


def test_a_page_is_100_sessions(mobilenext: httpx.Client) -> None:
    """Without a limit; the reply says that it is a list, and where the next page begins."""
    page = mobilenext.get("/api/v1/sessions").json()

    assert list(page) == ["object", "data", "nextCursor"]
    assert (page["object"], len(page["data"])) == ("list", 100)
    assert page["nextCursor"] == page["data"][-1]["createdAt"]


def test_the_last_page_has_no_cursor(mobilenext: httpx.Client) -> None:
    """The key is absent, not null."""
    reply = mobilenext.get("/api/v1/sessions", params={"before": "2026-01-02T00:00:00Z"})

    assert [session["id"] for session in reply.json()["data"]] == [HELD]
    assert "nextCursor" not in reply.json()


def test_a_session_is_shown_bare(mobilenext: httpx.Client) -> None:
    """Without an envelope, and as the list shows it."""
    listed = mobilenext.get("/api/v1/sessions").json()["data"][3]
    reply = mobilenext.get(f"/api/v1/sessions/{listed['id']}")

    assert (reply.status_code, reply.json()) == (200, listed)


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=501", "limit=-1", "limit=ten", "limit=", "before=now", "before=", "limit=1&limit=2"],
)
def test_wrong_parameters_are_refused(mobilenext: httpx.Client, query: str) -> None:
    """The message names the parameter."""
    reply = mobilenext.get(f"/api/v1/sessions?{query}")

    assert _error(reply) == (400, "invalid_request")
    assert query.partition("=")[0] in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer mob_unknown", "Basic b3duZXI6", PERSONAS["owner"].token],
)
@pytest.mark.parametrize("path", ["/sessions", f"/sessions/{HELD}"])
def test_credentials_are_needed(server: str, path: str, authorization: str | None) -> None:
    """The challenge says how they are sent."""
    headers = {} if authorization is None else {"Authorization": authorization}
    reply = httpx.get(f"{server}/api/v1{path}", headers=headers)

    assert _error(reply) == (401, "unauthorized")
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_expired_token_is_refused(mobilenext: httpx.Client) -> None:
    """As an unknown one is."""
    assert _error(mobilenext.get("/api/v1/sessions", headers=_authorized("expired"))) == (401, "unauthorized")


@pytest.mark.parametrize("path", ["/sessions", f"/sessions/{HELD}"])
def test_an_organization_of_others_is_refused(mobilenext: httpx.Client, path: str) -> None:
    """For list and get alike; an empty header selects nothing."""
    refused = mobilenext.get(f"/api/v1{path}", headers={"X-Organization-Id": "3"})
    empty = mobilenext.get(f"/api/v1{path}", headers={"X-Organization-Id": ""})

    assert _error(refused) == (403, "forbidden")
    assert empty.status_code == 200


@pytest.mark.parametrize("id_", [ADDED, "abc", "6f1c1c1e7b1e4a549a3b0d2f6c1b2a10", "%00", "a" * 3000])
def test_an_unknown_session_is_not_found(mobilenext: httpx.Client, id_: str) -> None:
    """Neither is what is no UUID at all."""
    assert _error(mobilenext.get(f"/api/v1/sessions/{id_}")) == (404, "not_found")


@pytest.mark.parametrize("path", ["/sessions", f"/sessions/{HELD}"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_sessions_can_only_be_read(mobilenext: httpx.Client, method: str, path: str) -> None:
    """Nothing makes, changes or deletes one."""
    reply = mobilenext.request(method, f"/api/v1{path}")

    assert _error(reply) == (405, "method_not_allowed")
    assert "GET" in reply.headers["Allow"]


def test_control_adds_and_releases_a_session(mobilenext: httpx.Client) -> None:
    """What the API itself cannot do."""
    session: dict[str, Any] = {
        "id": ADDED,
        "organization": "1",
        "user": PERSONAS["member"].user,
        "device": DEVICE,
        "createdAt": "2026-03-01T00:00:00.000000Z",
        "releasedAt": None,
    }
    mobilenext.put(f"/__admin/state/mobilenext/sessions/{ADDED}", json=session).raise_for_status()
    newest = mobilenext.get("/api/v1/sessions?limit=1").json()["data"]
    released = {"releasedAt": "2026-03-01T00:00:00.000000Z"}
    mobilenext.put(f"/__admin/state/mobilenext/sessions/{ADDED}", json=released).raise_for_status()

    assert newest == [session]
    assert mobilenext.get(f"/api/v1/sessions/{ADDED}").json() == {**session, **released}


def test_held_sessions_are_released_as_the_clock_advances(mobilenext: httpx.Client) -> None:
    """Nobody has to do anything but wait."""
    page = mobilenext.get("/api/v1/sessions?limit=500").json()["data"]
    held = {session["id"] for session in page if session["releasedAt"] is None}
    mobilenext.post("/__admin/clock/advance", json={"seconds": 86400}).raise_for_status()
    later = [mobilenext.get(f"/api/v1/sessions/{id_}").json()["releasedAt"] for id_ in held]

    assert held
    assert all("2026-03-01T00" <= released < "2026-03-02" for released in later)


@pytest.mark.parametrize("limit", [97, 500])
def test_cursors_walk_through_everything(mobilenext: httpx.Client, limit: int) -> None:
    """Sent back as they are, over HTTP."""
    pages, cursor = list[list[str]](), dict[str, str]()
    while not pages or cursor:
        page = mobilenext.get("/api/v1/sessions", params={"limit": limit, **cursor}).json()
        pages.append([session["id"] for session in page["data"]])
        cursor = {"before": page["nextCursor"]} if "nextCursor" in page else {}
    ids = [id_ for page_ids in pages for id_ in page_ids]

    assert len(ids) == len(set(ids)) > 500
    assert {len(ids) for ids in pages[:-1]} == {limit}
