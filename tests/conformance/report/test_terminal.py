"""The report for people."""

from conformance.report import terminal
from conformance.result import Change, Residue, Result
from conformance.verdict import Verdict
from tests.conformance.report.samples import HOSTILE, broken, report
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


def test_a_server_cannot_write_lines_of_ours() -> None:
    """What it said stays in its line, and nothing of it steers the terminal."""
    lines = terminal.render(report(broken(HOSTILE))).splitlines()

    assert "viben conforms (verdict pass)" not in lines
    assert lines[-1] == "viben does not conform (verdict fail)"
    assert not [each for line in lines for each in line if not each.isprintable()]


def test_a_failure_says_how_to_examine_it_again() -> None:
    """The command of the run is there with the requirement's id."""
    text = terminal.render(report(broken()))

    assert "    conformance run viben --only SAMPLE-TOPIC-01\n" in text


def test_changes_and_residue_are_listed() -> None:
    """What is not as it was, and what was left behind, stands before the sums."""
    change, left = Change("SAMPLE-TOPIC-01", Verdict.PASS, None), Residue("/api/sessions/1", "403")
    text = terminal.render(report(changes=(change,), residue=(left,)))

    assert "SAMPLE-TOPIC-01  pass -> -" in text
    assert "/api/sessions/1: 403" in text
