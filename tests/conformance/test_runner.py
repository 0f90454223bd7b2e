"""How examinations end, and what the runner makes of it; against the honest foreign server."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance import expect, runner
from conformance.apis.viben import SUITE
from conformance.client import Http
from conformance.exchange import Journal
from conformance.options import Options
from conformance.outcome import Inconclusive, Skip
from conformance.requirement import Level
from conformance.runner import run, run_requirement
from conformance.target import Actor, Limits, Target
from conformance.verdict import Verdict
from tests.conformance.samples import guess, holds, sample, suite
from tests.foreign.viben import AGENT, Answer, Viben, serving

OPTIONS = Options()


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    """Serve the honest foreign server."""
    with serving(Viben()) as url:
        yield Target(url)


def raising(reason: Exception) -> Any:
    """Return a check that ends so."""

    def check(_: Http) -> None:
        raise reason

    return check


def breach(http: Http) -> None:
    """Find a broken promise."""
    expect.equal("status", http.request("GET", "/sessions").status, 201)


def test_what_was_created_is_deleted_after_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A run that the suite itself breaks off tidies up all the same."""

    def create_and_fail(this: runner.Run, _: object) -> None:
        runner.client(this, "x", Journal()).request("POST", "/sessions", body={"agent_id": AGENT})
        raise ZeroDivisionError

    monkeypatch.setattr(runner, "examine_all", create_and_fail)
    server = Viben()
    with serving(server) as url, pytest.raises(ZeroDivisionError):
        run(SUITE, Target(url), OPTIONS, tmp_path)

    assert server.number == 1001
    assert server.sessions == {}


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        (holds, Verdict.PASS),
        (breach, Verdict.FAIL),
        (raising(Inconclusive("never reached")), Verdict.INCONCLUSIVE),
        (raising(Skip("no such feature")), Verdict.SKIP),
        (raising(ZeroDivisionError("our fault")), Verdict.ERROR),
    ],
    ids=["pass", "fail", "inconclusive", "skip", "error"],
)
def test_each_end_is_one_verdict(target: Target, check: Any, verdict: Verdict) -> None:
    """A function ends in one of five ways, and a fault of the suite is no failure of the server."""
    report = run(suite(sample(check)), target, OPTIONS)

    assert [each.verdict for each in report.results] == [verdict]


def test_a_failure_says_what_came_and_how_to_see_it(target: Target) -> None:
    """Expected, got and the curl line stand in the result."""
    result = run_requirement(suite(sample(breach)), "SAMPLE-TOPIC-01", target)

    assert (result.expected, result.got) == ("status 201", "200")
    assert result.reproduce[-1] == 'curl -sS -i "$BASE_URL"/api/sessions'


def test_no_reply_is_an_error() -> None:
    """A server that is not there broke no promise."""
    result = run_requirement(suite(sample(breach)), "SAMPLE-TOPIC-01", Target("http://127.0.0.1:9"))

    assert result.verdict is Verdict.ERROR
    assert "ConnectError" in result.reason


def test_what_the_target_lacks_is_named(target: Target) -> None:
    """A missing actor and a feature not claimed are skips with their names."""
    needs = suite(sample(holds, 1, actors=("member",)), sample(holds, 2, features=("sharing",)))

    report = run(needs, replace(target, features={"sharing": False}), OPTIONS)

    assert [each.verdict for each in report.results] == [Verdict.SKIP, Verdict.SKIP]
    assert "actor `member`" in report.results[0].reason
    assert "feature `sharing`" in report.results[1].reason


def test_only_and_skip_choose_requirements(target: Target) -> None:
    """`only` leaves the others out of the report, `skip` shows what was left out."""
    some = suite(sample(holds, 1), sample(breach, 2), sample(holds, 3))

    report = run(some, target, Options(only=("*-01", "*-02"), skip=("*-02",)))

    assert [(each.requirement.id[-2:], each.verdict) for each in report.results] == [
        ("01", Verdict.PASS),
        ("02", Verdict.SKIP),
    ]


def test_a_spent_budget_is_inconclusive(target: Target) -> None:
    """The request beyond the budget is not sent, and what needed it was not judged."""
    poor = replace(target, limits=Limits(max_requests=1))

    report = run(suite(sample(breach, 1), sample(breach, 2)), poor, OPTIONS)

    assert report.requests == 3  # a look at the target before the run, and before the failure is believed
    assert report.results[1].verdict is Verdict.INCONCLUSIVE
    assert "budget of 1 requests" in report.results[1].reason


class Counting(Viben):
    """Counts what it is asked."""

    asked = 0

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        """Answer."""
        self.asked += 1
        return super().answer(method, path, query, body)


@pytest.mark.parametrize("most", [10, 150])
def test_the_report_counts_every_request(most: int) -> None:
    """Also those that look at the target, look again, and clean up, which the budget does not hold back."""
    server = Counting()
    with serving(server) as url:
        report = run(SUITE, Target(url, limits=Limits(max_requests=most)), Options(quick=True))

    assert report.requests == server.asked


def test_credentials_of_an_actor_are_sent_and_masked(target: Target) -> None:
    """A request as an actor carries the actor's token; the reproduction names a variable."""

    def check(http: Http) -> None:
        sent = http.request("GET", "/sessions", actor="owner").exchange.headers
        expect.equal("headers", dict(sent), {"Authorization": "other"})

    known = replace(target, actors={"owner": Actor("owner", "s3cret")})
    result = run_requirement(suite(sample(check)), "SAMPLE-TOPIC-01", known)

    assert "s3cret" not in result.got + result.reason + " ".join(result.reproduce)
    assert '"${OWNER_TOKEN}"' in result.reproduce[-1]


@pytest.mark.parametrize(
    ("requirements", "level", "status"),
    [
        ([sample(holds)], Level.MUST, 0),
        ([sample(holds), sample(breach, 2)], Level.MUST, 1),
        ([sample(holds), sample(breach, 2, level=Level.SHOULD)], Level.MUST, 0),
        ([sample(holds), sample(breach, 2, level=Level.SHOULD)], Level.SHOULD, 1),
        ([sample(holds), sample(raising(KeyError()), 2)], Level.MUST, 2),
        ([sample(breach), sample(raising(KeyError()), 2)], Level.MUST, 1),
        ([sample(raising(Skip("none")))], Level.MUST, 2),
        ([guess(breach)], Level.MUST, 2),
    ],
    ids=[
        "pass",
        "fail",
        "should",
        "should counts",
        "error",
        "fail and error",
        "nothing passed",
        "nothing examined",
    ],
)
def test_exit_status(target: Target, requirements: list[Any], level: Level, status: int) -> None:
    """1 when a requirement that counts fails, else 2 for an error or when nothing passed, else 0."""
    assert run(suite(*requirements), target, Options(level=level)).exit_status == status


def test_what_an_examination_created_is_deleted() -> None:
    """The scripted layer leaves no session behind."""
    server = Viben()
    with serving(server) as url:
        result = run_requirement(SUITE, "VIBEN-LIST-03", Target(url))

    assert result.verdict is Verdict.PASS
    assert server.sessions == {}


def test_coverage_counts_operations_and_statuses(target: Target) -> None:
    """Every operation of the contract is listed, with the statuses it answered."""
    report = run(suite(sample(breach)), target, OPTIONS)

    assert report.coverage == {"list_sessions": {"200": 1}, "get_session": {}}
