"""What requests leave behind in memory, against what the journal says it takes."""

import asyncio
import gc
import re
import tracemalloc
from typing import Any

import httpx
import pytest

from mock_server import apis
from mock_server.app import create_app
from mock_server.settings import Settings

REQUESTS = 500
SESSIONS = "/api/sessions"
# Each kind of request with what differs from one to the next in it.
KINDS: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    "a record": ("GET", f"{SESSIONS}/session-abc123", None),
    "no record": ("GET", f"{SESSIONS}/no-{{}}", None),
    "a list": ("GET", f"{SESSIONS}?status=active", None),
    "a creation": ("POST", SESSIONS, {"agent_id": "a"}),
    "a refused creation": ("POST", SESSIONS, {"agent": "a"}),
    "a change": ("PATCH", f"{SESSIONS}/session-abc123", {"data": {"step": "{}"}}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_journal_takes_what_it_says(kind: str) -> None:
    """An entry takes at most what is counted for it, and not so much less that the bound is idle."""
    taken, counted = asyncio.run(_measured(*KINDS[kind]))

    assert 0.4 * counted < taken <= counted


async def _measured(method: str, path: str, body: dict[str, Any] | None) -> tuple[float, float]:
    app = create_app([apis.load("viben")], Settings(journal_bytes=1 << 30))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:

        async def ask(times: int) -> None:
            for number in range(times):
                json = None if body is None else {**body, **_numbered(body, number)}
                await client.request(method, path.format(number), json=json)

        await ask(20)
        before = await _counted(client)
        tracemalloc.start()
        try:
            await ask(REQUESTS)
            gc.collect()
            taken, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        return taken, await _counted(client) - before


def _numbered(body: dict[str, Any], number: int) -> dict[str, Any]:
    return {"data": {"step": number}} if "data" in body else {}


async def _counted(client: httpx.AsyncClient) -> float:
    metrics = await client.get("/__admin/metrics")
    found = re.search(r"^mock_server_journal_bytes (\d+)", metrics.text, re.MULTILINE)
    assert found is not None
    return float(found[1])
