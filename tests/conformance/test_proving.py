"""Failures of scripts and of chains are shown again, by no request that could be done without."""

import shutil
import subprocess
from typing import Any

import pytest

from conformance.apis.viben import SUITE
from conformance.exchange import Exchange
from conformance.options import Options
from conformance.proving import anonymous
from conformance.recognising import missing_after_creation, used_after_deletion
from conformance.reducing import PROVEN
from conformance.result import Result
from conformance.runner import run, run_requirement
from conformance.target import Limits, Target
from conformance.verdict import Verdict
from tests.conformance.samples import exchange
from tests.foreign.viben import Answer, Record, Viben, serving

needs_curl = pytest.mark.skipif(
    not shutil.which("jq") or not shutil.which("curl"), reason="needs curl and jq"
)


class Forgetful(Viben):
    """Answers an update, and changes nothing."""

    def update(self, session: Record, body: Any) -> Answer:
        """Keep the old status."""
        return super().update(dict(session), body)


class Undead(Viben):
    """Deletes nothing."""

    def delete(self, session: Record) -> Answer:
        """Say that the session is gone."""
        return 204, None


class Moody(Viben):
    """Breaks its word once and never again."""

    broken = False

    def shown(self, session: Record) -> Record:
        """Call the first session active."""
        first, self.broken = not self.broken, True
        return {**session, "status": "active"} if first else session


class Haunted(Viben):
    """Goes on showing deleted sessions where a status is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.ghosts: list[Record] = []

    def delete(self, session: Record) -> Answer:
        """Keep a session for lists."""
        self.ghosts.append(session)
        return super().delete(session)

    def list(self, query: dict[str, str]) -> Answer:
        """List the ghosts as well."""
        status, listed = super().list(query)
        if status == 200 and "status" in query:
            listed["sessions"] += [each for each in self.ghosts if each["status"] == query["status"]]
        return status, listed


def found(server: Viben, requirement: str, **limits: int) -> Result:
    """Examine one requirement on the server."""
    with serving(server) as url:
        return run_requirement(SUITE, requirement, Target(url, limits=Limits(**limits)))


@pytest.mark.parametrize("requirement", ["VIBEN-UPDATE-01", "VIBEN-DELETE-01"])
def test_a_failure_is_shown_again(requirement: str) -> None:
    """The script begins with the word that it was replayed, and nothing is left of it on the server."""
    server = Forgetful() if "UPDATE" in requirement else Undead()
    result = found(server, requirement)

    assert (result.verdict, result.reproduce[0]) == (Verdict.FAIL, PROVEN)
    assert server.sessions == {} or isinstance(server, Undead)


def test_reads_that_say_nothing_are_left_out() -> None:
    """What can be done without is not in the script; what changes something always is."""
    server = Forgetful()
    result = found(server, "VIBEN-UPDATE-01")

    assert len(result.reproduce) - 2 <= len(result.timeline)
    assert any("-X PATCH" in line for line in result.reproduce)


def test_what_happened_once_is_told_as_it_was() -> None:
    """A failure that does not show again has its script, and no word of a proof."""
    result = found(Moody(), "VIBEN-CREATE-03")

    assert result.verdict is Verdict.FAIL
    assert PROVEN not in result.reproduce
    assert "curl" in result.reproduce[-1]


def test_what_earlier_requests_left_over_proves_nothing() -> None:
    """Only where the requests of the script make what shows the fault has it been replayed."""
    with serving(Haunted()) as url:
        report = run(SUITE, Target(url), Options(quick=True, only=("VIBEN-LIST-*", "VIBEN-DELETE-02")))
    scripts = {each.requirement.id: "\n".join(each.reproduce) for each in report.results if each.reproduce}

    assert {"VIBEN-LIST-06", "VIBEN-DELETE-02"} <= scripts.keys()
    assert [each for each, text in scripts.items() if (PROVEN in text) != ("-X DELETE" in text)] == []


def test_a_spent_budget_proves_nothing() -> None:
    """Replays are requests like any other."""
    result = found(Undead(), "VIBEN-DELETE-01", max_requests=4)

    assert PROVEN not in result.reproduce


def test_a_chain_is_cut_down() -> None:
    """A finding along random chains is shown by its creation, its deletion, and one use."""
    with serving(Undead()) as url:
        result = run_requirement(SUITE, "VIBEN-STATEFUL-01", Target(url), Options())

    assert (result.verdict, result.reproduce[0]) == (Verdict.FAIL, PROVEN)
    assert len(result.reproduce) == 5


@needs_curl
def test_the_script_shows_it_to_anybody() -> None:
    """Run against another server with the same fault, the last reply is the session that should be gone."""
    result = found(Undead(), "VIBEN-DELETE-01")
    with serving(Undead()) as url:
        script = "\n".join([f"export BASE_URL={url}", *result.reproduce])
        done = subprocess.run(["/bin/bash", "-c", script], capture_output=True, text=True, check=True)

    assert '"agent_id"' in done.stdout.splitlines()[-1]


CREATED = exchange("POST", "/n", b"{}", b'{"id": "n-7"}')
DELETED = exchange("DELETE", "/n/n-7")


def read(status: int) -> Exchange:
    """Return a read of the record with this status."""
    return Exchange("GET", "/n/n-7", (), None, status)


def test_chains_are_recognised_by_what_they_show() -> None:
    """A use needs a deletion before it, a loss a creation and no deletion."""
    assert used_after_deletion([CREATED, DELETED, read(200)])
    assert not used_after_deletion([CREATED, read(200)])
    assert missing_after_creation([CREATED, read(404)])
    assert not missing_after_creation([CREATED, DELETED, read(404)])
    assert not missing_after_creation([read(404)])


def test_ids_do_not_tell_expectations_apart() -> None:
    """What was expected then and now is the same but for the ids."""
    assert anonymous("n-17 gone", {"n-1": "n-2", "n-17": "n-18"}) == anonymous("n-18 gone", {"n-17": "n-18"})
