"""The whole job on somebody's server: judged over a target file, broken in some ways, shown by curl."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conformance.cli import main
from tests.foreign.viben import Answer, Record, Viben, serving

needs_jq = pytest.mark.skipif(not shutil.which("jq") or not shutil.which("curl"), reason="needs curl and jq")


class Active(Viben):
    """Calls a new session active."""

    initial_status = "active"


class Unfiltered(Viben):
    """Lists every session, whatever the task."""

    def list(self, query: dict[str, str]) -> Answer:
        """List without the filter."""
        return super().list({name: value for name, value in query.items() if name != "task_id"})


class Texts(Viben):
    """Shows the number of messages as a text."""

    def shown(self, session: Record) -> Record:
        """Return a session as replies show it."""
        return {**session, "message_count": str(session["message_count"])}


class Beginnings(Viben):
    """Lists every session whose task begins as was asked for."""

    def list(self, query: dict[str, str]) -> Answer:
        """List by the beginning of the task."""
        wanted = query.pop("task_id", "")
        status, listed = super().list(query)
        if status == 200:
            found = [each for each in listed["sessions"] if each.get("task_id", "").startswith(wanted)]
            listed["sessions"] = found
        return status, listed


class FailsWhenItRefuses(Viben):
    """Takes a session for failed once an update of it was refused."""

    def update(self, session: Record, body: Any) -> Answer:
        """Update, or fail."""
        status, answer = super().update(session, body)
        session["status"] = "failed" if status == 422 else session["status"]
        return status, answer


class KeepsWhatItRefuses(Viben):
    """Keeps the data of an update that is refused."""

    def update(self, session: Record, body: Any) -> Answer:
        """Update, and keep the data in any case."""
        status, answer = super().update(session, body)
        if status == 422 and isinstance(body, dict) and isinstance(body.get("data"), dict):
            session["data"] = body["data"]
        return status, answer


BROKEN: list[tuple[type[Viben], str, str]] = [
    (Active, "VIBEN-CREATE-03", '"status": "active"'),
    (Unfiltered, "VIBEN-LIST-03", '"sessions": '),
    (Beginnings, "VIBEN-LIST-03", '"sessions": '),
    (FailsWhenItRefuses, "VIBEN-UPDATE-01", '"status": "failed"'),
    (KeepsWhatItRefuses, "VIBEN-UPDATE-02", '"data": {"refused": true}'),
    (Texts, "VIBEN-SCHEMA-01", '"message_count": "'),
]


def examined(server: Viben, requirement: str, folder: Path) -> tuple[int, dict[str, Any]]:
    """Examine a server over a target file; return the exit status and the requirement's result."""
    report, target = folder / "report.json", folder / "target.toml"
    with serving(server) as url:
        target.write_text(f'api = "viben"\nbase_url = "{url}"\n[limits]\nmax_time = 60\n', "utf-8")
        flags = ["--only", requirement, "--quick", "--report-json", str(report)]
        status = main(["run", "viben", "--target", str(target), *flags])
    (result,) = json.loads(report.read_text("utf-8"))["results"]
    return status, result


@pytest.mark.parametrize("requirement", sorted({each[1] for each in BROKEN}))
def test_the_honest_server_is_accepted(requirement: str, tmp_path: Path) -> None:
    """Nothing is held against choices that the document leaves open, and nothing stays behind."""
    server = Viben()

    status, result = examined(server, requirement, tmp_path)

    assert (status, result["verdict"]) == (0, "pass")
    assert server.sessions == {}


@needs_jq
@pytest.mark.parametrize(("broken", "requirement", "sign"), BROKEN, ids=[each[0].__name__ for each in BROKEN])
def test_a_broken_promise_is_named_and_shown(
    broken: type[Viben], requirement: str, sign: str, tmp_path: Path
) -> None:
    """The requirement fails, and its script shows the fault on another server with the same fault."""
    status, result = examined(broken(), requirement, tmp_path)
    with serving(broken()) as url:
        script = "\n".join([f"export BASE_URL={url}", *result["reproduce"]])
        done = subprocess.run(["/bin/bash", "-c", script], capture_output=True, text=True, check=True)

    assert (status, result["verdict"]) == (1, "fail")
    assert sign in done.stdout
