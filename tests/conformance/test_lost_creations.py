"""Creations whose reply never comes, on real sockets: what they made is deleted, and nothing else."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance import apis, expect, ledger
from conformance.cli import main
from conformance.ledger import Attempt
from conformance.options import Options
from conformance.requirement import Tier
from conformance.runner import run
from conformance.target import Actor, Connection, Target
from tests.conformance.apis.zipf.test_fairness import TOKENS
from tests.foreign import deepworkzone, viben, zipf
from tests.foreign.viben import Answer

PATIENCE = 30.0
OTHER_MARK = "0" * 12  # of a colleague's run with the same seed
IMPATIENT = Connection(timeout=0.2)


class Loss:
    """What becomes of the reply to each creation: a gateway gives up on it, or it comes when nobody waits."""

    def __init__(self, hangs: bool) -> None:
        self.hangs, self.over, self.lost = hangs, threading.Event(), 0

    def of(self, made: Answer) -> Answer:
        """Return what is heard of a creation that was carried out."""
        if made[0] // 100 != 2:
            return made
        self.lost += 1
        if self.hangs:
            self.over.wait(PATIENCE)
        return 504, {"message": "no answer from the application"}


class LossyViben(viben.Viben):
    """Carries out creations and does not say so; anybody can be asked meanwhile."""

    def __init__(self, loss: Loss) -> None:
        super().__init__()
        self.loss = loss

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        """Answer, creations outside of the lock."""
        found = super().answer(method, path, query, body)
        return self.loss.of(found) if (method, path) == ("POST", "/api/sessions") else found


class LossyZipf(zipf.Zipf):
    """Carries out creations and does not say so."""

    def __init__(self, loss: Loss) -> None:
        super().__init__()
        self.loss = loss

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Answer, creations outside of the lock."""
        found = super().answer(method, path, query, body, user)
        return self.loss.of(found) if (method, path) == ("POST", "/api/v1/sessions") else found


class LossyDeepWorkZone(deepworkzone.DeepWorkZone):
    """Carries out creations and does not say so."""

    def __init__(self, loss: Loss) -> None:
        super().__init__()
        self.loss = loss

    def answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: Any
    ) -> Answer:
        """Answer, creations outside of the lock."""
        found = super().answer(method, path, query, headers, body)
        return self.loss.of(found) if (method, path) == ("POST", "/api/v1/sessions") else found


@contextmanager
def of_viben(loss: Loss) -> Iterator[tuple[Target, Mapping[Any, Any]]]:
    """A colleague has a session for a task with almost the same name."""
    server = LossyViben(loss)
    task = f"task-viben-create-02-42-{OTHER_MARK}-1"
    server.create({"agent_id": viben.AGENT, "task_id": task})
    with viben.serving(server) as url:
        yield Target(url), server.sessions


@contextmanager
def of_zipf(loss: Loss) -> Iterator[tuple[Target, Mapping[Any, Any]]]:
    """The owner has a hundred sessions of another run, with almost the same name, and one more."""
    server = LossyZipf(loss)
    for number in range(99):
        server.create({"name": f"AI Research-zipf-get-01-42-{OTHER_MARK}-{number}"}, TOKENS["owner"])
    with zipf.serving(server) as url:
        actors = {name: Actor(name, token) for name, token in TOKENS.items()}
        yield Target(url, actors=actors), server.sessions


@contextmanager
def of_deepworkzone(loss: Loss) -> Iterator[tuple[Target, Mapping[Any, Any]]]:
    """The owner has a session with almost the same name."""
    server = LossyDeepWorkZone(loss)
    fields = dict.fromkeys(deepworkzone.KEPT) | {
        "name": f"Deep Work-deepworkzone-create-01-42-{OTHER_MARK}-1", "type": "drop-in", "time": "9:00 AM",
        "schedule": "2030-01-01", "is_public": True, "org_id": 7, "created_by": "john.doe", "series": None,
    }  # fmt: skip
    server.added(fields)
    with deepworkzone.serving(server) as target:
        yield target, server.sessions


SERVERS: Mapping[str, tuple[Any, str]] = {
    "viben": (of_viben, "VIBEN-CREATE-02"),
    "zipf": (of_zipf, "ZIPF-GET-01"),
    "deepworkzone": (of_deepworkzone, "DWZ-CREATE-01"),
}


