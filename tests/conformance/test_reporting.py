"""Reports on the command line: every form is written, shards add up, earlier runs are compared."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance.cli import main
from conformance.report import forms
from tests.foreign.viben import Viben, serving

SOME = ("--quick", "--only", "VIBEN-CREATE-*", "--only", "VIBEN-SCHEMA-01", "--only", "VIBEN-GET-*")


class Active(Viben):
    """Calls a new session active."""

    initial_status = "active"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Serve a server with a breach."""
    with serving(Active()) as address:
        yield address


def results(file: Path) -> list[tuple[str, str, str]]:
    """Return what a JSON report says of each requirement."""
    document: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return [(each["id"], each["verdict"], each["expected"]) for each in document["results"]]


def test_every_form_is_written(url: str, tmp_path: Path) -> None:
    """Each flag writes its file, also when the deployment does not conform."""
    flags = [f"--report-{form}={tmp_path / form}" for form in forms.FORMS]

    assert main(["run", "viben", "--url", url, "--only", "VIBEN-CREATE-0[1-3]", *flags]) == 1
    assert all("conform" in (tmp_path / form).read_text("utf-8") for form in forms.FORMS)


def test_a_report_can_go_to_standard_output(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With - the output is the report and nothing else; what people read goes to standard error."""
    assert main(["run", "viben", "--url", url, "--only", "VIBEN-CREATE-03", "--report-json", "-"]) == 1

    said = capsys.readouterr()
    assert json.loads(said.out)["verdict"] == "fail"
    assert said.err.endswith("viben does not conform (verdict fail)\n")
    assert not Path("-").exists()


def test_a_comparison_can_go_to_standard_output(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same holds for what `diff` finds."""
    both = ["--left", url, "--right", url, "--only", "VIBEN-CREATE-03"]

    assert main(["diff", "viben", *both, "--report-json", "-"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["differences"] == []
    assert "fidelity 100.0 %" in said.err


def test_standard_output_takes_one_report(capsys: pytest.CaptureFixture[str]) -> None:
    """Two at once would be neither."""
    assert main(["run", "viben", "--report-json", "-", "--report-html", "-"]) == 2
    assert "only one report can go to standard output" in capsys.readouterr().err


def test_shards_add_up_to_the_whole_run(url: str, tmp_path: Path) -> None:
    """Merged, three shards say exactly what one run says."""
    run = ["run", "viben", "--url", url, *SOME]
    parts = [str(tmp_path / f"{number}.json") for number in (1, 2, 3)]
    main([*run, "--report-json", str(tmp_path / "whole.json")])
    for number, part in enumerate(parts, 1):
        main([*run, "--shard", f"{number}/3", "--report-json", part])

    assert main(["merge", *parts, "--report-json", str(tmp_path / "merged.json")]) == 1
    assert results(tmp_path / "merged.json") == results(tmp_path / "whole.json")


def test_a_missing_shard_is_said(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A machine that died has found nothing out, so nothing is concluded."""
    part = str(tmp_path / "1.json")
    main(["run", "viben", "--url", url, *SOME, "--shard", "2/2", "--report-json", part])

    assert main(["merge", part]) == 2
    assert "the report of shard 1/2 is missing" in capsys.readouterr().err


def test_changes_since_an_earlier_run_are_told(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an earlier report says otherwise is listed."""
    earlier = str(tmp_path / "earlier.json")
    with serving(Viben()) as honest:
        main(["run", "viben", "--url", honest, "--only", "VIBEN-CREATE-03", "--report-json", earlier])

    main(["run", "viben", "--url", url, "--only", "VIBEN-CREATE-03", "--previous", earlier])
    assert "VIBEN-CREATE-03  pass -> fail" in capsys.readouterr().out


def test_a_failure_can_be_examined_again(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The report holds the command for it, which ends the same way."""
    main(["run", "viben", "--url", url, "--only", "VIBEN-CREATE-*", "--seed", "5"])
    lines = [each.strip() for each in capsys.readouterr().out.splitlines()]
    command = next(each for each in lines if each.startswith("conformance run"))

    assert command.endswith("--seed 5 --only VIBEN-CREATE-03")
    assert main(command.split()[1:]) == 1


def test_a_report_that_is_none_is_refused_before_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody waits for a run to hear that a file cannot be read."""
    (tmp_path / "x.json").write_text("{}", "utf-8")

    assert main(["run", "viben", "--url", "http://127.0.0.1:9", "--previous", str(tmp_path / "x.json")]) == 2
    assert "x.json: is no report of schema 1.0" in capsys.readouterr().err
