"""Exchanges with a Zipf deployment, written short, for tests of what follows from them."""

import json
from typing import Any

from conformance.apis.zipf.model import ZipfModel
from conformance.exchange import Exchange

Step = Exchange

ANNA, BERT, OTTO, NOBODY = "wvr_anna", "wvr_bert", "wvr_otto", ""
NEW: dict[str, Any] = {
    "name": "AI",
    "description": "Who builds what",
    "session_config": {"max_operations": 2},
    "metadata": {"tags": ["ai"]},
}
SESSION: dict[str, Any] = {
    "id": "s-1",
    **NEW,
    "status": "active",
    "created_at": "2026-11-01T10:00:00Z",
}
DETAILS: dict[str, Any] = {"session": SESSION}


def step(method: str, path: str, status: int, reply: Any = None, body: Any = None, who: str = ANNA) -> Step:
    """Return an exchange."""
    headers = (("Authorization", f"Bearer {who}"),) if who else ()
    content = None if body is None else json.dumps(body).encode()
    answer = reply if isinstance(reply, bytes) else b"" if reply is None else json.dumps(reply).encode()
    return Exchange(method, f"/api/v1{path}", headers, content, status, (), answer)


CREATED = step("POST", "/sessions", 201, {"session": SESSION}, NEW)
DELETED = step("DELETE", "/sessions/s-1", 200, {"message": "gone"})


def suspected(*steps: Step) -> list[str]:
    """Show a new model the steps and return the requirements it suspects broken."""
    model = ZipfModel()
    return [each.requirement for exchange in steps for each in model.watch(exchange)]


def session(**changes: Any) -> dict[str, Any]:
    """Return the session with these differences."""
    return {**SESSION, **changes}


def shown(who: str = ANNA, **changes: Any) -> Step:
    """Return a read of the details with these differences, those beside the session included."""
    return step("GET", "/sessions/s-1", 200, {"session": session(**changes)}, who=who)


def updated(who: str = ANNA, **changes: Any) -> Step:
    """Return an update that was carried out."""
    return step("PATCH", "/sessions/s-1", 200, None, changes, who)


def refused(method: str, end: str, body: Any = None, status: int = 400, who: str = ANNA) -> Step:
    """Return a request about the session that was refused."""
    return step(method, f"/sessions/s-1{end}", status, {"error": "no"}, body, who)


def completed() -> Step:
    """Return the completion of the session."""
    return step("POST", "/sessions/s-1/complete", 200, {"session": session(status="completed")})


def shared(changes: dict[str, Any], **counts: int) -> Step:
    """Return a change of sharing that was carried out."""
    updated_ = {"operations_updated": {"org_share": counts}} if counts else {}
    return step("POST", "/sessions/s-1/share", 200, updated_, changes)


def searched(*urls: str, who: str = ANNA, cost: int = 1, balance: int | None = None, **body: Any) -> Step:
    """Return a search that found these URLs."""
    paid = {"consumed": cost} | ({} if balance is None else {"balance_after": balance})
    reply = {"session_id": "s-1", "results": [{"url": url} for url in urls], "credits": paid}
    return step("POST", "/sessions/s-1/search", 200, reply, {"query": "q", **body}, who)


def crawled(*urls: str, **body: Any) -> Step:
    """Return a crawl that fetched these URLs, which are those it was to fetch."""
    reply = {"session_id": "s-1", "results": [{"url": url} for url in urls]}
    return step("POST", "/sessions/s-1/crawl", 200, reply, {"urls": list(urls), **body})


def entry(at: int = 1, **fields: Any) -> dict[str, Any]:
    """Return an operation as a timeline shows it."""
    return {"status": "completed", "created_at": f"2026-11-01T10:00:0{at}Z", "credits_consumed": 1, **fields}


def timeline(*entries: dict[str, Any], who: str = ANNA, **aggregates: Any) -> Step:
    """Return a read of the timeline."""
    reply = {"operations": list(entries), **({"aggregates": aggregates} if aggregates else {})}
    return step("GET", "/sessions/s-1/timeline", 200, reply, who=who)


def listed(
    query: str,
    *mine: dict[str, Any],
    theirs: list[dict[str, Any]] | None = None,
    who: str = ANNA,
    total: int | None = None,
    totals: tuple[int, int] | None = None,
) -> Step:
    """Return a list of sessions, with a total of the caller's own, or with totals of both lists."""
    reply: dict[str, Any] = {"sessions": list(mine)}
    if theirs is not None:
        reply["shared_sessions"] = theirs
    if total is not None:
        reply["pagination"] = {"total": total}
    if totals is not None:
        reply["pagination"] = {"owned": {"total": totals[0]}, "shared": {"total": totals[1]}}
    return step("GET", f"/sessions{query}", 200, reply, who=who)


def graph(query: str, pageranks: list[float] | None = None, edges: Any = None, **stats: int) -> Step:
    """Return a read of the link graph."""
    nodes = [{"pagerank": each} for each in pageranks or ()]
    found = {"stats": stats, "nodes": nodes, "edges": edges or []}
    return step("GET", f"/sessions/s-1/link-graph{query}", 200, {"link_graph": found})