@pytest.mark.parametrize("hangs", [True, False], ids=["hangs", "gateway"])
@pytest.mark.parametrize("api", SERVERS)
def test_what_a_lost_creation_made_is_found_and_deleted(
    api: str, hangs: bool, state_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a time-out or the reply of a gateway the list shows what was made; a colleague's record with a
    similar name survives, and nothing is left to tell.
    """
    monkeypatch.setattr(expect, "PAUSE", 0.0)
    loss, (serving, requirement) = Loss(hangs), SERVERS[api]
    with serving(loss) as (target, sessions):
        before = list(sessions)
        impatient = replace(target, connection=IMPATIENT)
        report = run(apis.suite(api), impatient, Options(tier=Tier.FULL, only=(requirement,)))
        loss.over.set()

    assert loss.lost
    assert list(sessions) == before
    assert report.residue == ()
    assert list(state_folder.glob("*")) == []


def test_what_the_generator_lost_is_told(state_folder: Path) -> None:
    """Its bodies have no name of the run's: what they made stays, all of it is counted, and nothing else."""
    loss = Loss(hangs=False)
    with of_viben(loss) as (target, sessions):
        report = run(apis.suite("viben"), target, Options(quick=True, only=("VIBEN-SCHEMA-01",)))

    (residue,) = report.residue
    assert loss.lost == len(sessions) - 1 > 1
    assert residue.reason.startswith(f"{loss.lost} creations got no reply with a usable id")
    assert list(state_folder.glob("*")) == []


class Waiting(LossyViben):
    """Tells when a creation hangs."""

    def __init__(self) -> None:
        super().__init__(Loss(hangs=True))
        self.made = threading.Event()

    def create(self, body: Any) -> Answer:
        """Make a session, and say that it is there."""
        made = super().create(body)
        self.made.set()
        return made


@contextmanager
def hanging(*only: str) -> Iterator[tuple[Waiting, "subprocess.Popen[str]"]]:
    """Start a run that hangs in its first creation, next to a colleague's session; yield both."""
    server = Waiting()
    server.create({"agent_id": "SOMEBODYS", "task_id": f"task-viben-create-02-42-{OTHER_MARK}-1"})
    server.made.clear()
    with viben.serving(server) as url:
        command = [sys.executable, "-m", "conformance", "run", "viben", "--url", url, "--only", *only]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert server.made.wait(PATIENCE)
            yield server, process
            server.loss.over.set()


def agents(server: viben.Viben) -> list[str]:
    """Return whose sessions there are."""
    return [each["agent_id"] for each in server.sessions.values()]


def test_a_creation_under_way_when_a_run_was_killed_is_cleaned_up(
    state_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`kill -9` while the deployment creates: the ledger knows what was sent, and cleanup finds it."""
    with hanging("VIBEN-CREATE-02") as (server, process):
        process.kill()
        process.communicate()
        left = agents(server)
        status = main(["cleanup"])

    assert left == ["SOMEBODYS", viben.AGENT]
    assert (status, agents(server)) == (0, ["SOMEBODYS"])
    assert "1 of 1 records deleted" in capsys.readouterr().out
    assert list(state_folder.glob("*")) == []


def test_what_has_no_name_is_told_by_cleanup(state_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A session with an agent alone may be anybody's: it stays, and cleanup says what to look for."""
    with hanging("VIBEN-CREATE-01") as (server, process):
        process.kill()
        process.communicate()
        status = main(["cleanup"])

    assert status == 2
    assert agents(server) == ["SOMEBODYS", viben.AGENT]
    said = capsys.readouterr().out
    assert (
        'POST /api/sessions: a creation got no reply with a usable id: look for a record made with {"' in said
    )
    assert "nothing is left behind" not in said
    assert list(state_folder.glob("*")) == []


def test_a_second_ctrl_c_during_a_creation_leaves_nothing(state_folder: Path) -> None:
    """The run does not wait for the reply any more, and still finds what the creation made."""
    with hanging("VIBEN-CREATE-02") as (server, process):
        for _ in range(2):
            process.send_signal(signal.SIGINT)
            assert process.stderr
            process.stderr.readline() if process.poll() is None else ""
        process.communicate(timeout=PATIENCE)

    assert agents(server) == ["SOMEBODYS"]
    assert list(state_folder.glob("*")) == []


def test_a_creation_of_what_cannot_be_deleted_is_told_after_a_crash(
    state_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A workflow of Zipf's, whose creation was under way, is named by cleanup, which sends nothing."""
    book = ledger.opened("zipf", "http://127.0.0.1:9", "", state_folder)
    book.attempted(Attempt("/api/v1/workflows", "owner", f'{{"name": "Weekly look-{book.mark}-1"}}'))
    book.close()

    assert main(["cleanup"]) == 2
    assert "POST /api/v1/workflows: a creation got no reply" in capsys.readouterr().out
    assert ledger.files(state_folder) == []


def test_what_cannot_be_looked_for_stays_in_the_ledger(
    state_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the list cannot be read, cleanup says why, and can be called again."""
    book = ledger.opened("viben", "http://127.0.0.1:9", "", state_folder)
    book.attempted(Attempt("/api/sessions", None, f'{{"task_id": "task-{book.mark}-1"}}'))
    book.close()

    assert main(["cleanup"]) == 2
    assert "`conformance cleanup` tries again" in capsys.readouterr().out
    assert len(ledger.files(state_folder)) == 1
