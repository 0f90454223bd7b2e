"""The property layer, on the foreign server with and without a broken promise."""

import json
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from conformance.apis.viben import SUITE
from conformance.budget import Budget
from conformance.configuration import exceptions
from conformance.coverage import Coverage
from conformance.guard import Guard
from conformance.layer import Layer
from conformance.options import Options
from conformance.projection import projected
from conformance.property import explore
from conformance.requirement import Tier
from conformance.result import Result
from conformance.runner import run, run_requirement
from conformance.target import Limits, Target
from conformance.verdict import Verdict
from tests.foreign.viben import Answer, Record, Viben, serving

QUICK = Options(quick=True)


class WrongType(Viben):
    """Shows the number of messages as a text."""

    def shown(self, session: Record) -> Record:
        """Return a session as replies show it."""
        return {**session, "message_count": str(session["message_count"])}


class Crashing(Viben):
    """Fails on every message."""

    def message(self, session: Record, body: Any) -> Answer:
        """Take no message."""
        return 500, {"message": "oops"}


class Undead(Viben):
    """Deletes nothing."""

    def delete(self, session: Record) -> Answer:
        """Say that the session is gone."""
        return 204, None


class Reluctant(Viben):
    """Takes no session, with one status."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status

    def create(self, body: Any) -> Answer:
        """Put everybody off."""
        return self.status, {"error": "not now", "code": "NOT_NOW"}


def found(server: Viben, requirement_id: str, options: Options) -> Result:
    """Examine one requirement of the property layer on the server."""
    with serving(server) as url:
        return run_requirement(SUITE, requirement_id, Target(url), options)


def test_a_wrong_type_breaks_the_schema_requirement() -> None:
    """A reply beyond the contract fails the requirement on schemas, with the request that shows it."""
    result = found(WrongType(), "VIBEN-SCHEMA-01", QUICK)

    assert result.verdict is Verdict.FAIL
    assert "is not of type" in result.got
    assert result.reproduce[-1].startswith("curl -sS -i")


@pytest.mark.parametrize(
    ("server", "requirement_id"), [(Crashing(), "VIBEN-SERVER-ERROR-01"), (Undead(), "VIBEN-STATEFUL-01")]
)
def test_chains_reach_what_single_requests_do_not(server: Viben, requirement_id: str) -> None:
    """A breach that needs an existing session is found along the contract's links and told as a chain."""
    result = found(server, requirement_id, Options())

    assert result.verdict is Verdict.FAIL
    assert any(line.startswith("id=$(curl") for line in result.reproduce)


@pytest.mark.parametrize("status", [402, 409, 429, 503])
def test_an_operation_that_was_only_held_off_is_not_judged(status: int) -> None:
    """Nothing is known of it then: the requirement is inconclusive, and says which one it was."""
    result = found(Reluctant(status), "VIBEN-SCHEMA-01", QUICK)

    assert result.verdict is Verdict.INCONCLUSIVE
    assert result.reason == f"create_session was only held off, with {status}"


@pytest.mark.parametrize(("server", "verdict"), [(Viben(), Verdict.PASS), (Undead(), Verdict.FAIL)])
def test_a_quick_run_has_a_few_short_chains(server: Viben, verdict: Verdict) -> None:
    """Also what needs a chain is examined, so that a quick run leaves no requirement out."""
    assert found(server, "VIBEN-STATEFUL-01", QUICK).verdict is verdict


def test_a_server_that_is_not_there_is_an_error() -> None:
    """Without a connection there is no verdict on the deployment."""
    result = run_requirement(SUITE, "VIBEN-SCHEMA-01", Target("http://127.0.0.1:9"), QUICK)

    assert result.verdict is Verdict.ERROR


def test_the_budget_holds_for_generated_requests() -> None:
    """The generator stops at the request that spends the budget, and its requirements are inconclusive.

    Beside it come a deletion for each of them at the most, and looks at the target.
    """
    with serving(Viben()) as url:
        target = Target(url, limits=Limits(max_requests=12))
        report = run(SUITE, target, Options(only=("VIBEN-STATUS-01",)))

    assert 12 < report.requests <= 12 + 12 + 4
    assert [each.verdict for each in report.results] == [Verdict.INCONCLUSIVE]


def test_probes_go_the_way_of_all_requests() -> None:
    """What the engine sends to find out what a server takes is held to the same limits of time and pace."""
    seen: list[str] = []
    guard = Guard(observers=(lambda exchange: seen.append(exchange.path),))
    with serving(Viben()) as url:
        layer = Layer(SUITE, Target(url), QUICK, Budget(max_requests=20), Coverage(SUITE.contract()), guard)
        explore(layer, [SUITE.find("VIBEN-SCHEMA-01")])

    assert seen[0] == "/api"
    assert "schemathesis-probe" in seen[1]


def test_nothing_leads_to_the_records_of_others() -> None:
    """On a deployment that is not ours no link goes from something read to something changed."""
    contract = SUITE.contract()
    contract["paths"]["/sessions"]["get"]["responses"]["200"]["links"] = {
        "GetFirst": {"operationId": "get_session"},
        "DeleteFirst": {"operationId": "delete_session"},
    }

    foreign = projected(contract, Tier.FULL, Target("http://x"))
    own = projected(contract, Tier.FULL, Target("http://x", disposable=True))

    assert list(foreign["paths"]["/sessions"]["get"]["responses"]["200"]["links"]) == ["GetFirst"]
    assert "DeleteFirst" in json.dumps(own)


def test_a_reproduction_runs_on_a_fresh_server() -> None:
    """The script of a chain, run by a shell against another server, shows the breach again."""
    lines = found(Undead(), "VIBEN-DELETE-01", Options()).reproduce
    with serving(Undead()) as url:
        script = f"export BASE_URL={url}\n" + "\n".join(lines)
        shown = subprocess.run(["/bin/bash", "-c", script], capture_output=True, text=True, check=True)

    assert shown.stderr == ""
    assert '"id": "1001"' in shown.stdout.splitlines()[-1]


def test_a_suite_names_further_refusals() -> None:
    """A rule between fields, which no schema can say, may refuse what keeps the contract."""
    suite = replace(SUITE, refusals={"create_session": (422,)})
    (exception,) = exceptions(suite, {"positive_data_acceptance"})

    assert exception["include-operation-id"] == "create_session"
    assert "422" in exception["checks"]["positive_data_acceptance"]["expected-statuses"]
    assert exceptions(suite, {"not_a_server_error"}) == []
