"""The report for people."""

from conformance.report import terminal
from conformance.result import Result
from conformance.verdict import Verdict
from tests.conformance.report.test_json import report
from tests.conformance.samples import holds, sample


def test_a_failure_is_told_whole() -> None:
    """Sentence, vendor's words, expected, got and the curl lines are shown."""
    text = terminal.render(report(Result(sample(holds), Verdict.FAIL, "", "this", "that", ("curl -sS",))))

    for part in ("SAMPLE-TOPIC-01  It is so.", "documented: It is so.", "this", "that", "    curl -sS"):
        assert part in text
    assert text.endswith("viben does not conform (verdict fail)\n")


def test_a_skip_says_why() -> None:
    """What was not judged has its reason in the next line."""
    text = terminal.render(report(Result(sample(holds), Verdict.SKIP, reason="no actor")))

    assert "because no actor" in text
    assert "could not be judged (verdict skip)" in text
