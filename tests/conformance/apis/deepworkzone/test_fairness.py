"""Honest servers that choose otherwise where the document is silent are accepted; broken promises are not."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from conformance.apis.deepworkzone import SUITE
from conformance.options import Options
from conformance.result import Result
from conformance.runner import run, run_requirement
from conformance.verdict import Verdict
from tests.foreign.deepworkzone import SCOPE, Answer, DeepWorkZone, Paged, Record, serving

SOMEBODYS: Record = {
    "org_id": 7,
    "created_by": "jane.doe",
    "series": None,
    "name": "Weekly review",
    "type": "standard",
    "duration": 45,
    "schedule": "2099-01-01",
    "time": "9:00 AM",
    "is_public": True,
    "collaborator": [],
    "status": "waiting",
    "website_blocker_enabled": False,
    "website_blocker": None,
    "snooze_enabled": False,
    "snooze_apps": None,
}
# What cannot be judged where neither owners nor occurrences are shown.
UNSEEN = {"DWZ-OWNER-01", "DWZ-OWNER-02", "DWZ-OWNER-03", "DWZ-RECUR-02"}


class ListsForStrangers(DeepWorkZone):
    """Lists the sessions of all organisations."""

    def listed(self, caller: Any, query: Mapping[str, str]) -> Any:
        """Let everybody belong to every organisation."""
        listed = super().listed
        return [each for own in (7, 8, 9) for each in listed((caller[0], (own,)), query)]


class BelievesTheBody(DeepWorkZone):
    """Takes the owner from the body."""

    def created(self, caller: Any, body: Any) -> Answer:
        """Act for whoever is named."""
        name = body.get("created_by", caller[0]) if isinstance(body, dict) else caller[0]
        return super().created((name, caller[1]), body)


class IgnoresTheChoice(DeepWorkZone):
    """Deletes the whole series whatever was chosen."""

    def deleted(self, session: Record, body: Any) -> Answer:
        """Forget the choice."""
        return super().deleted(session, None)


class TimeStandsStill(DeepWorkZone):
    """Accepts another day and keeps the old one."""

    def updated(self, caller: Any, session: Record, body: Any) -> Answer:
        """Forget the day."""
        return super().updated(caller, session, {**body, "schedule": session["schedule"]})


def found(server: DeepWorkZone, requirement_id: str) -> Result:
    """Examine one requirement on the server."""
    with serving(server, delete_scope=SCOPE) as target:
        return run_requirement(SUITE, requirement_id, target)


def test_an_honest_server_is_accepted_and_others_records_stay() -> None:
    """Every requirement is judged and holds, and a session that was there before is untouched."""
    server = DeepWorkZone()
    before = deepcopy(server.added(SOMEBODYS))
    with serving(server, delete_scope=SCOPE) as target:
        report = run(SUITE, target, Options())

    assert [each for each in report.results if each.verdict is not Verdict.PASS] == []
    assert server.sessions == {before["id"]: before}


def test_what_cannot_be_seen_is_no_breach() -> None:
    """A server with pages and sparse replies is accused of nothing; what could not be judged is said."""
    server = Paged()
    for _ in range(25):
        server.added(SOMEBODYS)
    with serving(server, delete_scope=SCOPE) as target:
        report = run(SUITE, target, Options(quick=True))

    assert [each for each in report.results if each.verdict in (Verdict.FAIL, Verdict.ERROR)] == []
    assert {each.requirement.id for each in report.results if each.verdict is Verdict.INCONCLUSIVE} == UNSEEN
    assert len(server.sessions) == 25


def test_without_the_means_of_choosing_nothing_is_deleted() -> None:
    """The document does not name the means: where the settings do not either, that is a named skip."""
    with serving(DeepWorkZone()) as target:
        result = run_requirement(SUITE, "DWZ-RECUR-03", target)

    assert result.verdict is Verdict.SKIP
    assert "delete_scope" in result.reason


def test_a_series_leaves_nothing_behind() -> None:
    """Where nobody knows how to delete a series, its occurrences are deleted one by one."""
    server = DeepWorkZone()
    with serving(server) as target:
        result = run_requirement(SUITE, "DWZ-RECUR-01", target)

    assert result.verdict is Verdict.PASS
    assert server.sessions == {}


@pytest.mark.parametrize(
    ("broken", "requirement"),
    [
        (ListsForStrangers, "DWZ-ORG-02"),
        (BelievesTheBody, "DWZ-OWNER-02"),
        (IgnoresTheChoice, "DWZ-RECUR-02"),
        (TimeStandsStill, "DWZ-UPDATE-01"),
    ],
)
def test_broken_promises_are_found(broken: type[DeepWorkZone], requirement: str) -> None:
    """What the document does say is held against a server that looks nothing like the mock."""
    assert found(broken(), requirement).verdict is Verdict.FAIL
