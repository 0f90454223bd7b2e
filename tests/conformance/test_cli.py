"""The command line: exit statuses, messages and files."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest

from conformance.apis.viben import SUITE
from conformance.cli import main
from conformance.report import json as json_report
from tests.foreign.viben import Viben, serving


class Active(Viben):
    """Calls a new session active."""

    initial_status = "active"


@pytest.fixture(scope="module")
def honest() -> Iterator[str]:
    """Serve the honest foreign server."""
    with serving(Viben()) as url:
        yield url


def test_a_conforming_deployment_exits_0(honest: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With a URL the tier is documented, and the last line is the verdict."""
    assert main(["run", "viben", "--url", honest, "--only", "VIBEN-CREATE-*"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert "tier documented" in lines[0]
    assert lines[-1] == "viben conforms (verdict pass)"


def test_a_breach_exits_1_and_is_named_with_a_script(tmp_path: Path) -> None:
    """The report names the requirement, keeps the published schema and holds the curl line."""
    file = tmp_path / "report.json"
    with serving(Active()) as url:
        status = main(["run", "viben", "--url", url, "--only", "VIBEN-CREATE-*", "--report-json", str(file)])

    report = json.loads(file.read_text("utf-8"))
    failed = [each for each in report["results"] if each["verdict"] == "fail"]
    assert status == 1
    assert jsonschema_rs.is_valid(json_report.schema(), report)
    assert [each["id"] for each in failed] == ["VIBEN-CREATE-03"]
    assert (failed[0]["expected"], failed[0]["got"]) == ('status of the new session "created"', '"active"')
    assert "curl" in failed[0]["reproduce"][-1]


def test_a_deployment_that_is_not_there_exits_2(tmp_path: Path) -> None:
    """What could not be judged is neither 0 nor 1, and the report is written all the same."""
    file = tmp_path / "report.json"
    command = ["run", "viben", "--url", "http://127.0.0.1:9", "--only", "VIBEN-CREATE-0[12]"]

    assert main([*command, "--report-json", str(file)]) == 2
    assert json.loads(file.read_text("utf-8"))["verdict"] == "error"


def test_without_a_url_the_mock_is_examined_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    """The mock is started for the run and held to the assumed requirements too."""
    assert main(["run", "viben", "--only", "VIBEN-CREATE-07"]) == 0
    assert "tier full" in capsys.readouterr().out


def test_a_target_file_is_used(honest: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Address and settings come from the file: here the agent to create sessions with."""
    file = tmp_path / "target.toml"
    file.write_text(f'base_url = "{honest}"\n[settings]\nagent_id = "GEMINI"\n', "utf-8")

    assert main(["run", "viben", "--target", str(file), "--only", "VIBEN-CREATE-0[1-3]"]) == 0
    assert honest in capsys.readouterr().out


WRONG = [
    (["run", "vibes"], "there is no API 'vibes'; there are "),
    (["requirements", "vibes"], "there is no API 'vibes'"),
    (["run", "viben", "--url", "ftp://x"], "--url: is not an http(s) URL"),
    (["run", "viben", "--only", "VIBEN-NO-01"], "no requirement is called 'VIBEN-NO-01'"),
    (["run", "viben", "--skip", "VIBEN-NO-01"], "no requirement is called 'VIBEN-NO-01'"),
    (["run", "viben", "--url", "http://x", "--only", "VIBEN-CREATE-07"], "add --tier full"),
    (["run", "viben", "--target", "/no/such.toml"], "/no/such.toml: cannot be read"),
    (["run", "viben", "--report-json", "/no/such/report.json"], "there is no folder /no/such"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=[" ".join(each) for each, _ in WRONG])
def test_what_cannot_be_used_is_said_in_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong name, address or file gives one line that says what to change, and exit status 2."""
    assert main(arguments) == 2

    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_no_message_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """What a message is about stands in it with escapes, whoever named it so."""
    assert main(["run", "viben", "--target", "/no/\x1b[2J.toml"]) == 2
    assert "/no/\\x1b[2J.toml: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["run"],
        ["run", "viben", "--tier", "half"],
        ["run", "viben", "--max-time", "0"],
        ["run", "viben", "--max-time", "nan"],
        ["run", "viben", "--max-time", "1e300"],
        ["run", "viben", "--max-requests", "-1"],
        ["run", "viben", "--seed", "x"],
        ["run", "viben", "--url", "http://x", "--target", "y"],
    ],
    ids=" ".join,
)
def test_wrong_flags_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What the grammar does not know is explained with the usage."""
    with pytest.raises(SystemExit) as end:
        main(arguments)

    assert end.value.code == 2
    assert "usage: conformance" in capsys.readouterr().err


@pytest.mark.parametrize("key", ["ca_file", "client_certificate"])
@pytest.mark.parametrize("flag", ["--quick", "--dry-run"])
def test_a_file_without_a_certificate_is_said_in_one_line(
    key: str, flag: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What TLS cannot use is a fault of the target file, and nothing is sent."""
    empty, file = tmp_path / "empty.pem", tmp_path / "target.toml"
    empty.write_text("", "utf-8")
    file.write_text(f'base_url = "https://127.0.0.1:9"\n[connection]\n{key} = "{empty}"\n', "utf-8")

    assert main(["run", "viben", "--target", str(file), flag]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"conformance: {file}: connection.{key}: holds no certificate")
    assert said.count("\n") == 1


def test_a_report_that_cannot_be_written_is_named(honest: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The error names the file, also where the disk is full."""
    command = ["run", "viben", "--url", honest, "--only", "VIBEN-CREATE-01", "--report-json", "/dev/full"]

    assert main(command) == 2
    assert "conformance: /dev/full: cannot be written: No space left" in capsys.readouterr().err


def test_a_fault_of_the_suite_is_no_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever goes wrong in the suite ends with 2 and one line; a message may hold a token."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("s3cret-token")

    monkeypatch.setattr("conformance.deployments.known", broken)

    assert main(["run", "viben", "--url", "http://127.0.0.1:9"]) == 2
    said = capsys.readouterr().err
    assert "a fault of the suite, not of a deployment: ZeroDivisionError in test_cli.py" in said
    assert "s3cret" not in said


def test_the_catalogue_is_listed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Every requirement is listed with what it is about and what it rests on."""
    assert main(["requirements", "viben", "--json"]) == 0

    listed = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in listed] == [each.id for each in SUITE.requirements]
    assert all(each["statement"] and each["source"] and each["operations"] for each in listed)


def test_the_catalogue_is_listed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """Each requirement has its line, and its source below."""
    assert main(["requirements", "viben"]) == 0
    assert "VIBEN-CREATE-03  MUST  A session that has just been created" in capsys.readouterr().out
