"""The JUnit report: one test case for each requirement, and nothing passed that did not."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from conformance.report import junit
from conformance.report.characters import presentable
from conformance.requirement import Level
from conformance.result import Report
from conformance.verdict import Verdict
from tests.conformance.report.samples import HOSTILE, broken, report, result

OUTCOMES = {
    Verdict.PASS: None,
    Verdict.KNOWN_FAILURE: "skipped",
    Verdict.SKIP: "skipped",
    Verdict.INCONCLUSIVE: "skipped",
    Verdict.ERROR: "error",
    Verdict.UNEXPECTED_PASS: "failure",
    Verdict.FAIL: "failure",
}


def suite(found: Report) -> Element:
    """Return the parsed test suite."""
    suites = fromstring(junit.render(presentable(found)))  # noqa: S314  # our own text
    return suites[0]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_each_verdict_has_its_outcome(verdict: Verdict) -> None:
    """A pass has none; what could not be judged is skipped, and an error is no failure."""
    case = suite(report(result(verdict, reason="so it was"))).findall("testcase")[0]

    assert next((each.tag for each in case if each.tag != "properties"), None) == OUTCOMES[verdict]


def test_the_sums_are_those_of_the_cases() -> None:
    """Tests, failures, errors and skipped are counted."""
    found = suite(report(*(result(verdict, number) for number, verdict in enumerate(Verdict, 1))))

    assert [found.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["7", "2", "1", "3"]


def test_a_failure_has_its_story() -> None:
    """Message and text say what was expected, what came, what it rests on and how to see it."""
    failure = suite(report(broken())).find("testcase/failure")

    assert failure is not None
    assert failure.get("message") == "expected that, got that"
    assert failure.text == "It is so.\ndocumented: It is so.\n\ncurl -d 'that'"


def test_a_should_that_does_not_count_is_skipped_with_what_it_is() -> None:
    """Nobody's build is red for it, and nobody takes it for a pass."""
    skipped = suite(report(broken(level=Level.SHOULD))).find("testcase/skipped")

    assert skipped is not None
    assert skipped.get("message") == "fail: expected that, got that"


def test_whatever_a_server_said_is_xml() -> None:
    """The file can be parsed, and the text is in it with escapes for what XML cannot hold."""
    failure = suite(report(broken(HOSTILE))).find("testcase/failure")

    assert failure is not None
    assert "<script>alert(1)</script>" in (failure.get("message") or "")
    assert "\\x1b[2J" in (failure.get("message") or "")
