"""The ledger of what a run creates, and what becomes of it when the run does not come to its end."""

import json
import signal
import subprocess
import sys
import threading
import time
from io import FileIO
from pathlib import Path

import pytest

from conformance import ledger, runner
from conformance.apis.viben import SUITE
from conformance.cli import main
from conformance.creations import of
from conformance.ledger import Attempt, Record
from conformance.options import Options
from conformance.outcome import Broken
from conformance.runner import run
from conformance.target import Actor, Target
from conformance.verdict import Verdict
from tests.conformance.samples import exchange
from tests.foreign.viben import Answer, Viben, serving
from tests.foreign.viben import Record as Session

READER = of("/api", SUITE.contract())
PATIENCE = 30.0
HEAD = b'{"api": "viben", "base_url": "http://127.0.0.1:9", "target": ""}\n'
ENOUGH = 1003


class Undead(Viben):
    """Deletes nothing."""

    def delete(self, session: Session) -> Answer:
        """Say that the session is gone."""
        return 204, None


class Pausing(Viben):
    """Takes its time, so that a run can be interrupted."""

    def create(self, body: object) -> Answer:
        """Make a session, slowly."""
        time.sleep(0.02)
        return super().create(body)


def the_one(folder: Path) -> ledger.Ledger:
    """Return the only ledger in a folder, as it was left."""
    (file,) = ledger.files(folder)
    book = ledger.taken(file)
    book.close()
    return book


def test_records_survive_on_disk_until_they_are_gone(tmp_path: Path) -> None:
    """What was created and not deleted is read back; a line cut off by a crash is passed over."""
    book = ledger.opened("viben", "http://x", "", tmp_path)
    for name in ("/api/sessions/1", "/api/sessions/2", "/api/sessions/3"):
        book.created(Record(name, "owner"))
    book.gone("/api/sessions/2")
    book.close()
    with next(tmp_path.iterdir()).open("a") as file:
        file.write('{"created": "/api/ses')

    assert list(the_one(tmp_path).left.values()) == [
        Record("/api/sessions/1", "owner"),
        Record("/api/sessions/3", "owner"),
    ]


def test_a_ledger_goes_on_after_a_line_that_was_cut_off(tmp_path: Path) -> None:
    """What a clean-up notes begins a line of its own."""
    book = ledger.opened("viben", "http://x", "", tmp_path)
    for name in ("/api/sessions/1", "/api/sessions/2"):
        book.created(Record(name))
    book.close()
    with next(tmp_path.iterdir()).open("a") as file:
        file.write('{"gone": "/api/ses')
    resumed = ledger.taken(*ledger.files(tmp_path))
    resumed.gone("/api/sessions/1")
    resumed.close()

    assert list(the_one(tmp_path).left) == ["/api/sessions/2"]


def test_a_ledger_with_nothing_left_goes_away(tmp_path: Path) -> None:
    """Nothing is left lying about after a run that cleaned up."""
    book = ledger.opened("viben", "http://x", "", tmp_path)
    book.created(Record("/api/sessions/1"))
    book.gone("/api/sessions/1")
    book.close()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("reply", "paths"),
    [
        (b'{"id": "a/b"}', ["/api/sessions/a%2Fb"]),
        (b'{"data": {"id": 7}}', ["/api/sessions/7"]),
        (b'{"session": {"id": "x"}}', ["/api/sessions/x"]),
        (b'{"data": [{"id": 1}, {"id": 2}]}', ["/api/sessions/1", "/api/sessions/2"]),
        (b'{"id": true}', []),
        (b"nothing", []),
    ],
)
def test_creations_are_read_from_replies(reply: bytes, paths: list[str]) -> None:
    """The id is found at the top, in an envelope, and in a list."""
    assert list(READER.created(exchange("POST", "/api/sessions", reply=reply))) == paths


def test_a_run_leaves_nothing_behind(state_folder: Path) -> None:
    """Scripted and generated records are deleted, and neither sessions nor ledgers are left."""
    server = Viben()
    with serving(server) as url:
        report = run(SUITE, Target(url), Options(quick=True))

    assert server.number > 1000
    assert server.sessions == {}
    assert report.residue == ()
    assert list(state_folder.glob("*")) == []


def test_what_cannot_be_deleted_is_reported_and_remembered(state_folder: Path) -> None:
    """The residue names each record that is still there; the ledger keeps it for later."""
    with serving(Undead()) as url:
        report = run(SUITE, Target(url), Options(only=("VIBEN-CREATE-01",)))

    assert {each.path for each in report.residue} == set(the_one(state_folder).left)
    assert "still there" in report.residue[0].reason


class Stuck(Viben):
    """Does not answer reads until released."""

    def __init__(self) -> None:
        super().__init__()
        self.stuck, self.released = threading.Event(), threading.Event()

    def answer(self, method: str, path: str, query: dict[str, str], body: object) -> Answer:
        """Answer, reads not before their time."""
        if method == "GET" and len(self.sessions) > 1:
            self.stuck.set()
            self.released.wait(PATIENCE)
        return super().answer(method, path, query, body)


