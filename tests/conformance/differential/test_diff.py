"""The command `conformance diff`, between real servers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance.cli import main
from tests.foreign.viben import Answer, Record, Viben, serving

KEY = "k-9fK2mQ7xT4bW1cZ8"
ONLY = ["--quick", "--only", "VIBEN-GET-*", "--only", "VIBEN-DELETE-*"]


class Other(Viben):
    """Has no owner in its records, and answers an update with 200."""

    def shown(self, session: Record) -> Record:
        """Return a session without its owner."""
        return {name: value for name, value in super().shown(session).items() if name != "owner"}

    def update(self, session: Record, body: Any) -> Answer:
        """Change a session."""
        status, _ = super().update(session, body)
        return (200, None) if status == 204 else (status, {"message": "wrong type"})


class Talkative(Viben):
    """Has a member called after the credential it is sent, and says it over and over in another."""

    def shown(self, session: Record) -> Record:
        """Return a session that tells the credential."""
        return {**super().shown(session), KEY: 1, "owner": KEY * 50}


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Viben, str, str, str]]:
    """Serve two that are alike, and one that is not."""
    left = Viben()
    with serving(left) as one, serving(Viben()) as same, serving(Other()) as other:
        yield left, one, same, other


def diff(left: str, right: str, *more: str) -> int:
    """Run the command."""
    return main(["diff", "viben", "--left", left, "--right", right, *ONLY, *more])


def test_deployments_that_are_alike_agree(
    servers: tuple[Viben, str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Other ids and times are no difference, and nothing is left behind."""
    left, one, same, _ = servers

    assert diff(one, same) == 0
    assert "fidelity 100.0 %" in capsys.readouterr().out
    assert left.sessions == {}


def test_where_they_part_is_told_with_evidence(servers: tuple[Viben, str, str, str], tmp_path: Path) -> None:
    """Each difference has operation, kind, place, both sides, and the requests that show it."""
    _, one, _, other = servers

    assert diff(one, other, "--report-json", str(tmp_path / "diff.json")) == 1
    found = json.loads((tmp_path / "diff.json").read_text("utf-8"))
    told = {(each["operation"], each["kind"], each["place"]) for each in found["differences"]}
    assert ("get_session", "member", "owner") in told
    assert ("update_session", "status", "") in told
    assert all(each["evidence"][-1].startswith("curl") for each in found["differences"])
    assert found["operations"]["delete_session"]["fidelity"] == 1.0


@pytest.mark.deep
def test_evidence_makes_what_it_names(servers: tuple[Viben, str, str, str], tmp_path: Path) -> None:
    """Each script runs on the left by itself: the sessions it names are those that it made before."""
    _, one, _, other = servers
    generated = ["--only", "VIBEN-STATUS-01", "--report-json", str(tmp_path / "diff.json")]

    assert diff(one, other, *generated) == 1
    found = json.loads((tmp_path / "diff.json").read_text("utf-8"))
    scripts = [each["evidence"] for each in found["differences"] if each["operation"] == "update_session"]
    assert [each for each in scripts if not any("-X POST" in line for line in each)] == []
    assert all('/api/sessions/"${id}"' in each[-1] for each in scripts)


def test_accepted_differences_do_not_count(
    servers: tuple[Viben, str, str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a reason for each, the deployments agree; what is not seen any more is said."""
    _, one, _, other = servers
    file = tmp_path / "accepted.toml"
    file.write_text(
        '[[accepted]]\nkind = "member"\nplace = "*owner"\nreason = "no owners here"\n'
        '[[accepted]]\noperation = "update_session"\nchange = "204 -> 200"\nreason = "empty 200"\n'
        '[[accepted]]\noperation = "send_message"\nreason = "long repaired"\n',
        "utf-8",
    )

    assert diff(one, other, "--accepted", str(file)) == 0
    said = capsys.readouterr().out
    assert "accepted: no owners here" in said
    assert "not seen any more: long repaired" in said


def test_a_deployment_that_is_not_there_is_no_difference(
    servers: tuple[Viben, str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What could not be compared ends with status 2."""
    assert diff(servers[1], "http://127.0.0.1:9") == 2
    assert "cannot be reached" in capsys.readouterr().out


WRONG = [
    ("nonsense", "is not TOML"),
    ("x = 1", "expected entries [[accepted]]"),
    ('[[accepted]]\nkind = "status"', "say in `reason`"),
    ('[[accepted]]\nwhat = "x"\nreason = "y"', "unknown key what"),
    ("[[accepted]]\nkind = 1", "every value must be a text"),
]


@pytest.mark.parametrize(("text", "reason"), WRONG, ids=[reason for _, reason in WRONG])
def test_a_file_that_cannot_be_used_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    """The message names file, entry and reason."""
    (tmp_path / "accepted.toml").write_text(text, "utf-8")

    assert (
        diff("http://127.0.0.1:9", "http://127.0.0.1:9", "--accepted", str(tmp_path / "accepted.toml")) == 2
    )
    assert reason in capsys.readouterr().err


def test_credentials_are_in_no_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even where a deployment calls a member after one, or where a long value is cut."""
    file, report = tmp_path / "target.toml", tmp_path / "diff.json"
    with serving(Viben()) as one, serving(Talkative()) as other:
        file.write_text(f'base_url = "{other}"\n[headers]\nX-Key = "{KEY}"\n')
        assert diff(one, str(file), "--report-json", str(report)) == 1

    for text in (capsys.readouterr().out, report.read_text("utf-8")):
        assert "${X_KEY_HEADER}" in text
        assert KEY[:8] not in text
