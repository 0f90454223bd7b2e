"""The two commands as a person uses them: the vendor's examples by curl, verdicts on good and bad."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mock_server import apis
from tests.saboteurs.stage import stage
from tests.saboteurs.viben import creation
from tests.servers import running

needs_curl = pytest.mark.skipif(
    not shutil.which("curl") and "CI" not in os.environ, reason="needs curl: install it to run this test"
)


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    """Viben, served by `mock-server serve viben`."""
    with running("viben") as server:
        yield server.url


def curl(url: str, *arguments: str) -> Any:
    """The JSON that curl gets."""
    command = ["curl", "-sS", "--fail-with-body", url, "-H", "Content-Type: application/json", *arguments]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def conformance(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command `conformance`."""
    return subprocess.run(
        [sys.executable, "-m", "conformance", *arguments], capture_output=True, text=True, check=False
    )


@needs_curl
def test_viben_document_examples_give_what_the_document_shows(base_url: str) -> None:
    """Create, get, patch, message, list with each filter and delete answer as the vendor's page has it."""
    sessions = f"{base_url}/api/sessions"
    new = '{"agent_id": "CLAUDE_CODE", "task_id": "task-new", "prompt": "Initial prompt for the session"}'
    created = curl(sessions, "-d", new)
    one = f"{sessions}/{created['id']}"
    shown = curl(one)
    patched = curl(one, "-X", "PATCH", "-d", '{"status": "paused", "data": {"notes": "Paused for review"}}')
    receipt = curl(f"{one}/message", "-d", '{"content": "Please continue with the implementation"}')
    lists = [
        curl(f"{sessions}?{query}") for query in ("task_id=task-new", "agent_id=CLAUDE_CODE", "status=active")
    ]
    curl(one, "-X", "DELETE")
    left = curl(f"{sessions}?task_id=task-new")

    assert list(created) == ["id", "agent_id", "task_id", "status", "created_at"]
    assert (created["status"], shown["message_count"], shown["data"]) == ("created", 0, {})
    assert (patched["status"], patched["data"]) == ("paused", {"notes": "Paused for review"})
    assert (receipt["status"], receipt["message_id"][:4]) == ("sent", "msg-")
    assert all(created["id"] in [each["id"] for each in found["sessions"]] for found in lists)
    assert left == {"sessions": []}


def test_the_mock_conforms_and_every_requirement_has_a_verdict(tmp_path: Path) -> None:
    """`conformance run viben` starts its mock, exits 0, and reports a verdict on every requirement."""
    done = conformance("run", "viben", "--report-json", str(tmp_path / "report.json"))
    report = json.loads((tmp_path / "report.json").read_text())
    catalogue = json.loads(conformance("requirements", "viben", "--json").stdout)

    assert done.returncode == 0, done.stdout
    assert [each["id"] for each in report["results"]] == [each["id"] for each in catalogue]
    assert {each["verdict"] for each in report["results"]} == {"pass"}


@needs_curl
def test_a_server_that_starts_sessions_active_is_named_and_shown(tmp_path: Path) -> None:
    """A server that says `active` on create gets exit 1, the requirement's id, and a curl script."""
    with stage() as this:
        target = this.play(apis.load("viben"), creation.says_active)
        report = str(tmp_path / "report.json")
        done = conformance("run", "viben", "--url", target.base_url, "--report-json", report)
        results = {each["id"]: each for each in json.loads(Path(report).read_text())["results"]}
        failure = results["VIBEN-CREATE-03"]
        script = "\n".join(failure["reproduce"])
        shown = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=True)

    assert done.returncode == 1
    assert failure["verdict"] == "fail"
    assert '"status":"active"' in shown.stdout
