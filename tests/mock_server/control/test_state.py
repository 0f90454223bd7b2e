"""Tests of `mock_server.control.state` over HTTP: export, import, snapshots."""

import copy
from typing import Any

import httpx
import pytest

SESSION = "/api/sessions/session-abc123"
RECORDS = "viben.sessions"


def state(viben: httpx.Client) -> dict[str, Any]:
    """The state of the client's world."""
    exported: dict[str, Any] = viben.get("/__admin/state").json()
    return exported


def sessions(viben: httpx.Client) -> Any:
    """What the API lists."""
    return viben.get("/api/sessions").json()["sessions"]


def test_a_state_comes_back_as_it_was(viben: httpx.Client) -> None:
    """Export, change, import: the world shows what it showed, and exports the same again."""
    viben.put("/__admin/clock", json={"mode": "frozen", "now": "2026-05-01T12:00:00Z"})
    viben.post("/api/sessions", json={"agent_id": "CODEX"})
    before, shown = state(viben), sessions(viben)
    viben.delete(SESSION)
    viben.post("/__admin/clock/advance", json={"seconds": 60})

    assert viben.put("/__admin/state", json=before).status_code == 200
    assert (state(viben), sessions(viben)) == (before, shown)


def test_a_state_can_go_to_another_world(viben: httpx.Client) -> None:
    """What was exported here can be imported under another name, seed and all."""
    viben.post("/__admin/namespaces", json={"name": viben.headers["X-Mock-Namespace"], "seed": 7})
    exported = state(viben)
    viben.post("/__admin/reset")
    viben.post("/__admin/namespaces", json={"name": viben.headers["X-Mock-Namespace"]})
    answer = viben.put("/__admin/state", json=exported)

    assert answer.json()["seed"] == 7
    assert state(viben) == exported


def test_ids_go_on_after_an_import(viben: httpx.Client) -> None:
    """Numbering is part of the state, so what is made next is what would have been made next."""
    exported = state(viben)
    first = viben.post("/api/sessions", json={"agent_id": "CODEX"}).json()["id"]
    viben.put("/__admin/state", json=exported)

    assert viben.post("/api/sessions", json={"agent_id": "CODEX"}).json()["id"] == first


def test_a_collection_that_is_left_out_is_empty(viben: httpx.Client) -> None:
    """The state is what the document says, and nothing besides."""
    viben.put("/__admin/state", json={**state(viben), "collections": {}})

    assert sessions(viben) == []


@pytest.mark.parametrize(
    ("members", "pointer", "told"),
    [
        ({"status": "sleeping"}, "/status", "session-abc123: status"),
        ({"message_count": "many"}, "/message_count", "message_count"),
        ({"id": "session-beefed"}, "/id", "has to be the key"),
        ({"created_at": 7}, "/created_at", "created_at"),
    ],
)
def test_a_record_that_breaks_the_contract_is_refused(
    viben: httpx.Client, members: dict[str, Any], pointer: str, told: str
) -> None:
    """The answer points at the culprit, and the world stays as it was."""
    before = state(viben)
    broken = copy.deepcopy(before)
    broken["collections"][RECORDS]["session-abc123"].update(members)
    answer = viben.put("/__admin/state", json=broken)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"/collections/{RECORDS}/session-abc123{pointer}"
    assert told in answer.json()["detail"]
    assert state(viben) == before


def test_a_record_without_a_place_is_refused(viben: httpx.Client) -> None:
    """A record that an index cannot take is named, also where the contract has no schema for it."""
    broken = state(viben)
    broken["collections"]["viben.messages"] = {"msg-1": {"content": "no session"}}
    answer = viben.put("/__admin/state", json=broken)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/collections/viben.messages/msg-1"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"collections": {"viben.nothing": {}}}, "there is no viben.nothing"),
        ({"format": 2}, "format"),
        ({"extra": 1}, "extra"),
        ({"seed": -1}, "seed"),
        ({"clock": {"mode": "frozen"}}, "does not hold together"),
        ({"clock": {"mode": "offset", "offset": 200000000000}}, "1970 to 2999"),
    ],
    ids=str,
)
def test_a_state_that_is_none_is_refused(viben: httpx.Client, change: dict[str, Any], told: str) -> None:
    """Unknown members and collections, another format and impossible clocks are each named."""
    answer = viben.put("/__admin/state", json={**state(viben), **change})

    assert answer.status_code == 400
    assert told in answer.json()["detail"]


