"""State files in trouble: whatever the disk does, a clear error, and nothing that was answered is lost."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.mock_server.robustness.connections import SESSION, SESSIONS
from tests.servers import PATIENCE, Running, running

# Permissions mean nothing to root but without these capabilities.
AS_ANYBODY = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
    if os.geteuid() == 0
    else []
)
WITHOUT_ROOM = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the state is kept."""
    return tmp_path / "state"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The content of a state file with some sessions."""
    path = tmp_path_factory.mktemp("written") / "state"
    with running("viben", "--state", str(path)) as server:
        for _ in range(3):
            assert create(server) == 201
    return path.read_bytes()


def create(server: Running) -> int:
    """The status of the answer to a request that creates a session."""
    return httpx.post(f"{server.url}{SESSIONS}", json={"agent_id": "disk"}).status_code


def count(server: Running) -> int:
    """How many sessions were created."""
    listed = httpx.get(f"{server.url}{SESSIONS}", params={"agent_id": "disk"})
    return len(listed.json()["sessions"])


def refused(path: Path, prefix: list[str] | None = None) -> str:
    """What a server says that cannot use the file: one sentence, and status 2."""
    serve = [sys.executable, "-m", "mock_server", "serve", "viben", "--port", "0", "--state", str(path)]
    ended = subprocess.run(
        [*(prefix or []), *serve], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    return ended.stderr


@contextmanager
def full(server: Running, path: Path, room: int = 20) -> Iterator[None]:
    """A disk that takes a few more bytes and then no more, for a while."""
    limit = resource.RLIMIT_FSIZE
    before = resource.prlimit(server.process.pid, limit)
    resource.prlimit(server.process.pid, limit, (path.stat().st_size + room, before[1]))
    try:
        yield
    finally:
        resource.prlimit(server.process.pid, limit, before)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux sets the limits of another process")
def test_a_full_disk_refuses_what_it_cannot_keep(path: Path) -> None:
    """Reading goes on, writing is a 507, and when there is room again all that was answered is there."""
    with running("viben", "--state", str(path)) as server:
        assert create(server) == 201
        with full(server, path):
            assert [create(server) for _ in range(3)] == [507] * 3
            assert count(server) == 1
        assert create(server) == 201

    with running("viben", "--state", str(path)) as server:
        assert count(server) == 2


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux sets the limits of another process")
def test_a_full_disk_refuses_a_reset(path: Path) -> None:
    """A file that cannot be written anew stays as it is, and so does the world."""
    with running("viben", "--state", str(path)) as server:
        assert create(server) == 201
        with full(server, path, room=-1000):
            refusal = httpx.post(f"{server.url}/__admin/reset")
            assert (refusal.status_code, count(server)) == (507, 1)
        assert httpx.post(f"{server.url}/__admin/reset").status_code == 200
        assert count(server) == 0

    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_disk_that_is_full_at_the_start_is_told(path: Path) -> None:
    """Without a first write there is no server."""
    assert str(path) in refused(path, WITHOUT_ROOM)


def test_a_file_that_may_not_be_written_is_told(path: Path, written: bytes) -> None:
    """And left as it is."""
    path.write_bytes(written)
    path.chmod(0o444)

    assert "Permission denied; --state needs a file that can be read and written" in refused(path, AS_ANYBODY)
    assert path.read_bytes() == written


def test_a_folder_that_may_not_be_written_is_told(path: Path) -> None:
    """A new file needs a place."""
    path.parent.chmod(0o555)

    assert f"cannot open {path}: Permission denied" in refused(path, AS_ANYBODY)
    path.parent.chmod(0o755)


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_a_damaged_file_is_told(path: Path, written: bytes, place: float) -> None:
    """With the place of the damage and what to do; nothing is thrown away."""
    damaged = bytearray(written)
    damaged[int(len(damaged) * place)] ^= 1
    path.write_bytes(damaged)

    assert "is damaged at byte" in refused(path)
    assert path.read_bytes() == damaged


@pytest.mark.parametrize("content", [b"\0" * 4096, b'{"sessions": []}', b"SQLite format 3\0" * 100])
def test_another_kind_of_file_is_told(path: Path, content: bytes) -> None:
    """A file of somebody else is not touched."""
    path.write_bytes(content)

    assert "is no state file of mock-server" in refused(path)
    assert path.read_bytes() == content


def test_a_file_that_another_process_holds_is_told(path: Path) -> None:
    """Even one that stands still; once that has ended, it is free."""
    with running("viben", "--state", str(path)) as holder:
        holder.process.send_signal(signal.SIGSTOP)
        assert "is in use by another process" in refused(path)
        holder.process.kill()
        holder.process.wait()

    with running("viben", "--state", str(path)) as server:
        assert httpx.get(f"{server.url}{SESSION}").status_code == 200
