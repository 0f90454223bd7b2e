"""What costs credits is asked for only where the target allows any, and last of all, on an honest mock."""

from dataclasses import replace
from typing import Any

import pytest

from conformance.apis.zipf import SUITE
from conformance.options import Options
from conformance.requirement import Tier
from conformance.result import Report
from conformance.runner import run
from conformance.target import Limits
from conformance.verdict import Verdict
from mock_server import apis
from tests.conformance.apis.zipf.test_fairness import target
from tests.foreign.zipf import Answer, Zipf, serving
from tests.saboteurs.stage import stage

CLOSED_TO_VIEWERS = "ZIPF-ACCESS-03"


def judged(requirement_id: str, credits_: int) -> Report:
    """Examine one requirement on a mock that may be charged so many credits."""
    with stage() as this:
        allowed = replace(this.play(apis.load("zipf")), limits=Limits(credits=credits_))
        return run(SUITE, allowed, Options(tier=Tier.FULL, only=(requirement_id,)))


@pytest.mark.parametrize("requirement_id", ["ZIPF-ERROR-01", "ZIPF-ERROR-02", "ZIPF-ACCESS-05"])
def test_refusals_cost_nothing_where_nothing_may_be_spent(requirement_id: str) -> None:
    """Searches and crawls that are to be refused are not sent, and a skip says what was left out."""
    report = judged(requirement_id, 0)

    assert (report.results[0].verdict, report.results[0].reason) == (
        Verdict.SKIP, "it costs credits, and limits.credits allows none",
    )  # fmt: skip
    assert report.coverage["search_in_session"] == report.coverage["crawl_in_session"] == {}


def test_refusals_are_examined_where_they_may_cost_something() -> None:
    """With an allowance malformed searches and crawls are tried as well, each paid for."""
    report = judged("ZIPF-ERROR-02", 10)

    assert report.results[0].verdict is Verdict.PASS
    assert report.coverage["search_in_session"] == report.coverage["crawl_in_session"] == {"400": 5}


class Lax(Zipf):
    """Lets whoever may read a session rename it."""

    def private(self, method: str, rest: list[str], query: dict[str, str], body: Any, user: str) -> Answer:
        """Take over the name."""
        if method == "PATCH" and self.level(self.sessions[rest[0]], user):
            self.sessions[rest[0]]["name"] = body["name"]
            return 200, self.shown(self.sessions[rest[0]])
        return super().private(method, rest, query, body, user)


def test_what_costs_nothing_is_examined_first() -> None:
    """A viewer who may write is found out also where nothing may be spent."""
    with serving(Lax()) as url:
        report = run(SUITE, target(url, credits=0), Options(quick=True, only=(CLOSED_TO_VIEWERS,)))

    assert [each.verdict for each in report.results] == [Verdict.FAIL]
