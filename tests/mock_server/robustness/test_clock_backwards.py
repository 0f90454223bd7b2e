"""A clock that goes backwards: records keep their numbers, nothing fails, and no window lasts for years."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from mock_server import apis
from tests import servers
from tests.mock_server.robustness.connections import SESSION, SESSIONS
from tests.mock_server.worlds import EPOCH

NOON, YEARS_AGO = "2030-06-01T12:00:00Z", "2020-06-01T12:00:00Z"


@contextmanager
def clocked(api: str) -> Iterator[httpx.Client]:
    """A client of a server of that API, where it is `NOON`, with the credentials of the owner."""
    loaded = apis.load(api)
    with servers.mock(loaded, epoch=EPOCH) as url, httpx.Client(base_url=url) as client:
        if loaded.personas:
            client.headers["Authorization"] = f"Bearer {loaded.personas[0].token}"
        set_clock(client, NOON)
        yield client


def set_clock(client: httpx.Client, now: str) -> None:
    """Moves the clock, which runs on from there as that of a machine does."""
    client.put("/__admin/clock", json={"mode": "offset", "now": now}).raise_for_status()


def create(client: httpx.Client) -> dict[str, Any]:
    """A new session of Viben."""
    made: dict[str, Any] = client.post(SESSIONS, json={"agent_id": "back"}).json()
    return made


@pytest.mark.parametrize("name", apis.NAMES)
def test_records_of_the_future_are_served(name: str) -> None:
    """Whatever was there before the clock went back is read as before, and none of it breaks the contract."""
    api = apis.load(name)
    with clocked(name) as client:
        before = reads(client, api.specification["paths"], api.base_path)
        set_clock(client, YEARS_AGO)

        assert reads(client, api.specification["paths"], api.base_path) == before


def reads(client: httpx.Client, paths: dict[str, Any], base_path: str) -> dict[str, int]:
    """The status of each operation that reads without an id."""
    plain = [path for path in paths if "get" in paths[path] and "{" not in path]
    return {path: client.get(base_path + path).status_code for path in plain}


def test_what_was_created_since_is_older_and_has_a_number_of_its_own() -> None:
    """Lists go by time, as ever, and no id comes twice."""
    with clocked("viben") as client:
        later = create(client)
        set_clock(client, YEARS_AGO)
        earlier = create(client)
        listed = client.get(SESSIONS, params={"agent_id": "back"}).json()["sessions"]

    assert [each["id"] for each in listed] == [later["id"], earlier["id"]]
    assert later["id"] != earlier["id"]
    assert earlier["created_at"] < later["created_at"]


def test_a_record_of_the_future_is_changed() -> None:
    """Messages and updates find it, and its contract holds."""
    with clocked("viben") as client:
        id_ = create(client)["id"]
        set_clock(client, YEARS_AGO)
        changed = client.patch(f"{SESSIONS}/{id_}", json={"data": {"a": 1}})
        sent = client.post(f"{SESSIONS}/{id_}/message", json={"content": "go on"})

        assert (changed.status_code, sent.is_success) == (200, True)
        assert client.delete(f"{SESSIONS}/{id_}").status_code == 200


def test_a_quota_is_not_used_up_for_years() -> None:
    """A window that began in what is now the future is over."""
    with clocked("viben") as client:
        client.post("/__admin/quotas", json={"limit": 1, "seconds": 60}).raise_for_status()
        statuses = [client.get(SESSION).status_code for _ in range(2)]
        set_clock(client, YEARS_AGO)

        assert [*statuses, client.get(SESSION).status_code] == [200, 429, 200]


def test_what_was_written_stays_in_the_file(tmp_path: Path) -> None:
    """A restart finds what was created on both sides of the jump."""
    kept = ("viben", "--state", str(tmp_path / "state"))
    with servers.running(*kept) as server, httpx.Client(base_url=server.url) as client:
        made = [create(client)["id"]]
        set_clock(client, YEARS_AGO)
        made.append(create(client)["id"])

    with servers.running(*kept) as server, httpx.Client(base_url=server.url) as client:
        assert [client.get(f"{SESSIONS}/{id_}").status_code for id_ in made] == [200, 200]
        assert create(client)["id"] not in made
