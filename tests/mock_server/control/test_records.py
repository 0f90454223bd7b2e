"""Tests of `mock_server.control.records` over HTTP, with the sessions of Mobile Next."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from mock_server import apis
from tests import servers
from tests.mock_server.worlds import EPOCH

NAMES = count(1)
HELD = "6f1c1c1e-7b1e-4a54-9a3b-0d2f6c1b2a10"
NEW = "0e4dbd0c-63b7-4a52-8c0f-7b3f6f2a9d11"
SESSION: dict[str, Any] = {
    "id": NEW,
    "organization": "1",
    "user": "5b0c6a3e-2f0d-4c8e-9a51-0d6f4f1c7a02",
    "device": {
        "id": "emulator-1",
        "platform": "android",
        "type": "emulator",
        "name": "Pixel",
        "osVersion": "14",
    },
    "createdAt": "2026-02-01T00:00:00.000000Z",
    "releasedAt": None,
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a server of Mobile Next."""
    with servers.mock(apis.load("mobilenext"), epoch=EPOCH) as url:
        yield url


@pytest.fixture
def sessions(server: str) -> Iterator[httpx.Client]:
    """A client whose paths are keys of sessions, in a namespace of its own."""
    url = f"{server}/~records-{next(NAMES)}/__admin/state/mobilenext/sessions/"
    with httpx.Client(base_url=url) as client:
        yield client


def test_a_record_is_put_in_read_and_taken_out(sessions: httpx.Client) -> None:
    """Putting a new record in is 201; what was taken out is gone."""
    created = sessions.put(NEW, json=SESSION)
    read = sessions.get(NEW)
    deleted = sessions.delete(NEW)

    assert (created.status_code, read.status_code, deleted.status_code) == (201, 200, 204)
    assert SESSION.items() <= created.json().items() == read.json().items()
    assert sessions.get(NEW).status_code == sessions.delete(NEW).status_code == 404


def test_members_that_are_left_out_stay(sessions: httpx.Client) -> None:
    """A change names only what changes."""
    before = sessions.get(HELD).json()
    changed = sessions.put(HELD, json={"releasedAt": "2026-02-01T00:00:00.000000Z"})

    assert changed.status_code == 200
    assert changed.json() == {**before, "releasedAt": "2026-02-01T00:00:00.000000Z"}


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"createdAt": "yesterday"}, "/createdAt"),
        ({"releasedAt": 7}, "/releasedAt"),
        ({"device": {**SESSION["device"], "platform": "symbian"}}, "/device/platform"),
        ({"id": HELD}, "/id"),
        ({"colour": "red"}, ""),
    ],
)
def test_a_record_has_to_keep_the_contract(
    sessions: httpx.Client, changes: dict[str, Any], pointer: str
) -> None:
    """What the API could not show is refused, with a pointer to the culprit, and not kept."""
    reply = sessions.put(NEW, json={**SESSION, **changes})
    errors = reply.json().get("errors", [{"pointer": ""}])

    assert (reply.status_code, errors[0]["pointer"]) == (400, pointer)
    assert sessions.get(NEW).status_code == 404


def test_a_new_record_has_to_be_complete(sessions: httpx.Client) -> None:
    """Nothing can stay as it was where nothing is."""
    reply = sessions.put(NEW, json={"id": NEW})

    assert reply.status_code == 400
    assert "organization" in reply.json()["detail"]


def test_two_records_cannot_have_the_same_place(sessions: httpx.Client) -> None:
    """Sessions of one organization differ in their time, or a cursor would lose one."""
    taken = sessions.get(HELD).json()["createdAt"]
    refused = sessions.put(NEW, json={**SESSION, "createdAt": taken})
    elsewhere = sessions.put(NEW, json={**SESSION, "createdAt": taken, "organization": "3"})

    assert refused.status_code == 409
    assert HELD in refused.json()["detail"]
    assert elsewhere.status_code == 201


def test_worlds_do_not_share_records(server: str) -> None:
    """A record is put into the namespace of the request."""
    path = f"__admin/state/mobilenext/sessions/{NEW}"
    httpx.put(f"{server}/~records-here/{path}", json=SESSION).raise_for_status()

    assert httpx.get(f"{server}/~records-there/{path}").status_code == 404


@pytest.mark.parametrize("place", ["mobilenext/users", "nobody/sessions"])
def test_what_has_no_records_is_told(server: str, place: str) -> None:
    """The answer names what there is."""
    reply = httpx.get(f"{server}/__admin/state/{place}/1")

    assert reply.status_code == 404
    assert "mobilenext/sessions" in reply.json()["detail"]
