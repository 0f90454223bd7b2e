"""TinyDB's storage over an append-only journal: `read` replays it, `write` compacts it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from mock_server.store import Document
from mock_server.store.log import Log

Tables = Mapping[str, Mapping[str, Document]]
Write = tuple[str, str, Document | None]


class JournalStorage(Storage):
    """The tables of a state file, as a storage of TinyDB.

    A record is a list of writes, each of a table, a key, and the document there from now on, or null.
    """

    def __init__(self, path: str | Path) -> None:
        self.log = Log(Path(path))

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables, None for a new file."""
        tables: dict[str, dict[str, Any]] = {}
        for record in self.log.records():
            for table, key, document in record:
                if document is None:
                    tables.get(table, {}).pop(key, None)
                else:
                    tables.setdefault(table, {})[key] = document
        return None if self.log.is_new else tables

    def write(self, data: Tables) -> None:
        """Puts these tables in the place of everything. Raises `NotWritten`."""
        self.compact(data, None)

    def compact(self, data: Tables, since: int | None) -> None:
        """Puts these tables in the place of what was written up to `since`. Raises `NotWritten`."""
        self.log.rewrite(_documents(data), since)

    def append(self, writes: Iterable[Write]) -> None:
        """Adds writes that belong together: all survive a crash or none. Raises `NotWritten`."""
        self.log.append(list(writes))

    def close(self) -> None:
        """Lets other processes have the file."""
        self.log.close()


def _documents(tables: Tables) -> Iterator[list[Write]]:
    return ([(name, key, document)] for name, table in tables.items() for key, document in table.items())