def started(url: str) -> "subprocess.Popen[str]":
    """Start a run against the URL."""
    command = [sys.executable, "-m", "conformance", "run", "viben", "--url", url, "--only", "VIBEN-[CU]*"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_sessions(server: Viben) -> None:
    """Wait until the run has created something."""
    deadline = time.monotonic() + PATIENCE
    while server.number < ENOUGH:
        assert time.monotonic() < deadline, "the run created nothing"
        time.sleep(0.01)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_cleans_up_and_reports(how: signal.Signals, state_folder: Path) -> None:
    """After Ctrl-C or a request to end, what was created is deleted and the report says how far it came."""
    server = Pausing()
    with serving(server) as url, started(url) as process:
        wait_for_sessions(server)
        process.send_signal(how)
        said, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode == 2
    assert "the run was interrupted before this was examined" in said
    assert server.sessions == {}
    assert list(state_folder.glob("*")) == []


def test_after_a_crash_cleanup_finishes_the_job(
    state_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that was killed left a ledger; `conformance cleanup` deletes what it holds, and only that."""
    server = Stuck()
    with serving(server) as url:
        server.create({"agent_id": "SOMEBODYS"})
        with started(url) as process:
            assert server.stuck.wait(PATIENCE)
            process.kill()
            process.communicate()
        server.released.set()
        left = len(server.sessions)
        status = main(["cleanup"])

    assert left > 1
    assert status == 0
    assert [each["agent_id"] for each in server.sessions.values()] == ["SOMEBODYS"]
    assert "records deleted" in capsys.readouterr().out
    assert list(state_folder.glob("*")) == []


def test_cleanup_uses_the_target_file_of_the_run(
    tmp_path: Path, state_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Credentials come from the target file again; one for another address is refused."""
    file = tmp_path / "target.toml"
    file.write_text('base_url = "http://127.0.0.1:9"\n')
    left_behind(state_folder, "http://127.0.0.1:10", str(file))

    assert main(["cleanup"]) == 2
    assert "records are left at http://127.0.0.1:10" in capsys.readouterr().out


def left_behind(folder: Path, base_url: str, source: str = "", path: str = "/api/sessions/1") -> None:
    """Write the ledger of a run that crashed."""
    book = ledger.opened("viben", base_url, source, folder)
    book.created(Record(path))
    book.close()


UNUSABLE = {
    "empty": b"",
    "cut": HEAD[:20],
    "garbage": b"\xff\x00\n",
    "other": b"[]\n",
    "odd": HEAD + b'{"created": []}\n',
    "middle": HEAD + b'{"created": "/api/se\n{"gone": "/api/sessions/1"}\n',
    "no-api": HEAD.replace(b"viben", b"nope") + b'{"created": "/x", "actor": null}\n',
    "no-file": HEAD.replace(b'""', b'"/gone.toml"') + b'{"created": "/x", "actor": null}\n',
}


@pytest.mark.parametrize("content", UNUSABLE.values(), ids=UNUSABLE)
def test_a_ledger_that_cannot_be_used_keeps_no_other_from_being_cleaned_up(
    content: bytes, state_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named and stays, the next one is emptied, and the status says that not everything is done."""
    server = Viben()
    server.create({"agent_id": "CLAUDE_CODE"})
    with serving(server) as url:
        left_behind(state_folder, url, path="/api/sessions/1001")
        (state_folder / "a.ledger").write_bytes(content)
        status = main(["cleanup"])

    assert status == 2
    assert server.sessions == {}
    assert [each.name for each in state_folder.iterdir()] == ["a.ledger"]
    assert "1 of 1 records deleted" in capsys.readouterr().out


def test_cleanup_leaves_a_run_alone_that_is_still_going(
    state_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its records stay until it ends or dies: the lock goes with the process, however that ends."""
    server = Stuck()
    with serving(server) as url, started(url) as process:
        assert server.stuck.wait(PATIENCE)
        meanwhile = main(["cleanup"])
        kept = len(server.sessions)
        process.kill()
        process.communicate()
        server.released.set()
        afterwards = main(["cleanup"])

    assert (meanwhile, afterwards) == (0, 0)
    assert kept > 1
    assert server.sessions == {}
    assert "passed over: its run is still going" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_ends_a_run_before_it_begins(
    state_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is created that could not be noted; the message says where, and what to do."""
    state_folder.parent.write_text("no folder")
    server = Viben()
    with serving(server) as url:
        status = main(["run", "viben", "--url", url, "--quick"])

    assert status == 2
    assert server.number == 1000
    assert "set XDG_STATE_HOME" in capsys.readouterr().err


def test_reading_needs_no_folder(state_folder: Path) -> None:
    """A run that creates nothing notes nothing."""
    state_folder.parent.write_text("no folder")
    with serving(Viben()) as url:
        report = run(SUITE, Target(url), Options(read_only=True, only=("VIBEN-LIST-01",)))

    assert report.results


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_no_reason_to_leave_something_behind(tmp_path: Path) -> None:
    """A record that cannot be noted is known to the run, and ends what created it."""
    book = ledger.Ledger("viben", "http://x", "", tmp_path / "a.ledger", FileIO("/dev/full", "w"))
    with pytest.raises(Broken, match="No space left"):
        book.created(Record("/api/sessions/1"))

    assert list(book.left) == ["/api/sessions/1"]
    book.gone("/api/sessions/1")
    book.close()
    assert book.left == {}


def test_a_ledger_holds_no_credential(state_folder: Path) -> None:
    """Who created a record is remembered by name."""
    with serving(Undead()) as url:
        target = Target(url, actors={"owner": Actor("owner", "s3cret-token")})
        run(SUITE, target, Options(only=("VIBEN-SCHEMA-01",), quick=True))

    assert any('"attempt"' in file.read_text() for file in state_folder.iterdir())
    texts = [json.loads(line) for file in state_folder.iterdir() for line in file.read_text().splitlines()]
    assert {each["actor"] for each in texts if "created" in each} == {"owner", None}  # scripts show none
    assert "s3cret" not in str(texts)


class Close(Viben):
    """Refuses what does not exist with 403, as what is somebody else's."""

    def answer(self, method: str, path: str, query: dict[str, str], body: object) -> Answer:
        """Hide whether there is anything."""
        status, answer = super().answer(method, path, query, body)
        return (403, {"message": "no"}) if status == 410 else (status, answer)


def test_a_refusal_after_a_deletion_means_gone(state_folder: Path) -> None:
    """A deployment that tells nobody what exists leaves no residue, and no ledger."""
    with serving(Close()) as url:
        report = run(SUITE, Target(url), Options(only=("VIBEN-CREATE-*",), quick=True))

    assert report.residue == ()
    assert list(state_folder.glob("*")) == []


def test_a_granted_deletion_is_remembered(tmp_path: Path) -> None:
    """After a crash the ledger still knows which deletions were granted."""
    book = ledger.opened("viben", "http://127.0.0.1:9", "", tmp_path)
    book.created(Record("/api/sessions/1", deleted=True))
    book.close()

    assert the_one(tmp_path).left == {"/api/sessions/1": Record("/api/sessions/1", deleted=True)}


def test_read_only_changes_nothing() -> None:
    """Neither layer sends anything but reads; what needs more is skipped with that reason."""
    server = Viben()
    with serving(server) as url:
        report = run(SUITE, Target(url, known={"sessions": ("77",)}), Options(read_only=True))

    assert server.number == 1000
    assert {each.verdict for each in report.results} <= {Verdict.PASS, Verdict.SKIP, Verdict.INCONCLUSIVE}
    assert any("read-only, and this needs POST" in each.reason for each in report.results)


ATTEMPT = Attempt("/api/sessions", "owner", '{"task_id": "task-1"}')


def test_creations_without_a_reply_survive_on_disk(tmp_path: Path) -> None:
    """A creation is noted before it is sent, and struck out when its reply came; of equal ones one is."""
    book = ledger.opened("viben", "http://x", "", tmp_path)
    for _ in range(3):
        book.attempted(ATTEMPT)
    book.settled(ATTEMPT)
    book.close()
    again = the_one(tmp_path)

    assert list(again.attempts.values()) == [ATTEMPT, ATTEMPT]
    assert again.mark == book.mark


def test_a_ledger_goes_away_when_every_creation_was_heard_of(tmp_path: Path) -> None:
    """A refused creation made nothing."""
    book = ledger.opened("viben", "http://x", "", tmp_path)
    book.attempted(ATTEMPT)
    book.settled(ATTEMPT)
    book.close()

    assert list(tmp_path.iterdir()) == []


def test_a_series_is_remembered_with_what_made_it(tmp_path: Path) -> None:
    """After a crash the rest of it can still be found by its name."""
    record = Record("/api/v1/sessions/1", "owner", series=True, deleted=True, body='{"name": "a"}')
    book = ledger.opened("deepworkzone", "http://x", "", tmp_path)
    book.created(record)
    book.close()

    assert list(the_one(tmp_path).left.values()) == [record]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_what_cannot_be_noted_is_not_sent(tmp_path: Path) -> None:
    """Neither a script nor the generator creates anything once the disk is full."""
    server = Viben()
    with serving(server) as url, runner.started(SUITE, Target(url), Options(), [], tmp_path) as this:
        assert this.tidying
        assert this.tidying.ledger.lines
        this.tidying.ledger.lines.close()
        this.tidying.ledger.lines = FileIO("/dev/full", "w")
        runner.examine_all(this, SUITE.requirements)

    assert server.number == 1000
    assert "No space left" in this.results["VIBEN-CREATE-01"].reason
