"""From a target file to a verdict anybody can check: a foreign Zipf server accepted, broken, interrupted."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from conformance import expect
from conformance.cli import main
from conformance.reducing import PROVEN
from tests.conformance.apis.zipf.test_fairness import TOKENS
from tests.foreign.zipf import Answer, Record, Zipf, serving

PATIENCE = 120
ENOUGH = 112  # the number of the server's twelfth session
needs_curl = pytest.mark.skipif(
    not shutil.which("jq") or not shutil.which("curl"), reason="needs curl and jq"
)
TARGET = """
api = "zipf"
base_url = "{url}"
[actors.owner]
token_env = "OWNER_TOKEN"
[actors.member]
token_env = "MEMBER_TOKEN"
[actors.outsider]
token_env = "OUTSIDER_TOKEN"
[actors.spare]
token_env = "SPARE_TOKEN"
[organizations]
shared = "o-1"
second = "o-2"
foreign = "o-9"
[settings]
crawl_urls = ["https://mine.example/a", "https://mine.example/b"]
tag_field = "tags"
link_graph_path = "/sessions/{{id}}/graph"
[hooks]
age = {{method = "POST", url = "{url}/_age", body = '{{"session_id": "{{id}}", "days": {{days}}}}'}}
"""


@pytest.fixture(autouse=True)
def _prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The credentials are in the environment; the server's jobs end with the number of looks."""
    monkeypatch.setattr(expect, "PAUSE", 0.0)
    for name, token in TOKENS.items():
        monkeypatch.setenv(f"{name.upper()}_TOKEN", token)


class Nosy(Zipf):
    """Shows every session to whoever has a token."""

    def level(self, session: Record, user: str) -> str | None:
        """Take strangers for members."""
        return super().level(session, user) or ("org_viewer" if user else None)


class Forgetful(Zipf):
    """Accepts updates and forgets them."""

    def update(self, session: Record, body: Any) -> Answer:
        """Change a copy."""
        return super().update({**session, "config": dict(session["config"])}, body)


class Unfiltered(Zipf):
    """Lists sessions whatever their status."""

    def passes(self, session: Record, query: dict[str, str]) -> bool:
        """Look at the other filters only."""
        return super().passes(session, {name: value for name, value in query.items() if name != "status"})


@contextmanager
def target_of(server: Zipf, folder: Path) -> Iterator[Path]:
    """Serve, and yield a target file for the server."""
    file = folder / "target.toml"
    with serving(server) as url:
        file.write_text(TARGET.format(url=url), "utf-8")
        yield file


def judged(server: Zipf, folder: Path, *flags: str) -> tuple[int, list[dict[str, Any]]]:
    """Examine a server; return the exit status and the results."""
    report = folder / "report.json"
    with target_of(server, folder) as file:
        status = main(["run", "zipf", "--target", str(file), "--report-json", str(report), *flags])
    results: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["results"]
    return status, results


@pytest.mark.deep
def test_an_honest_server_is_accepted(tmp_path: Path) -> None:
    """Whatever the document leaves open is left to the server, and nothing stays behind."""
    server = Zipf()
    status, results = judged(server, tmp_path)

    assert [each["id"] for each in results if each["verdict"] != "pass"] == []
    assert (status, server.sessions) == (0, {})


@needs_curl
@pytest.mark.parametrize(
    ("broken", "requirement", "sign"),
    [
        (Nosy, "ZIPF-ACCESS-06", '"name": "AI Research-zipf-access-06'),
        (Forgetful, "ZIPF-UPDATE-01", '"status": "active"'),
        (Unfiltered, "ZIPF-LIST-04", '"status": "active"'),
    ],
)
def test_a_broken_promise_is_named_and_proven(
    broken: type[Zipf], requirement: str, sign: str, tmp_path: Path
) -> None:
    """The requirement fails, and its proven script shows the fault on another server with the same fault."""
    status, (result,) = judged(broken(), tmp_path, "--only", requirement)
    with serving(broken()) as url:
        script = "\n".join([f"export BASE_URL={url}", *result["reproduce"]])
        done = subprocess.run(["/bin/bash", "-c", script], capture_output=True, text=True, check=True)

    assert (status, result["verdict"], result["reproduce"][0]) == (1, "fail", PROVEN)
    assert sign in done.stdout.splitlines()[-1]


class Holding(Zipf):
    """Does not answer reads after a dozen sessions, until released."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.released = threading.Event(), threading.Event()

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Answer; what a ledger cannot know is a creation that was under way, so those are never held."""
        answer = super().answer(method, path, query, body, user)
        if method == "GET" and self.number >= ENOUGH and len(self.sessions) > 1:
            self.reached.set()
            self.released.wait(PATIENCE)
        return answer


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_nothing_behind(how: signal.Signals, tmp_path: Path) -> None:
    """Ended half-way, by Ctrl-C or by force, a run leaves what was there before, once `conformance cleanup`
    is done.
    """
    server = Holding()
    server.create({"name": "Somebody's"}, TOKENS["owner"])
    with target_of(server, tmp_path) as file:
        command = [sys.executable, "-m", "conformance", "run", "zipf", "--target", str(file), "--quick"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ)) as process:
            assert server.reached.wait(PATIENCE)
            process.send_signal(how)
            server.released.set()
            process.wait(PATIENCE)
        status = main(["cleanup", "--target", str(file)])

    assert status == 0
    assert [each["name"] for each in server.sessions.values()] == ["Somebody's"]