def test_an_import_begins_a_new_journal_without_faults(viben: httpx.Client) -> None:
    """What was asked before the import belongs to the world that is gone."""
    viben.post("/__admin/faults", json={"status": 503})
    viben.get(SESSION)
    viben.put("/__admin/state", json=state(viben))

    assert viben.get("/__admin/requests").json()["requests"] == []
    assert viben.get(SESSION).status_code == 200


def test_a_snapshot_is_restored(viben: httpx.Client) -> None:
    """A world goes back to where it was when the snapshot was taken, as often as one likes."""
    taken = viben.post("/__admin/snapshots", json={"name": "before"})
    assert taken.status_code == 201
    for _ in range(2):
        viben.delete(SESSION)
        assert viben.post("/__admin/snapshots/before/restore").status_code == 200
        assert viben.get(SESSION).status_code == 200


def test_a_namespace_begins_from_a_snapshot(viben: httpx.Client) -> None:
    """Every namespace can begin where a snapshot was taken, and none changes it."""
    viben.delete(SESSION)
    viben.post("/__admin/snapshots", json={"name": "without-abc"})
    exported = viben.get("/__admin/snapshots/without-abc").json()
    names = ["snapshot-child-1", "snapshot-child-2"]
    for name in names:
        viben.post("/__admin/namespaces", json={"name": name, "snapshot": "without-abc"})
        assert viben.get(SESSION, headers={"X-Mock-Namespace": name}).status_code == 404
        viben.post("/api/sessions", json={"agent_id": "AMP"}, headers={"X-Mock-Namespace": name})

    assert viben.get("/__admin/snapshots/without-abc").json() == exported
    for name in names:
        viben.delete(f"/__admin/namespaces/{name}")


def test_snapshots_are_listed_and_deleted(viben: httpx.Client) -> None:
    """A snapshot is in the list until it is deleted."""
    viben.post("/__admin/snapshots", json={"name": "listed"})
    listed = {each["name"]: each for each in viben.get("/__admin/snapshots").json()["snapshots"]}

    assert listed["listed"]["records"] > 40
    assert viben.delete("/__admin/snapshots/listed").status_code == 204
    assert viben.get("/__admin/snapshots/listed").status_code == 404


@pytest.mark.parametrize("name", ["", "..", "a/b", "x" * 65])
def test_a_snapshot_needs_a_name(viben: httpx.Client, name: str) -> None:
    """What cannot name a namespace cannot name a snapshot."""
    assert viben.post("/__admin/snapshots", json={"name": name}).status_code == 400


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({"snapshot": "none"}, "/snapshot"), ({"snapshot": "none", "seed": 1}, "/seed")],
    ids=["unknown", "with a seed"],
)
def test_a_namespace_needs_one_beginning(viben: httpx.Client, body: dict[str, Any], pointer: str) -> None:
    """An unknown snapshot, or a snapshot and a seed together, are refused."""
    answer = viben.post("/__admin/namespaces", json={"name": "nothing-came-of-it", **body})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_snapshots_are_bounded(viben: httpx.Client) -> None:
    """Nobody fills memory with snapshots; the refusal says what to do."""
    names = [f"many-{number}" for number in range(65)]
    answers = [viben.post("/__admin/snapshots", json={"name": name}) for name in names]
    for name in names:
        viben.delete(f"/__admin/snapshots/{name}")

    assert answers[-1].status_code == 409
    assert "delete some" in answers[-1].json()["detail"]


def test_a_namespace_begins_as_a_fork(viben: httpx.Client) -> None:
    """It holds what the other one holds at that moment, and neither sees what the other does later."""
    viben.delete("/api/sessions/session-abc123")
    own = viben.headers["X-Mock-Namespace"]
    forked = viben.post("/__admin/namespaces", json={"name": "forked", "fork": own})
    viben.post("/api/sessions", json={"agent_id": "AMP"})
    there = {"X-Mock-Namespace": "forked"}

    assert forked.status_code == 201
    assert viben.get("/api/sessions/session-abc123", headers=there).status_code == 404
    assert viben.get("/api/sessions", headers=there).json() != viben.get("/api/sessions").json()
    viben.delete("/__admin/namespaces/forked")


@pytest.mark.parametrize(
    ("origin", "pointer"),
    [({"fork": "nobody"}, "/fork"), ({"fork": "default", "seed": 1}, "/seed"), ({"fork": 1}, "/fork")],
    ids=str,
)
def test_a_fork_of_nothing_is_refused(viben: httpx.Client, origin: dict[str, Any], pointer: str) -> None:
    """The namespace to begin from has to exist, and to be the only origin."""
    answer = viben.post("/__admin/namespaces", json={"name": "never", **origin})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
