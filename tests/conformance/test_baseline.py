"""Known failures: put up with until their day, and told when they are over."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conformance.apis.viben import SUITE
from conformance.baseline import Known, applied, read, text, updated
from conformance.cli import main
from conformance.options import Options
from conformance.report import forms, terminal
from conformance.result import Report, Result
from conformance.runner import run
from conformance.target import Target
from conformance.target_values import TargetError
from conformance.verdict import Verdict
from tests.foreign.viben import Viben, serving

TODAY = date(2026, 6, 1)
IDS = [each.id for each in SUITE.requirements]
ONE = SUITE.find("VIBEN-CREATE-03")
KNOWN = Known("VIBEN-CREATE-03", "sessions start at once", date(2026, 12, 31), "https://a.example/1")
PAST = Known("VIBEN-CREATE-03", "sessions start at once", date(2026, 5, 31))


class Active(Viben):
    """Calls a new session active."""

    initial_status = "active"


@pytest.fixture(scope="module")
def empty() -> Report:
    """A report on nothing."""
    with serving(Viben()) as url:
        return run(SUITE, Target(url), Options(only=("NONE",)))


@pytest.mark.parametrize(
    ("known", "found", "verdict", "status"),
    [
        (KNOWN, Verdict.FAIL, Verdict.KNOWN_FAILURE, 2),
        (KNOWN, Verdict.PASS, Verdict.UNEXPECTED_PASS, 1),
        (KNOWN, Verdict.SKIP, Verdict.SKIP, 2),
        (PAST, Verdict.FAIL, Verdict.FAIL, 1),
    ],
)
def test_what_is_known_is_put_up_with(
    empty: Report, known: Known, found: Verdict, verdict: Verdict, status: int
) -> None:
    """A known failure does not count until its day has passed; a pass nobody expected does."""
    report = replace(empty, results=(Result(ONE, found),))

    after = applied(report, [known], TODAY)

    assert [each.verdict for each in after.results] == [verdict]
    assert after.exit_status == status


@pytest.mark.parametrize("form", ["terminal", "html", "json", "junit", "markdown", "sarif"])
def test_every_report_says_that_a_known_failure_has_expired(empty: Report, form: str) -> None:
    """Whoever reads a failure learns that it was known, why, and until when."""
    broken = Result(ONE, Verdict.FAIL, "expected this, got that", "this", "that")
    report = applied(replace(empty, results=(broken,)), [PAST], TODAY)

    text = terminal.render(report) if form == "terminal" else forms.text(report, form)

    assert "known until 2026-05-31, which has passed: sessions start at once" in text


def test_an_update_adds_what_fails_and_drops_what_holds(empty: Report, tmp_path: Path) -> None:
    """Explanations are kept; what fails anew gets a day and a place for its reason."""
    results = (Result(ONE, Verdict.FAIL), Result(SUITE.find("VIBEN-LIST-01"), Verdict.PASS))
    report = replace(empty, results=results)
    old = [Known("VIBEN-LIST-01", "gone", TODAY), Known("VIBEN-LIST-02", 'a "quoted" reason', TODAY)]
    file = tmp_path / "baseline.toml"

    file.write_text(text(updated(report, old, TODAY)))

    assert [(each.requirement, each.reason) for each in read(file, IDS)] == [
        ("VIBEN-LIST-02", 'a "quoted" reason'),
        ("VIBEN-CREATE-03", "not yet explained"),
    ]
    assert "link" not in file.read_text()


WRONG = [
    ("nothing", "is not TOML"),
    ("other = 1", "other: is not known"),
    ("known = 1", "known: must be a list"),
    ("known = [1]", "known[1]: must be a table"),
    ('[[known]]\nrequirement = "VIBEN-CREATE-03"', "known[1].reason: is missing"),
    ('[[known]]\nrequirement = "NO-SUCH-01"\nreason = ""\nexpires = 2026-01-01', "no requirement is called"),
    ('[[known]]\nrequirement = "VIBEN-CREATE-03"\nreason = ""\nexpires = "soon"', "must be a day"),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_errors_name_key_and_reason(tmp_path: Path, content: str, message: str) -> None:
    """A baseline that cannot be used says in which file, where and why."""
    file = tmp_path / "baseline.toml"
    file.write_text(content)

    with pytest.raises(TargetError) as error:
        read(file, IDS)

    assert message in str(error.value)
    assert str(file) in str(error.value)


def test_a_run_with_a_baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--update-baseline writes what fails; the next run accepts it and says that it is known."""
    file = str(tmp_path / "baseline.toml")
    with serving(Active()) as url:
        command = ["run", "viben", "--url", url, "--only", "VIBEN-CREATE-*", "--baseline", file]
        first, second = main([*command, "--update-baseline"]), main(command)

    assert (first, second) == (0, 0)
    assert "known-failure    VIBEN-CREATE-03" in capsys.readouterr().out


def test_an_unexpected_pass_fails_the_run(tmp_path: Path) -> None:
    """What holds again has to leave the baseline."""
    file = tmp_path / "baseline.toml"
    file.write_text(text([Known("VIBEN-CREATE-03", "was so", date(2099, 1, 1))]))
    with serving(Viben()) as url:
        assert main(["run", "viben", "--url", url, "--only", "VIBEN-CREATE-*", "--baseline", str(file)]) == 1
