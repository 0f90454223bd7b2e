"""An honest server that chooses otherwise wherever the document is silent is accepted, and left as it was."""

from copy import deepcopy

from conformance.apis.viben import SUITE
from conformance.options import Options
from conformance.runner import run
from conformance.target import Target
from conformance.verdict import Verdict
from tests.foreign.viben import Picky, Record, Viben, serving

SOMEBODYS: Record = {
    "id": "77",
    "agent_id": "CLAUDE_CODE",
    "task_id": "task-xyz",
    "status": "active",
    "created_at": "2024-01-16T10:00:00Z",
    "last_active": "2024-01-16T14:30:00Z",
    "message_count": 42,
    "data": {"model": "claude-3-sonnet"},
}


def test_an_honest_server_is_accepted_and_others_records_stay() -> None:
    """Every requirement is judged and holds, and a session that was there before is untouched."""
    server = Viben()
    server.sessions["77"] = deepcopy(SOMEBODYS)
    with serving(server) as url:
        report = run(SUITE, Target(url), Options())

    assert [each for each in report.results if each.verdict is not Verdict.PASS] == []
    assert report.exit_status == 0
    assert server.sessions["77"] == SOMEBODYS


def test_what_a_picky_server_does_not_allow_is_no_breach() -> None:
    """A server with its own agents and tasks is accused of nothing; what could not be tried is said."""
    server = Picky()
    for _ in range(25):
        server.create({"agent_id": "CLAUDE_CODE"})
    with serving(server) as url:
        report = run(SUITE, Target(url), Options())

    verdicts = {each.verdict for each in report.results}
    assert [each for each in report.results if each.verdict in (Verdict.FAIL, Verdict.ERROR)] == []
    assert verdicts == {Verdict.PASS, Verdict.INCONCLUSIVE}
