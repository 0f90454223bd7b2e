"""What a run created and has not yet deleted, on disk, so that it can be deleted even after a crash.

A ledger holds addresses, names of actors and what creations said, never a credential. Each creation is on
disk before it is sent, each record before the next request, and the file goes away when nothing is left.
Whoever uses a ledger has it locked.
"""

import errno
import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from conformance.locking import lock
from conformance.outcome import Broken
from conformance.usage import Usage

ENDING = ".ledger"
LENGTH_OF_MARK = 12  # hexadecimal digits: 48 random bits
MARKS = ("lasting", "series", "deleted", "body")  # written where they are set


class InUse(Exception):
    """The run that the ledger belongs to, or a clean-up, is still going."""


@dataclass(frozen=True, slots=True)
class Record:
    """Something a run created: the path that deletes it, and the actor whose it is.

    A `lasting` one cannot be deleted; of a `series` one creation made several records; of a `deleted` one the
    deletion was granted, and whether it is gone has to be seen. Of a series `body` is what its creation said.
    """

    path: str
    actor: str | None = None
    lasting: bool = False
    series: bool = False
    deleted: bool = False
    body: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A creation of which it is not known what it made: where it was sent, the actor who sent it, and what it
    said, without credentials and cut where it was long.
    """

    path: str
    actor: str | None
    body: str


@dataclass(slots=True)
class Ledger:
    """The records of one run, and its creations without a reply, by number.

    `lines` is the open file, None where nothing has to survive; `mark` is part of every name that the run
    makes up.
    """

    api: str
    base_url: str
    source: str = ""
    file: Path | None = None
    lines: FileIO | None = None
    left: dict[str, Record] = field(default_factory=dict)
    mark: str = ""
    attempts: dict[int, Attempt] = field(default_factory=dict)
    count: int = 0  # of attempts so far

    def created(self, record: Record) -> None:
        """Note a record that now exists, or what else is known of it.

        Raises:
            Broken: it exists, but the file does not say so.
        """
        if self.left.get(record.path) == record:
            return
        is_new = record.path not in self.left
        self.left[record.path] = record
        marks = {name: getattr(record, name) for name in MARKS if getattr(record, name)}
        try:
            self._write({"created": record.path, "actor": record.actor, **marks})
        except OSError as reason:
            if is_new:
                raise Broken(f"{self.file} cannot be written: {reason.strerror}") from reason

    def attempted(self, attempt: Attempt) -> None:
        """Note a creation that is about to be sent.

        Raises:
            Broken: the file does not take it, so it must not be sent.
        """
        self.count += 1
        noted = {"path": attempt.path, "actor": attempt.actor, "body": attempt.body}
        try:
            self._write({"attempt": self.count, **noted})
        except OSError as reason:
            raise Broken(f"{self.file} cannot be written: {reason.strerror}") from reason
        self.attempts[self.count] = attempt

    def settled(self, attempt: Attempt) -> None:
        """Note that it is known what a creation made, or that nothing more can be found out."""
        number = next((each for each in reversed(self.attempts) if self.attempts[each] == attempt), None)
        if number is not None:
            del self.attempts[number]
            with suppress(OSError):
                self._write({"settled": number}, at_once=False)

    def gone(self, path: str) -> None:
        """Note that a record no longer exists; whoever looks for it in vain notes it again."""
        if self.left.pop(path, None):
            with suppress(OSError):
                self._write({"gone": path})

    def begin(self) -> None:
        """Make the file, lock it, and write whose records these are.

        Raises:
            OSError: it cannot be written.
        """
        if self.file:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.lines = FileIO(self.file, "a")
            lock(self.lines, wait=True)
            head = {"api": self.api, "base_url": self.base_url, "target": self.source, "mark": self.mark}
            self._write(head)

    def close(self) -> None:
        """Let go of the file, and remove it when nothing is left."""
        if self.lines and self.file:
            self.lines.close()
            self.lines = None
            if self.is_empty:
                self.file.unlink(missing_ok=True)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to do."""
        return not (self.left or self.attempts)

    def _write(self, entry: dict[str, Any], *, at_once: bool = True) -> None:
        """Add a line, on disk `at_once` where a crash of the machine must not take it."""
        if self.lines:
            line = json.dumps(entry).encode() + b"\n"
            if self.lines.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if at_once:
                os.fsync(self.lines.fileno())


def folder(environment: dict[str, str] | None = None) -> Path:
    """Return where ledgers are kept: the user's state folder (XDG Base Directory Specification)."""
    known = os.environ if environment is None else environment
    state = known.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "session-contracts"


def opened(api: str, base_url: str, source: str, where: Path | None) -> Ledger:
    """Return a new ledger in the folder, on disk before anything is created; None where nothing will be.

    Raises:
        Usage: the folder cannot be written.
    """
    mark = uuid4().hex[:LENGTH_OF_MARK]
    file = where / f"{api}-{mark}{ENDING}" if where else None
    ledger = Ledger(api, base_url, source, file, mark=mark)
    try:
        ledger.begin()
    except OSError as reason:
        ledger.close()
        why = f"what the run creates cannot be noted there: {reason.strerror}"
        raise Usage(f"{where}: {why}; set XDG_STATE_HOME to a folder that can be written") from reason
    return ledger


def files(where: Path) -> list[Path]:
    """Return the ledgers in the folder."""
    return sorted(where.glob(f"*{ENDING}"))


def taken(file: Path) -> Ledger:
    """Return a ledger that a run left, locked; a last line that was cut off by a crash is taken out.

    Raises:
        InUse: the run has not ended.
        OSError: it cannot be read and written.
        ValueError: it is no ledger.
    """
    lines = FileIO(file, "r+")
    try:
        if not lock(lines):
            raise InUse
        content = lines.read()
        ledger = restored(content[: content.rfind(b"\n") + 1])
    except (KeyError, TypeError, ValueError) as reason:
        lines.close()
        raise ValueError(f"{file} is not a ledger of this program; look at it and delete it") from reason
    except (InUse, OSError):
        lines.close()
        raise
    lines.truncate(content.rfind(b"\n") + 1)
    lines.seek(0, os.SEEK_END)
    ledger.file, ledger.lines = file, lines
    return ledger


def restored(content: bytes) -> Ledger:
    """Return the ledger that its whole lines tell of.

    Raises:
        KeyError, TypeError, ValueError: something else stands there.
    """
    head, *changes = [json.loads(line) for line in content.splitlines()]
    ledger = Ledger(str(head["api"]), str(head["base_url"]), str(head["target"]))
    ledger.mark = str(head.get("mark", ""))  # earlier versions wrote none
    for each in changes:
        if "created" in each:
            marks = {name: each[name] for name in MARKS if name in each}
            ledger.created(Record(str(each["created"]), each["actor"], **marks))
        elif "attempt" in each:
            ledger.count = int(each["attempt"])
            ledger.attempts[ledger.count] = Attempt(str(each["path"]), each["actor"], str(each["body"]))
        elif "settled" in each:
            del ledger.attempts[each["settled"]]
        else:
            ledger.gone(str(each["gone"]))
    return ledger
