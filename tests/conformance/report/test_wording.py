"""What a report concludes, in words: never more than was seen."""

from dataclasses import replace

import pytest

from conformance.report.wording import brief, conclusion
from conformance.requirement import Level
from conformance.result import Result
from conformance.verdict import Verdict
from tests.conformance.report.samples import broken, report, result
from tests.conformance.samples import holds, sample

PASS, SKIP, NEVER, KNOWN = Verdict.PASS, Verdict.SKIP, Verdict.INCONCLUSIVE, Verdict.KNOWN_FAILURE
CASES = {
    "all hold": ([PASS], "viben conforms"),
    "known": ([PASS, KNOWN], "viben conforms: of 2 requirements 1 kept, 1 known as broken"),
    "skipped": ([PASS, SKIP, SKIP], "viben conforms: of 3 requirements 1 kept, 2 skipped"),
    "never reached": (
        [PASS, NEVER, NEVER, SKIP],
        "viben was not judged whole: of 4 requirements 1 kept, 2 never reached, 1 skipped",
    ),
    "broken": ([PASS, Verdict.FAIL, NEVER], "viben does not conform"),
    "nothing judged": ([NEVER, SKIP], "viben could not be judged"),
    "an error": ([PASS, Verdict.ERROR], "viben could not be judged"),
}


@pytest.mark.parametrize(("verdicts", "said"), CASES.values(), ids=CASES)
def test_a_conclusion_says_what_it_leaves_open(verdicts: list[Verdict], said: str) -> None:
    """A deployment conforms where nothing examined was left open; what was not examined is counted."""
    found = [result(verdict, number) for number, verdict in enumerate(verdicts, 1)]

    assert conclusion(report(*found)) == said


def test_what_does_not_count_leaves_nothing_open() -> None:
    """A SHOULD that was never reached is no doubt about what must be."""
    never = Result(sample(holds, 2, level=Level.SHOULD), NEVER)

    assert conclusion(report(result(PASS), never)) == "viben conforms"


def test_a_result_is_told_once() -> None:
    """What was expected and got stands there once, behind what else there is to say."""
    assert brief(broken("that")) == "expected that, got that"
    assert brief(replace(broken("that"), reason="known until 2027")) == (
        "known until 2027. expected that, got that"
    )
    assert brief(result(SKIP, reason="no actor")) == "no actor"
