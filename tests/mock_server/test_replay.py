"""Tests of `mock_server.replay` and `mock_server.bundles`: a failure is brought back and repeated."""

import asyncio
import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from mock_server import apis
from mock_server.app import create_app
from mock_server.bundles import BundleUnusable, read
from mock_server.replay import Replayed, apis_of, replay, restore
from mock_server.settings import Settings
from tests import servers

SESSION = "/api/sessions/session-abc123"


def bundled(viben: httpx.Client) -> dict[str, Any]:
    """The bundle of the client's world."""
    bundle: dict[str, Any] = viben.get("/__admin/bundle").json()
    return bundle


def replayed(bundle: Mapping[str, Any]) -> Replayed:
    """What a new server of Viben makes of a bundle."""
    return asyncio.run(replay(create_app([apis.load("viben")], Settings(seed=1)), bundle, {}))


def story(viben: httpx.Client) -> None:
    """Requests that make, change and lose records, are refused, steered and struck."""
    made = viben.post("/api/sessions", json={"agent_id": "CODEX"}).json()["id"]
    viben.post(f"/api/sessions/{made}/message", json={"content": "hello"})
    viben.post("/__admin/clock/advance", json={"seconds": 3600})
    viben.patch(f"/api/sessions/{made}", json={"status": "completed"})
    viben.post(f"/api/sessions/{made}/message", json={"content": "too late"})
    viben.get("/api/sessions", params={"agent_id": "CODEX"})
    viben.post("/__admin/faults", json={"probability": 0.5, "status": 503})
    for _ in range(6):
        viben.get(SESSION)
    viben.delete("/__admin/faults")
    viben.delete(SESSION, headers={"Prefer": "code=404"})
    viben.post("/api/sessions", content=b"\xff{", headers={"Content-Type": "application/json"})
    viben.delete(SESSION)
    viben.get("/nowhere")


def test_a_bundle_repeats_itself_elsewhere(viben: httpx.Client) -> None:
    """On another server, with another seed and another time, every answer comes again as it was."""
    story(viben)
    result = replayed(bundled(viben))

    assert result.differences == []
    assert result.requests == 15


@pytest.mark.parametrize("name", apis.NAMES)
def test_every_persona_repeats_itself_elsewhere(name: str) -> None:
    """In every API, what anybody was answered comes again as it was, though the bundle holds no token."""
    api = apis.load(name)
    with servers.mock(api) as url, httpx.Client(base_url=f"{url}{api.base_path}") as client:
        for token in ["unknown", *(persona.token for persona in api.personas)]:
            headers = {"Authorization": f"Bearer {token}"}
            client.get("/sessions", headers=headers)
            client.post(
                "/sessions", headers=headers, json={"name": "x", "intent_query": "x", "agent_id": "x"}
            )
        bundle = httpx.get(f"{url}/__admin/bundle").json()
    tokens = {(name, persona.name): persona.token for persona in api.personas}
    result = asyncio.run(replay(create_app([api], Settings(seed=1)), bundle, tokens))

    assert result.differences == []
    assert result.requests == 2 + 2 * len(api.personas)
    assert not any(persona.token in str(bundle["requests"]) for persona in api.personas)


def test_a_bundle_of_a_changed_server_shows_every_difference(viben: httpx.Client) -> None:
    """Where an answer is not what it was, the difference is named with its place."""
    viben.get(SESSION)
    bundle = bundled(viben)
    answer = bundle["requests"][0]["answer"]
    body = json.loads(answer["body"])
    answer["status"] = 203
    answer["body"] = json.dumps({**body, "message_count": 7, "extra": None})

    found = [(each.pointer, each.before, each.now) for each in replayed(bundle).differences]

    assert found == [("status", "203", "200"), ("/message_count", "7", "42"), ("/extra", "null", "(nothing)")]


def test_a_bundle_begins_where_the_journal_was_cleared(viben: httpx.Client) -> None:
    """Requests before the clearing are part of the beginning."""
    viben.delete(SESSION)
    viben.delete("/__admin/requests")
    viben.get(SESSION)
    result = replayed(bundled(viben))

    assert (result.requests, result.differences) == (1, [])


def test_a_world_is_brought_back(viben: httpx.Client) -> None:
    """Data, clock, settings and faults are as they were when the bundle was made."""
    viben.put("/__admin/clock", json={"mode": "frozen", "now": "2026-07-01T00:00:00Z"})
    viben.put("/__admin/settings", json={"validation": "warn"})
    viben.post("/__admin/faults", json={"first": 3, "operation": "list_sessions", "status": 503})
    viben.delete(SESSION)
    viben.get("/api/sessions")
    bundle = bundled(viben)
    app = create_app([apis.load("viben")], Settings())
    asyncio.run(restore(app, bundle, {}))

    with servers.listening(app) as url, httpx.Client(base_url=url) as client:
        assert client.get(SESSION).status_code == 404
        assert client.get("/__admin/state").json() == bundle["state"]
        assert client.get("/__admin/settings").json() == {"validation": "warn"}
        assert client.get("/__admin/faults").json()["faults"][0]["first"] == 2


def test_a_bundle_holds_no_secrets(viben: httpx.Client) -> None:
    """Credentials that only the client knows do not get into the file."""
    viben.get(SESSION, headers={"Authorization": "Bearer s3cret", "Cookie": "sid=s3cret"})

    assert "s3cret" not in json.dumps(bundled(viben))


def test_a_bundle_knows_its_apis(viben: httpx.Client) -> None:
    """Whoever brings it back can find out what to serve."""
    viben.post("/__admin/clock/advance", json={"seconds": 1})

    assert apis_of(bundled(viben)) == ["viben"]


def test_a_bundle_is_read_from_a_file(viben: httpx.Client, tmp_path: Path) -> None:
    """What control wrote is what comes out of the file."""
    story(viben)
    bundle = bundled(viben)
    (tmp_path / "failure.json").write_text(json.dumps(bundle))

    assert read(tmp_path / "failure.json") == bundle


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{]", "line 1, column 2"),
        ("[]", "/: "),
        ("{}", "format: is required"),
        ('{"format": 1}', "/namespace"),
    ],
)
def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """The message names file, place and reason."""
    path = tmp_path / "broken.json"
    path.write_text(text)

    with pytest.raises(BundleUnusable) as refusal:
        read(path)
    assert str(path) in str(refusal.value)
    assert told in str(refusal.value)


def test_a_bundle_whose_records_break_the_contract_is_refused(viben: httpx.Client) -> None:
    """A bundle that somebody edited wrongly changes nothing and says what is wrong."""
    bundle = copy.deepcopy(bundled(viben))
    bundle["state"]["collections"]["viben.sessions"]["session-abc123"]["status"] = "sleeping"
    app = create_app([apis.load("viben")], Settings())

    with pytest.raises(BundleUnusable, match="session-abc123: status"):
        asyncio.run(restore(app, bundle, {}))
