"""The progress of a run."""

from io import StringIO

from conformance.report.live import CLEAR, Live
from conformance.verdict import Verdict
from tests.conformance.report.samples import broken, result


def test_the_line_tells_how_far_the_run_is() -> None:
    """Number, failures so far, and what is examined now are in one line, written over."""
    stream = StringIO()
    live = Live(stream, 5)
    live.judged(result(Verdict.PASS))
    live.judged(broken())
    live.examining("SAMPLE-TOPIC-03", 12)

    assert stream.getvalue() == f"{CLEAR}[2/5, 1 failed] SAMPLE-TOPIC-03, 12 requests"


def test_the_line_is_gone_at_the_end() -> None:
    """What follows starts in an empty line."""
    stream = StringIO()
    Live(stream, 1).end()

    assert stream.getvalue() == CLEAR
