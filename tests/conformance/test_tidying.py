"""How a run and a clean-up delete what is left: never what may be somebody else's, and within bounds."""

import socket
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance import expect, ledger
from conformance.apis.viben import SUITE
from conformance.apis.viben.client import Viben as Client
from conformance.cleanup import emptied
from conformance.client import Http
from conformance.guard import FAILURES
from conformance.ledger import Ledger, Record
from conformance.options import Options
from conformance.runner import run, started
from conformance.target import Connection, Target
from tests.conformance.samples import sample
from tests.foreign.hostile import speaking
from tests.foreign.viben import Answer, Viben, serving
from tests.foreign.viben import Record as Session

SOMEBODYS = {"agent_id": "SOMEBODYS"}
FEW, MANY = 5, 50
PATIENCE = 30.0


class Reusing(Viben):
    """Gives a new session the number after the largest, as SQLite does; a colleague is always quick to take
    one that has just become free.
    """

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[Session] = []

    def next_id(self) -> str:
        """Return a number that may have been used."""
        return str(max(map(int, self.sessions), default=self.number) + 1)

    def delete(self, session: Session) -> Answer:
        """Remove a session, whose number the colleague gets."""
        deleted = super().delete(session)
        if session["agent_id"] != "SOMEBODYS":
            made = self.create(SOMEBODYS)[1]
            self.taken.append(self.sessions[made["id"]])
        return deleted

    @property
    def survivors(self) -> list[Session]:
        """The colleague's sessions that are still there."""
        return [each for each in self.sessions.values() if each["agent_id"] == "SOMEBODYS"]


