"""The replies to searches and crawls: the same whether they are the answer itself or asked for later."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.zipf.model import Operation
from mock_server.apis.zipf.research import Outcome

Body = Mapping[str, Any]
Reply = dict[str, Any]


def search(operation: Operation) -> Reply:
    """A search as far as it has come; what the AI features add comes with the results."""
    reply = {
        "search_job_id": operation["id"],
        "session_id": operation["session_id"],
        "status": operation["status"],
        "query": operation["query"],
        "results": operation["results"],
        "count": len(operation["results"]),
    }
    return {**reply, **_details(operation)}


def crawl(operation: Operation) -> Reply:
    """A crawl as far as it has come."""
    reply = {
        "id": operation["id"],
        "session_id": operation["session_id"],
        "status": operation["status"],
        "urls": operation["urls"],
        "pages_crawled": len(operation["results"]),
        "results": operation["results"],
    }
    return {**reply, **_details(operation)}


def search_estimate(session_id: str | None, body: Body, outcome: Outcome) -> Reply:
    """What a dry run of a search is answered with."""
    nothing = {"search_job_id": None, "query": body["query"], "results": [], "count": 0}
    return {**nothing, **_estimate(session_id, outcome)}


def crawl_estimate(session_id: str | None, body: Body, outcome: Outcome) -> Reply:
    """What a dry run of a crawl is answered with."""
    nothing = {"id": None, "urls": body["urls"], "results": [], "pages_crawled": 0}
    return {**nothing, **_estimate(session_id, outcome)}


def _estimate(session_id: str | None, outcome: Outcome) -> Reply:
    return {"session_id": session_id, "status": "completed", "dry_run": True, "credits": outcome.credits}


def _details(operation: Operation) -> Reply:
    """What was charged at any time, and the rest once there are results."""
    details = operation["details"]
    return {**details} if operation["status"] == "completed" else {"credits": details["credits"]}
