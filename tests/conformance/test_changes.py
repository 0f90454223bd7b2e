"""What has changed since an earlier run."""

from conformance.changes import since
from conformance.result import Change
from conformance.verdict import Verdict
from tests.conformance.report.samples import report, result


def test_other_verdicts_and_other_requirements_are_changes() -> None:
    """What stayed as it was is not mentioned; what was not examined in one of the runs is."""
    before = report(result(Verdict.PASS, 1), result(Verdict.PASS, 2), result(Verdict.SKIP, 3))
    now = report(result(Verdict.PASS, 1), result(Verdict.FAIL, 2), result(Verdict.PASS, 4))

    assert list(since(before, now)) == [
        Change("SAMPLE-TOPIC-02", Verdict.PASS, Verdict.FAIL),
        Change("SAMPLE-TOPIC-04", None, Verdict.PASS),
        Change("SAMPLE-TOPIC-03", Verdict.SKIP, None),
    ]