@pytest.mark.parametrize("only", ["VIBEN-DELETE-01", "VIBEN-CREATE-02", "VIBEN-SCHEMA-01"])
def test_a_number_that_was_given_again_is_not_deleted(only: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a deletion that was granted no second one follows, by whichever layer: the address is told."""
    monkeypatch.setattr(expect, "PAUSE", 0.0)
    server = Reusing()
    with serving(server) as url:
        report = run(SUITE, Target(url), Options(quick=True, only=(only,)))

    assert server.survivors == server.taken != []
    assert {f"/api/sessions/{each['id']}" for each in server.taken} >= {each.path for each in report.residue}
    assert any("may be somebody else's and is not deleted" in each.reason for each in report.residue)


class Reluctant(Viben):
    """Grants every deletion, and carries it out when asked for the second time."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def delete(self, session: Session) -> Answer:
        """Remove a session, maybe."""
        if session["id"] in self.asked:
            return super().delete(session)
        self.asked.add(session["id"])
        return 204, None


def test_a_record_with_a_name_of_the_runs_is_deleted_again(state_folder: Path) -> None:
    """What is still there and shows such a name is certainly the run's, so that the deletion is repeated."""
    server = Reluctant()
    with serving(server) as url, started(SUITE, Target(url), Options(), [], state_folder) as this:
        assert this.tidying
        book = this.tidying.ledger
        http = Http(Target(url), this.connection, SUITE.base_path, guard=this.guard)
        for name in (f"task-{book.mark}-1", "task-of-mine"):
            body = {"agent_id": "CLAUDE_CODE", "task_id": name}
            id_ = http.request("POST", "/sessions", body=body).object()["id"]
            http.request("DELETE", f"/sessions/{id_}").succeeded()
        residue = this.tidying.finish()

    assert [each["task_id"] for each in server.sessions.values()] == ["task-of-mine"]
    assert len(residue) == 1


class Storing(Viben):
    """Stores first, and then says no."""

    def create(self, body: Any) -> Answer:
        """Make a session of the task that was sent."""
        answer = super().create(body)
        if answer[0] == 422 and isinstance(body.get("task_id"), str):
            super().create({"agent_id": "CLAUDE_CODE", "task_id": body["task_id"]})
        return answer


def test_what_refused_creations_stored_is_deleted_as_well(state_folder: Path) -> None:
    """Once a list has shown such a record, what any refused creation with a name made is looked for, and of
    those without one it is told that they may have made more.
    """
    server = Storing()
    with serving(server) as url:
        before = list(server.sessions)
        report = run(SUITE, Target(url), Options(only=("VIBEN-CREATE-*",)), state_folder)

    assert report.exit_status == 1
    assert list(server.sessions) == before
    assert [each.path for each in report.residue] == ["POST /api/sessions"]


def left_behind(folder: Path, url: str) -> Ledger:
    """Return the ledger of a run that left many records."""
    book = ledger.opened("viben", url, "", folder)
    for number in range(MANY):
        book.created(Record(f"/api/sessions/{number}"))
    return book


def test_cleaning_up_is_given_up_where_nothing_answers(state_folder: Path) -> None:
    """After a few requests in a row without a reply the rest stays in the ledger, and it is said how to go
    on.
    """
    asked: list[socket.socket] = []
    with speaking(asked.append) as url:
        book = left_behind(state_folder, url)
        impatient = Target(url, connection=Connection(timeout=0.2))
        said, done = emptied(book, lambda _: (SUITE, impatient))

    assert len(asked) == FAILURES
    assert not done
    assert len(book.left) == MANY
    assert f"0 of {MANY} records deleted" in said
    assert said.count("`conformance cleanup` tries again") == MANY
    assert ledger.files(state_folder) == [book.file]


def test_the_end_of_a_run_asks_once_more(state_folder: Path) -> None:
    """Where the clean-up of a requirement was given up, one request at the end finds out whether to go on."""
    asked: list[socket.socket] = []
    with speaking(asked.append) as url:
        target = Target(url, connection=Connection(timeout=0.2))
        with started(SUITE, target, Options(), [], state_folder) as this:
            assert this.tidying
            for number in range(MANY):
                this.tidying.ledger.created(Record(f"/api/sessions/{number}"))
            this.tidying.http.guard.down = "given up"
            residue = this.tidying.finish()

    assert len(asked) == 1
    assert len(residue) == MANY


class Recovering(Viben):
    """Answers nothing but reads until it is well again."""

    well = False

    def delete(self, session: Session) -> Answer:
        """Remove a session, if well."""
        return super().delete(session) if self.well else (503, {"message": "read only"})


def test_what_stays_in_the_ledger_is_deleted_later(state_folder: Path) -> None:
    """A second clean-up goes on where the first one ended."""
    server = Recovering()
    with serving(server) as url:
        run(SUITE, Target(url), Options(only=("VIBEN-CREATE-02",)))
        kept = len(server.sessions)
        server.well = True
        (file,) = ledger.files(state_folder)
        said, done = emptied(ledger.taken(file), lambda _: (SUITE, Target(url)))

    assert kept > 0
    assert (server.sessions, done) == ({}, True)
    assert f"{kept} of {kept} records deleted" in said


class Mute(Viben):
    """Answers nothing once there are a few sessions."""

    def __init__(self) -> None:
        super().__init__()
        self.over, self.asked = threading.Event(), 0

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        """Answer, or wait for the end."""
        if len(self.sessions) < FEW:
            return super().answer(method, path, query, body)
        self.asked += 1
        self.over.wait(PATIENCE)
        return 503, None


def test_a_deployment_that_falls_silent_is_not_waited_for_long(state_folder: Path) -> None:
    """Undoing, one look, and the end of the run together give up after seven requests without a reply."""

    def creates(api: Client) -> None:
        for _ in range(FEW):
            api.given_session(task_id=api.given_task())

    server, suite = Mute(), replace(SUITE, requirements=(sample(creates),))
    with serving(server) as url:
        report = run(suite, Target(url, connection=Connection(timeout=0.2)), Options())
        server.over.set()

    assert 0 < server.asked <= 2 * FAILURES + 1
    assert len(report.residue) == len(server.sessions) == FEW
    assert all("`conformance cleanup` tries again" in each.reason for each in report.residue)
    assert len(ledger.files(state_folder)) == 1
