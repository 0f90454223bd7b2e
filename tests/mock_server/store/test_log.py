"""The append-only file: what survives which accident."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.store import log as module
from mock_server.store.log import Log, NotWritten, StateUnusable

RECORDS = [{"n": 1}, ["zwei", {"ü": "\n"}], 2**70, None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a log can be."""
    return tmp_path / "state"


@contextmanager
def opened(path: Path) -> Iterator[Log]:
    """The log at `path`."""
    log = Log(path)
    try:
        yield log
    finally:
        log.close()


def written(path: Path, records: list[Any] = RECORDS) -> bytes:
    """The content of a new log with these records."""
    with opened(path) as log:
        log.rewrite(())
        for record in records:
            log.append(record)
    return path.read_bytes()


def read(path: Path) -> list[Any]:
    """What the log at `path` holds."""
    with opened(path) as log:
        return list(log.records())


def test_records_come_back_in_their_order(path: Path) -> None:
    """What was appended is there when the file is opened again."""
    written(path)

    assert read(path) == RECORDS


def test_a_crash_at_any_byte_loses_only_what_was_being_written(path: Path) -> None:
    """Of a file that ends anywhere, all whole records remain, and writing goes on behind them."""
    content = written(path)
    header = content.index(b"\n") + 1
    for end in range(header, len(content) + 1):
        path.write_bytes(content[:end])
        whole = RECORDS[: content[:end].count(b"\n") - 1]

        assert read(path) == whole
        with opened(path) as log:
            log.append("next")
        assert read(path) == [*whole, "next"]


@given(st.data())
def test_a_changed_byte_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Damage before the last record is refused, and the file left as it is."""
    path = tmp_path_factory.mktemp("log") / "state"
    content = bytearray(written(path))
    place = data.draw(st.integers(0, content.rstrip(b"\n").rindex(b"\n") - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)

    with pytest.raises(StateUnusable, match=r"damaged at byte|no state file"):
        read(path)
    assert path.read_bytes() == content


def test_a_torn_end_is_reported(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The log says how much was cut off."""
    path.write_bytes(written(path)[:-3])
    read(path)

    assert "half a record" in caplog.text


@pytest.mark.parametrize("content", [b"hello", b"hello\n", b'{"a": 1}\n', b"\n", b"\x00" * 100])
def test_another_file_is_refused(path: Path, content: bytes) -> None:
    """A file that is no log is not touched."""
    path.write_bytes(content)

    with pytest.raises(StateUnusable, match="no state file"):
        Log(path)
    assert path.read_bytes() == content


def test_another_format_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version's file is left to that version."""
    with monkeypatch.context() as later:
        later.setattr(module, "FORMAT", {"mock-server state": 2})
        written(path)

    with pytest.raises(StateUnusable, match="version"):
        Log(path)


def test_a_second_process_is_refused(path: Path) -> None:
    """Who has the file open has it alone, also after compaction gave it a new inode."""
    with opened(path) as log:
        with pytest.raises(StateUnusable, match="in use"):
            Log(path)
        log.rewrite(["a"])
        with pytest.raises(StateUnusable, match="in use"):
            Log(path)


@pytest.mark.parametrize("place", ["missing/state", ".", "file/state"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, place: str) -> None:
    """The message says which file it is about."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StateUnusable, match="cannot open"):
        Log(tmp_path / place)


def test_a_full_disk_leaves_no_half_record(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is refused whole; when there is room again, writing goes on."""
    written(path, ["before"])
    with opened(path) as log:
        with monkeypatch.context() as disk:
            disk.setattr(os, "write", half_written)
            with pytest.raises(NotWritten, match="No space left"):
                log.append("too much")
        log.append("after")

    assert read(path) == ["before", "after"]


def half_written(descriptor: int, content: bytes, real: Any = os.write) -> int:
    """A disk that takes half of what it gets and then no more."""
    if len(content) < 10:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    written: int = real(descriptor, content[: len(content) // 2])
    return written


def test_a_full_disk_leaves_the_file_when_it_cannot_be_rewritten(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compaction happens whole or not at all, and leaves nothing behind."""
    written(path)
    with opened(path) as log, monkeypatch.context() as disk:
        disk.setattr(os, "write", half_written)
        with pytest.raises(NotWritten):
            log.rewrite(["much"] * 100)

    assert read(path) == RECORDS
    assert list(path.parent.iterdir()) == [path]


def test_rewriting_keeps_what_was_written_meanwhile(path: Path) -> None:
    """Records behind the point that the new content stands for are carried over."""
    written(path, ["old", "old"])
    with opened(path) as log:
        since = log.size
        log.append("meanwhile")
        log.rewrite(["compact"], since)
        log.append("later")

    assert read(path) == ["compact", "meanwhile", "later"]
