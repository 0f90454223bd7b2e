"""What a run created and has not yet deleted, on disk, so that it can be deleted even after a crash.

A ledger holds addresses and names of actors, never a credential. Each record is on disk before the next
request is sent, and the file goes away when nothing is left.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

ENDING = ".ledger"
MARKS = ("lasting", "series", "deleted")  # written where they are set


@dataclass(frozen=True, slots=True)
class Record:
    """Something a run created: the path that deletes it, and the actor whose it is.

    A `lasting` one cannot be deleted; of a `series` one creation made several records; of a `deleted` one the
    deletion was granted, and whether it is gone has to be seen.
    """

    path: str
    actor: str | None = None
    lasting: bool = False
    series: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Ledger:
    """The records of one run; `file` is None where nothing has to survive."""

    api: str
    base_url: str
    source: str = ""
    file: Path | None = None
    left: dict[str, Record] = field(default_factory=dict)
    made: int = 0

    def created(self, record: Record) -> None:
        """Note a record that now exists, or what else is known of it."""
        if self.left.get(record.path) != record:
            self.made += record.path not in self.left
            self.left[record.path] = record
            marks = {name: True for name in MARKS if getattr(record, name)}
            self._write({"created": record.path, "actor": record.actor, **marks})

    def gone(self, path: str) -> None:
        """Note that a record no longer exists."""
        if self.left.pop(path, None):
            self._write({"gone": path})

    def close(self) -> None:
        """Remove the file when nothing is left."""
        if self.file and not self.left:
            self.file.unlink(missing_ok=True)

    def _write(self, entry: dict[str, Any]) -> None:
        if self.file is None:
            return
        head = [] if self.file.exists() else [self._head()]
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self.file.open("a", encoding="utf-8") as lines:
            lines.writelines(json.dumps(each) + "\n" for each in [*head, entry])
            lines.flush()
            os.fsync(lines.fileno())

    def _head(self) -> dict[str, str]:
        return {"api": self.api, "base_url": self.base_url, "target": self.source}


def folder(environment: dict[str, str] | None = None) -> Path:
    """Return where ledgers are kept: the user's state folder (XDG Base Directory Specification)."""
    known = os.environ if environment is None else environment
    state = known.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "session-contracts"


def opened(api: str, base_url: str, source: str, where: Path) -> Ledger:
    """Return a new ledger in the folder; its file appears with the first record."""
    return Ledger(api, base_url, source, where / f"{api}-{uuid4().hex}{ENDING}")


def unfinished(where: Path) -> Iterator[Ledger]:
    """Go through the ledgers in the folder, as runs left them."""
    for file in sorted(where.glob(f"*{ENDING}")):
        yield read(file)


def read(file: Path) -> Ledger:
    """Read a ledger; a last line that was cut off by a crash is passed over.

    Raises:
        ValueError: it is no ledger.
    """
    entries = list(parsed(file))
    if not entries or "base_url" not in entries[0]:
        raise ValueError(f"{file} is not a ledger of this program; look at it and delete it")
    head = entries[0]
    ledger = Ledger(head["api"], head["base_url"], head["target"])
    for entry in entries[1:]:
        if "created" in entry:
            marks = {name: entry.get(name, False) for name in MARKS}
            ledger.created(Record(entry["created"], entry["actor"], **marks))
        else:
            ledger.gone(entry["gone"])
    ledger.file = file
    return ledger


def parsed(file: Path) -> Iterator[dict[str, Any]]:
    """Go through the whole lines of a file."""
    for line in file.read_text("utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return
