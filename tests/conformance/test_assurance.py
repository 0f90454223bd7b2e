"""When the deployment is looked at, and which verdicts are kept when it is gone."""

from collections.abc import Callable

import pytest

from conformance.assurance import Assurance
from conformance.exchange import Exchange
from conformance.guard import Guard
from conformance.model import Suspicion, Violation
from conformance.outcome import Broken
from conformance.result import Result
from conformance.timeline import steps
from conformance.verdict import Verdict
from tests.conformance.samples import holds, sample

GONE = "GET /api/sessions was answered with 404"


def answer(status: int, body: bytes = b"{}") -> Exchange:
    """Return an exchange that was answered so."""
    return Exchange("GET", "/api/sessions/1", (), None, status, (), body)


def result(verdict: Verdict, number: int = 1, last: int = 200) -> Result:
    """Return a result whose last reply had this status."""
    return Result(sample(holds, number), verdict, timeline=steps([answer(last)], {}))


def guard(looks: list[str], said: Callable[[], str]) -> Guard:
    """Return a wary guard that notes each look at the deployment."""

    def look() -> str:
        looks.append(said())
        return looks[-1]

    return Guard(trouble=look, wary=True)


def gone() -> Guard:
    """Return the guard of a deployment that is no longer there."""
    return guard([], lambda: GONE)


def test_refusals_that_turn_out_to_be_meant_are_doubted_ever_more_seldom() -> None:
    """After three in a row, then after six more, then after twelve; a record that is shown ends the row."""
    looks: list[str] = []
    this = guard(looks, str)
    for status in [404, 401, 200] + 44 * [404]:
        this.answered(answer(status))

    assert len(looks) == 3


def test_what_no_api_says_is_doubted_after_three() -> None:
    """Redirects, errors of a gateway and web pages; then nothing more is sent."""
    this = gone()
    for exchange in (answer(302), answer(503), answer(200, b"<html>")):
        this.permit("GET")
        this.answered(exchange)

    with pytest.raises(Broken, match="stopped answering as it did before"):
        this.permit("GET")


def test_the_mock_of_the_run_is_not_doubted() -> None:
    """Whatever it answers: nothing else can be at its address."""
    this = Guard(trouble=lambda: GONE)
    for status in 10 * [302, 404]:
        this.answered(answer(status))

    assert this.down == ""


def test_passes_since_the_last_sign_of_life_are_taken_back() -> None:
    """What had been judged before, and what was skipped, stays."""
    assurance = Assurance(gone())
    assurance.guard.answered(answer(200))
    first = assurance.of_script(result(Verdict.PASS, 1))
    assurance.guard.answered(answer(404))
    assurance.of_script(result(Verdict.PASS, 2))
    assurance.of_script(result(Verdict.SKIP, 3))
    lost = assurance.of_scripts()

    assert [each.verdict for each in (*first, *lost)] == [Verdict.PASS, Verdict.ERROR, Verdict.SKIP]
    assert GONE in lost[0].reason


def test_a_run_whose_time_ends_in_silence_concludes_nothing() -> None:
    """The request that was not answered says more than that the time is spent."""
    assurance = Assurance(gone())
    assurance.guard.unanswered(answer(0), "no reply")
    assurance.of_script(result(Verdict.INCONCLUSIVE))

    assert [each.verdict for each in assurance.of_scripts()] == [Verdict.ERROR]


def test_generated_failures_that_only_the_deployment_can_have_caused_are_kept() -> None:
    """Its own error of before stays a failure; a refusal may be somebody else's."""
    found = [result(Verdict.FAIL, 1, last=500), result(Verdict.FAIL, 2, last=404), result(Verdict.PASS, 3)]

    verdicts = [each.verdict for each in Assurance(gone()).of_generator(found)]
    assert verdicts == [Verdict.FAIL, Verdict.ERROR, Verdict.ERROR]
    assert Assurance(guard([], str)).of_generator(found) == found


@pytest.mark.parametrize(("status", "verdict"), [(404, Verdict.ERROR), (200, Verdict.FAIL)])
def test_what_the_model_saw_is_kept_where_it_saw_the_deployment(status: int, verdict: Verdict) -> None:
    """A record that is not found any more may just be on the server that left."""
    violation = Violation(Suspicion("SAMPLE-TOPIC-01", "1", "200", "404"), (answer(status),))

    assert Assurance(gone()).of_model(violation, result(Verdict.FAIL)).verdict is verdict
