"""Callers of a Zipf mock, who share a namespace, with the steps that most tests begin with."""

from collections.abc import Mapping
from typing import Any

import httpx

API = "/api/v1"
TOKENS = {
    "owner": "wvr_owner_ada",
    "member": "wvr_member_ben",
    "outsider": "wvr_outsider_dora",
    "spare": "wvr_spare_hugo",
    "penniless": "wvr_penniless_femi",
    "throttled": "wvr_throttled_gita",
    "expired": "wvr_expired_chen",
}
NORTHWIND, JUNIPER, HALCYON = "org-northwind", "org-juniper", "org-halcyon"


class Callers:
    """Sends requests as one person after another, to one namespace."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def send(self, method: str, path: str, body: Any = None, by: str | None = "owner") -> httpx.Response:
        """One request below the base path; `by` nobody means without credentials."""
        headers = {} if by is None else {"Authorization": f"Bearer {TOKENS[by]}"}
        return self.client.request(method, API + path, json=body, headers=headers)

    def get(self, path: str, by: str | None = "owner") -> Any:
        """The body of a successful read."""
        return self.send("GET", path, by=by).raise_for_status().json()

    def post(self, path: str, body: Any = None, by: str | None = "owner") -> Any:
        """The body of a successful action."""
        return self.send("POST", path, body, by).raise_for_status().json()

    def session(self, by: str = "owner", **fields: Any) -> str:
        """The id of a new session."""
        return str(self.post("/sessions", {"name": "AI Research", **fields}, by)["session"]["id"])

    def search(self, session_id: str, **body: Any) -> Any:
        """A search in a session of the owner's."""
        return self.post(f"/sessions/{session_id}/search", {"query": "AI startups", **body})

    def crawl(self, session_id: str, *urls: str, **body: Any) -> Any:
        """A crawl in a session of the owner's."""
        return self.post(f"/sessions/{session_id}/crawl", {"urls": urls or ["https://a.example/"], **body})

    def share(self, session_id: str, **changes: Any) -> Any:
        """Changes whom a session of the owner's is shared with."""
        return self.post(f"/sessions/{session_id}/share", changes)

    def advance(self, **by: float) -> None:
        """Moves the clock of this namespace: `days`, `hours` or `seconds`."""
        seconds = by.get("seconds", 0) + 3600 * by.get("hours", 0) + 86400 * by.get("days", 0)
        self.client.post("/__admin/clock/advance", json={"seconds": seconds}).raise_for_status()

    def freeze(self, now: str) -> None:
        """Stops the clock of this namespace."""
        self.client.put("/__admin/clock", json={"mode": "frozen", "now": now}).raise_for_status()


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Status and title of a refusal, whose envelope is checked on the way."""
    body: Mapping[str, str] = response.json()
    assert body.keys() == {"error", "message", "code"}
    return response.status_code, body["error"]
