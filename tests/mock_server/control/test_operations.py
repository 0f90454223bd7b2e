"""Control over HTTP: health, reset, namespaces, clock."""

from typing import Any

import httpx
import pytest

SESSIONS = "/api/sessions"
CLOCK = "/__admin/clock"


def clock(viben: httpx.Client, **setting: Any) -> httpx.Response:
    """Sets the clock."""
    return viben.put(CLOCK, json=setting)


def created_at(viben: httpx.Client) -> str:
    """When a session that is created now says it was."""
    return str(viben.post(SESSIONS, json={"agent_id": "a"}).json()["created_at"])


def test_health_names_the_apis(viben: httpx.Client) -> None:
    """A script can wait for the mock and see what it serves."""
    health = viben.get("/__admin/health").json()

    assert (health["status"], health["apis"]) == ("ok", ["viben"])


def test_a_reset_undoes_what_was_done(viben: httpx.Client) -> None:
    """The world of the request, and no other one, is back at its seed."""
    before = viben.get(SESSIONS).json()
    viben.post(SESSIONS, json={"agent_id": "a"})
    viben.delete(f"{SESSIONS}/session-abc123")

    assert viben.post("/__admin/reset").status_code == 200
    assert viben.get(SESSIONS).json() == before


def test_a_namespace_is_created_listed_and_deleted(viben: httpx.Client) -> None:
    """Created with a seed it holds other data; deleted it is gone."""
    name = viben.headers["X-Mock-Namespace"] + "-made"
    made = viben.post("/__admin/namespaces", json={"name": name, "seed": 7})
    listed = viben.get("/__admin/namespaces").json()["namespaces"]
    sessions = [viben.get(f"{prefix}{SESSIONS}").json() for prefix in ("", f"/~{name}")]
    deleted = [viben.delete(f"/__admin/namespaces/{name}").status_code for _ in range(2)]

    assert (made.status_code, made.json()) == (201, {"name": name, "seed": 7})
    assert made.json() in listed
    assert sessions[0] != sessions[1]
    assert deleted == [204, 404]


def test_a_seed_is_the_same_however_json_writes_it(viben: httpx.Client) -> None:
    """7.0 is the whole number 7."""
    name = viben.headers["X-Mock-Namespace"]
    lists = []
    for seed in ("7", "7.0"):
        text = f'{{"name": "{name}", "seed": {seed}}}'
        viben.post("/__admin/namespaces", content=text, headers={"Content-Type": "application/json"})
        lists.append(viben.get(SESSIONS).json())

    assert lists[0] == lists[1]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ".."},
        {"name": "a b"},
        {"name": "a\n"},
        {"name": "a", "seed": -1},
        {"name": "a", "seed": 2**63},
    ],
)
def test_a_namespace_that_cannot_be_is_refused(viben: httpx.Client, body: dict[str, Any]) -> None:
    """The problem points at the culprit."""
    answer = viben.post("/__admin/namespaces", json=body)

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"][0]["pointer"] in ("/name", "/seed")


def test_a_frozen_clock_dates_what_is_made(viben: httpx.Client) -> None:
    """All time in rules is the world's, and advancing it is seen at once."""
    clock(viben, mode="frozen", now="2030-01-01T00:00:00Z")
    first = created_at(viben)
    viben.post(f"{CLOCK}/advance", json={"seconds": 90.5})

    assert (first, created_at(viben)) == ("2030-01-01T00:00:00Z", "2030-01-01T00:01:30Z")
    assert viben.get(CLOCK).json() == {"mode": "frozen", "now": "2030-01-01T00:01:30.500Z"}


def test_a_clock_runs_on_from_where_it_was_set(viben: httpx.Client) -> None:
    """An offset moves the beginning, not the pace; `system` ends it."""
    assert clock(viben, mode="offset", now="2031-05-05T00:00:00+02:00").json()["mode"] == "offset"
    assert created_at(viben).startswith("2031-05-04T22:0")
    assert clock(viben, mode="system").json()["mode"] == "system"


@pytest.mark.parametrize(
    "now",
    [
        "9999-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-10:00",
        "1969-12-31T23:59:59Z",
        "2026-02-30T00:00:00Z",
        "2026-01-01",
        "now",
    ],
)
@pytest.mark.parametrize("mode", ["frozen", "offset"])
def test_a_time_that_no_clock_shows_is_refused(viben: httpx.Client, mode: str, now: str) -> None:
    """It is a bad request, and the clock stays as it was."""
    answer = clock(viben, mode=mode, now=now)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/now")
    assert viben.get(CLOCK).json()["mode"] == "system"


@pytest.mark.parametrize(
    "body", ['{"seconds": -1}', '{"seconds": 1e400}', '{"seconds": "1"}', "{}", "[]", "null"]
)
def test_a_clock_goes_forward_only(viben: httpx.Client, body: str) -> None:
    """Anything but a number from 0 is a bad request."""
    answer = viben.post(f"{CLOCK}/advance", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 400


def test_a_clock_is_not_advanced_for_ever(viben: httpx.Client) -> None:
    """At the end of its time advancing is refused, and the world still works."""
    clock(viben, mode="frozen", now="2999-12-31T23:00:00Z")
    answer = viben.post(f"{CLOCK}/advance", json={"seconds": 3600})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/seconds")
    assert created_at(viben) == "2999-12-31T23:00:00Z"


def test_an_offset_needs_a_time(viben: httpx.Client) -> None:
    """`offset` without `now` would mean nothing."""
    assert clock(viben, mode="offset").json()["errors"][0]["detail"] == "now: is required with mode 'offset'"


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nothing", 404), ("POST", "/health", 405), ("POST", "", 405)]
)
def test_what_control_has_not_is_a_problem(viben: httpx.Client, method: str, path: str, status: int) -> None:
    """Control speaks RFC 9457."""
    answer = viben.request(method, f"/__admin{path}")

    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
