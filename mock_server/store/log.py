"""An append-only file of JSON records, each on a line behind its checksum, held by one process at a time.

What the records mean is decided elsewhere. A record that `append` returned from was handed to the operating
system: it outlives this process, and a power failure once `sync` has returned.
"""

import logging
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any

from mock_server import json_codec

if sys.platform != "win32":
    import fcntl

logger = logging.getLogger(__name__)
FORMAT = {"mock-server state": 1}
CHUNK = 1 << 20


class StateUnusable(Exception):
    """The file cannot be used. The message says why, and what to do."""


class NotWritten(Exception):
    """A record could not be written. The file is as it was before."""


class Log:
    """The file at `path`, made when there is none. Raises `StateUnusable`.

    A torn last line, left by a crash in the middle of a write, is cut off: nobody was told it was written.
    Anything else that does not read is refused, and left as it is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock = Lock()
        self._descriptor = _open(self.path)
        self._is_torn = False
        try:
            self._content = self.path.read_bytes()
            self.size = self._checked_size()
        except BaseException:
            os.close(self._descriptor)
            raise

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever written."""
        return self.size == 0

    def records(self) -> Iterator[Any]:
        """All records, oldest first. Raises `OSError`."""
        with self._lock:
            content, self._content = self._content or self.path.read_bytes(), b""  # read once to be checked
            content = content[: self.size]
        for line in content.split(b"\n")[1:-1]:
            yield json_codec.decode(line[9:])

    def append(self, record: Any) -> None:
        """Writes a record behind all others, whole or not at all. Raises `NotWritten`."""
        line = _line(record)
        with self._lock:
            try:
                if self._is_torn:
                    os.ftruncate(self._descriptor, self.size)
                self._is_torn = True
                _write(self._descriptor, line)
            except OSError as error:
                self._mend()
                raise NotWritten(f"cannot write to {self.path}: {error.strerror}") from error
            self._is_torn = False
            self.size += len(line)

    def rewrite(self, records: Iterable[Any], since: int | None = None) -> None:
        """Puts `records` in the place of what was written up to `since` (default: of everything).

        Happens at once, by renaming, or not at all; appending goes on meanwhile. Raises `NotWritten`.
        """
        successor = self.path.with_name(f"{self.path.name}.new")
        try:
            descriptor = os.open(successor, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o666)
        except OSError as error:
            raise NotWritten(f"cannot write {successor}: {error.strerror}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _write_all(descriptor, records)
            os.fsync(descriptor)
            self._succeed(successor, descriptor, since)
        except OSError as error:
            os.close(descriptor)
            successor.unlink(missing_ok=True)
            raise NotWritten(f"cannot rewrite {self.path}: {error.strerror}") from error

    def sync(self) -> None:
        """Returns once everything written so far would survive a power failure. Raises `OSError`."""
        with self._lock:
            descriptor = os.dup(self._descriptor)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Lets other processes have the file."""
        os.close(self._descriptor)

    def _succeed(self, successor: Path, descriptor: int, since: int | None) -> None:
        with self._lock:
            start = self.size if since is None else since
            if tail := os.pread(self._descriptor, self.size - start, start):
                _write(descriptor, tail)
                os.fsync(descriptor)
            successor.replace(self.path)
            previous, self._descriptor = self._descriptor, descriptor
            self.size = os.fstat(descriptor).st_size
            self._is_torn = False
        os.close(previous)
        _sync_folder(self.path.parent)

    def _mend(self) -> None:
        try:
            os.ftruncate(self._descriptor, self.size)
            self._is_torn = False
        except OSError:
            logger.error("%s ends in half a record; it is cut off before the next one", self.path)

    def _checked_size(self) -> int:
        if not self._content:
            return 0
        *lines, rest = self._content.split(b"\n")
        self._check_format(lines[0] if lines else rest)
        good = next((n for n, line in enumerate(lines) if not _is_sound(line)), len(lines))
        size = sum(len(line) + 1 for line in lines[:good])
        if any(map(_is_sound, lines[good + 1 :])):
            raise StateUnusable(
                f"{self.path} is damaged at byte {size} and sound again after it: restore it from a copy, "
                f"or cut it to {size} bytes to go on with what was written before"
            )
        if size < len(self._content):
            torn = len(self._content) - size
            logger.warning("%s ended in half a record: its last %d bytes are cut off", self.path, torn)
            os.ftruncate(self._descriptor, size)
        return size

    def _check_format(self, line: bytes) -> None:
        header = json_codec.decode(line[9:]) if _is_sound(line) else None
        if not isinstance(header, dict) or header.keys() != FORMAT.keys():
            raise StateUnusable(f"{self.path} is no state file of mock-server: give another --state")
        if header != FORMAT:
            raise StateUnusable(
                f"{self.path} says {header} and this version of mock-server reads {FORMAT}: use the version "
                f"that wrote it, or give another --state"
            )


def _open(path: Path) -> int:
    if sys.platform == "win32":
        raise StateUnusable("--state needs the file locks of Linux or macOS")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    except OSError as error:
        raise StateUnusable(
            f"cannot open {path}: {error.strerror}; --state needs a file that can be read and written"
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever held it may have renamed a new file to its name in between; then this is the old one.
        is_current = path.stat().st_ino == os.fstat(descriptor).st_ino
    except OSError:
        is_current = False
    if not is_current:
        os.close(descriptor)
        raise StateUnusable(f"{path} is in use by another process: stop that one, or give another --state")
    return descriptor


def _line(record: Any) -> bytes:
    payload = json_codec.serialise(record)
    return b"%08x %s\n" % (zlib.crc32(payload), payload)


def _is_sound(line: bytes) -> bool:
    return len(line) > 9 and line[:9] == b"%08x " % zlib.crc32(line[9:])


def _write(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _write_all(descriptor: int, records: Iterable[Any]) -> None:
    pending = [_line(FORMAT)]
    size = 0
    for record in records:
        pending.append(_line(record))
        size += len(pending[-1])
        if size > CHUNK:
            _write(descriptor, b"".join(pending))
            pending, size = [], 0
    _write(descriptor, b"".join(pending))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
