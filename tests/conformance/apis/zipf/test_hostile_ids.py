"""Ids of searches, crawls, workflows and sessions that would lead a request elsewhere lead nowhere."""

from typing import Any

import pytest

from conformance.addressing import segment
from conformance.apis.zipf import SUITE
from conformance.runner import run_requirement
from conformance.target import Actor, Target
from conformance.verdict import Verdict
from tests.conformance.apis.zipf.test_fairness import TOKENS
from tests.foreign.zipf import Answer, Record, Zipf, serving

BASE = "/api/v1"
COLLECTIONS = ("/workflows", "/search", "/search/jobs", "/crawls", "/sessions")
MADE = ("POST", "/workflows"), ("POST", "/search"), ("POST", "/crawls")
ACTORS = {name: Actor(name, token) for name, token in TOKENS.items()}


class Naming(Zipf):
    """Gives everything the same id, and notes what is asked for."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self.id = id_
        self.asked: set[str] = set()

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Make whatever is to be made, and show it again."""
        end = path.removeprefix(BASE)
        if (method, end) in MADE:
            reply = {"status": "completed", "session_id": body.get("session_id"), "results": []}
            return 200, reply | {"id": self.id, "search_job_id": self.id, "workflow": {"id": self.id}}
        if method != "POST" or end not in COLLECTIONS:
            self.asked.add(end)
        return super().answer(method, path, query, body, user)

    def shown(self, session: Record) -> Record:
        """Return a session with that id."""
        return {**super().shown(session), "id": self.id}

    def event(self, operation: Record) -> Record:
        """Return an operation with that id."""
        return {**super().event(operation), "id": self.id}


@pytest.mark.parametrize("id_", ["..", "\ud800", "a/b"])
@pytest.mark.parametrize(
    "requirement", ["ZIPF-ALONE-04", "ZIPF-WORKFLOW-01", "ZIPF-ACCESS-06", "ZIPF-ACCESS-11"]
)
def test_an_id_stays_in_its_place(requirement: str, id_: str) -> None:
    """It is one step of the path, or the request is not sent: no fault of the suite, nothing else asked."""
    server = Naming(id_)
    with serving(server) as url:
        target = Target(url, ACTORS, settings={"crawl_urls": ["http://127.0.0.1/"]})
        result = run_requirement(SUITE, requirement, target)

    beyond = [each for each in server.asked if each.count("/") > 1 and segment(id_) not in each.split("/")]
    assert result.verdict is not Verdict.ERROR, result.reason
    assert beyond == []
