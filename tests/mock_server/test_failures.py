"""A failure goes from one machine to another by command: bundled, brought back, and replayed."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.servers import running

SESSION = "/api/sessions/session-abc123"


def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """`mock-server ARGUMENTS` as a process."""
    line = [sys.executable, "-m", "mock_server", *arguments]
    return subprocess.run(line, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def failure(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of one namespace of a server that is gone."""
    path = tmp_path_factory.mktemp("failure") / "failure.json"
    with running("viben", "--seed", "7") as server:
        with httpx.Client(base_url=server.url, headers={"X-Mock-Namespace": "broken"}) as client:
            client.post("/api/sessions", json={"agent_id": "CODEX"})
            client.delete(SESSION)
            client.get(SESSION)
        made = command("bundle", "--url", server.url, "--namespace", "broken", "--output", str(path))
    assert made.stdout == f"{path}: 3 requests of the namespace broken\n", made.stderr
    return path


def test_a_failure_is_brought_back(failure: Path) -> None:
    """A new server begins where the other one was, APIs and seed included."""
    with running("--bundle", str(failure)) as server:
        assert [line.split()[0] for line in server.printed[:1]] == ["viben"]
        assert httpx.get(f"{server.url}{SESSION}").status_code == 404
        assert httpx.get(f"{server.url}/__admin/state").json()["seed"] == 7


def test_a_failure_is_replayed(failure: Path) -> None:
    """Repeated on the same program, nothing differs, and the exit status is 0."""
    result = command("replay", str(failure))

    assert (result.returncode, result.stdout) == (0, "3 requests, 0 differences\n")


def test_a_replay_that_differs_ends_with_1(failure: Path, tmp_path: Path) -> None:
    """Each difference is shown with request, place, and both values."""
    bundle = json.loads(failure.read_text())
    bundle["requests"][2]["answer"]["status"] = 200
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(bundle))
    result = command("replay", str(changed))

    assert result.returncode == 1
    assert result.stdout == f"viben GET {SESSION}\n  status: 200 -> 404\n3 requests, 1 differences\n"


@pytest.mark.parametrize("arguments", [("replay",), ("serve", "--port", "0", "--bundle")], ids=" ".join)
def test_a_file_that_is_no_bundle_ends_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """The message is one line that names the file and what is wrong with it."""
    path = tmp_path / "none.json"
    path.write_text("{}")
    result = command(*arguments, str(path))

    assert result.returncode == 2
    assert result.stderr == f"mock-server: {path}: /format: format: is required\n"


def test_a_server_that_is_not_there_ends_with_2() -> None:
    """Bundling from nowhere is an error that a person understands."""
    result = command("bundle", "--url", "http://127.0.0.1:9")

    assert result.returncode == 2
    assert "http://127.0.0.1:9" in result.stderr
