"""Tests of namespaces as parallel tests use them: nobody sees anybody else, whatever they do."""

import asyncio
import ssl
from collections.abc import Iterator

import httpx
import pytest

from mock_server import apis
from tests import servers

CONCURRENT = 50
SESSION = "/api/sessions/session-abc123"


@pytest.fixture(scope="module")
def strict_server() -> Iterator[str]:
    """The URL of a server that wants every request to name its namespace."""
    with servers.mock(apis.load("viben"), require_namespace=True) as url:
        yield url


async def scenario(url: str, number: int, context: ssl.SSLContext) -> list[str]:
    """One test among many: makes sessions, moves its clock, suffers its fault, counts, begins anew."""
    agent = f"agent-{number}"
    headers = {"X-Mock-Namespace": f"parallel-{number}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60, verify=context) as client:
        await client.put(
            "/__admin/clock", json={"mode": "frozen", "now": f"2026-01-{number % 28 + 1:02}T00:00:00Z"}
        )
        made = (await client.post("/api/sessions", json={"agent_id": agent})).json()
        await client.post("/__admin/faults", json={"status": 500 + number, "first": 1})
        struck = await client.get("/api/sessions")
        listed = (await client.get("/api/sessions", params={"agent_id": agent})).json()["sessions"]
        total = len((await client.get("/api/sessions")).json()["sessions"])
        criteria = {"operation": "list_sessions"}
        counted = (await client.post("/__admin/requests/count", json=criteria)).json()["count"]
        await client.post("/__admin/reset")
        after = len((await client.get("/api/sessions")).json()["sessions"])
    findings = {
        "struck by its own fault": struck.status_code == 500 + number,
        "time of its own clock": made["created_at"] == f"2026-01-{number % 28 + 1:02}T00:00:00Z",
        "its own session only": [each["id"] for each in listed] == [made["id"]],
        "its own journal": counted == 3,
        "reset took one away": after == total - 1,
    }
    return [f"{number}: {name}" for name, holds in findings.items() if not holds]


def test_parallel_tests_never_see_each_other() -> None:
    """Fifty tests at once on one server, each with data, clock, fault and journal of its own."""

    async def run(url: str) -> list[list[str]]:
        context = ssl.create_default_context()  # one for all, since each takes long to make
        return await asyncio.gather(*(scenario(url, number, context) for number in range(CONCURRENT)))

    with servers.mock(apis.load("viben")) as url:
        findings = asyncio.run(run(url))

    assert [each for finding in findings for each in finding] == []


def test_a_reset_under_traffic_shows_nobody_half_a_world() -> None:
    """While others write and read, every list holds all records of the seed, and in the end nothing else."""

    async def run(url: str) -> tuple[list[int], list[int]]:
        context = ssl.create_default_context()
        async with httpx.AsyncClient(base_url=url, timeout=60, verify=context) as client:
            made = [client.post("/api/sessions", json={"agent_id": "busy"}) for _ in range(60)]
            listed = [client.get("/api/sessions") for _ in range(60)]
            resets = [client.post("/__admin/reset") for _ in range(20)]
            mixed = [each for group in zip(made, listed, strict=True) for each in group]
            for position, reset in enumerate(resets):
                mixed.insert(7 * position, reset)
            answers = await asyncio.gather(*mixed)
            await client.post("/__admin/reset")
            answers.append(await client.get("/api/sessions"))
        lists = [each.json()["sessions"] for each in answers if "sessions" in each.json()]
        seeded = [sum(each["agent_id"] != "busy" for each in sessions) for sessions in lists]
        return seeded, [len(lists[-1]), *(each.status_code for each in answers)]

    with servers.mock(apis.load("viben")) as url:
        seeded, (last, *statuses) = asyncio.run(run(url))

    assert set(seeded) == {last}
    assert set(statuses) == {200, 201}


def test_a_flood_of_names_is_bounded() -> None:
    """At the cap a new name gets 429, and those that are there go on."""
    with servers.mock(apis.load("viben"), namespaces=3) as url:
        headers = [{"X-Mock-Namespace": f"flood-{number}"} for number in range(4)]
        statuses = [httpx.get(f"{url}{SESSION}", headers=each).status_code for each in headers]

        assert statuses == [200, 200, 429, 429]
        assert httpx.get(f"{url}{SESSION}", headers=headers[0]).status_code == 200


def test_a_request_without_a_name_is_refused_where_names_are_required(strict_server: str) -> None:
    """A test that forgot its namespace is told so at once, and told what to do."""
    answer = httpx.get(f"{strict_server}{SESSION}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert "X-Mock-Namespace" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (SESSION, {"X-Mock-Namespace": "named"}),
        (SESSION, {"Cookie": "mock_namespace=named"}),
        (f"/~named{SESSION}", {}),
    ],
    ids=["header", "cookie", "path"],
)
def test_a_named_request_is_answered_where_names_are_required(
    strict_server: str, path: str, headers: dict[str, str]
) -> None:
    """Each way of naming a namespace is one."""
    answer = httpx.get(f"{strict_server}{path}", headers=headers)

    assert (answer.status_code, answer.headers["X-Mock-Namespace"]) == (200, "named")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/health", 200),
        ("/metrics", 200),
        ("/namespaces", 200),
        ("/docs", 200),
        ("/requests/nobody-1", 404),
        ("/clock", 400),
        ("/requests", 400),
        ("/requests/unmatched", 400),
    ],
)
def test_control_needs_a_name_for_what_belongs_to_a_world(strict_server: str, path: str, status: int) -> None:
    """Where names are required, control of the server needs none and control of a world does."""
    assert httpx.get(f"{strict_server}/__admin{path}").status_code == status
