"""The sessions that contenders show, and bringing them there."""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks.workloads import LISTS, SESSION_ID


def session(number: int, agent: str = "bench-20") -> dict[str, Any]:
    """A session as a server without rules would keep it."""
    return {
        "id": f"session-{number:012x}" if number else SESSION_ID,
        "agent_id": agent,
        "task_id": None,
        "status": "active",
        "created_at": "2026-01-01T00:00:00Z",
        "last_active": "2026-01-01T00:00:00Z",
        "message_count": number,
        "data": {},
    }


def listed(agent: str) -> list[dict[str, Any]]:
    """The sessions of one list; no two lists share an id."""
    first = sum(length for name, length in LISTS.items() if name < agent)
    return [session(number, agent) for number in range(first, first + LISTS[agent])]


def every() -> list[dict[str, Any]]:
    """The sessions of all lists."""
    return [each for agent in LISTS for each in listed(agent)]


def summary(session: dict[str, Any]) -> dict[str, Any]:
    """A session as a list shows it."""
    return {name: value for name, value in session.items() if name != "data"}


def create(url: str, agent: str, count: int) -> None:
    """Creates sessions on one of our servers whose root is `url`."""
    address = urlsplit(url)
    connection = HTTPConnection(address.netloc)
    body = json.dumps({"agent_id": agent})
    for _ in range(count):
        connection.request("POST", f"{address.path}/sessions", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 201:
            raise SystemExit(f"{url} answers {answer.status} where a session is created")
    connection.close()
