"""The state file: what a restart finds, after an orderly end and after none."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

import fixtures
from mock_server import apis, seeding
from mock_server import state as module
from mock_server.errors import StateNotWritten
from mock_server.settings import Fsync
from mock_server.state import StateFile
from mock_server.store.log import Log, NotWritten, StateUnusable
from mock_server.world import World, Worlds
from tests import servers
from tests.mock_server.worlds import EPOCH

VERSIONS = {"viben": "1.0"}
SESSIONS = "/api/sessions"
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a state file can be."""
    return tmp_path / "state"


@contextmanager
def kept(
    path: Path, versions: dict[str, str] = VERSIONS, fsync: Fsync = "interval", seed: int = 1
) -> Iterator[Worlds]:
    """The worlds of a server with that state file, until it stops."""
    keeper = StateFile(path, versions, fsync)
    served = [apis.load(name) for name in versions]
    worlds = Worlds(
        lambda seed: seeding.baseline(served, fixtures.world(), seed, EPOCH), seed=seed, keeper=keeper
    )
    try:
        yield worlds
    finally:
        worlds.close()


def put(world: World, key: str, **fields: Any) -> None:
    """Writes one session, as a request does."""
    sessions = world.collection("viben", "sessions")
    template = next(sessions.find("age"))
    ordinal = world.next_ordinal("viben.sessions")
    sessions.insert(key, {**template, "id": key, "sequence": ordinal, **fields})
    asyncio.run(world.keep(world.taken_changes()))


def keys(worlds: Worlds, name: str = "default") -> set[str]:
    """The sessions of a namespace."""
    return {key for key, _ in worlds.get(name).collection("viben", "sessions").items()}


@pytest.mark.parametrize("fsync", ["always", "interval", "never"])
def test_a_restart_goes_on_where_the_server_stopped(path: Path, fsync: Fsync) -> None:
    """Documents are there, and numbers go on, so that no id comes twice."""
    with kept(path, fsync=fsync) as worlds:
        put(worlds.get("default"), "new")
        before, ordinal = keys(worlds), worlds.get("default").next_ordinal("viben.sessions")

    with kept(path, fsync=fsync) as worlds:
        assert keys(worlds) == before > {"new"}
        assert worlds.get("default").next_ordinal("viben.sessions") == ordinal


def test_the_clock_and_the_seed_are_kept(path: Path) -> None:
    """A frozen clock is still frozen, and a reset leads to the seed that the file began with."""
    with kept(path, seed=5) as worlds:
        began = keys(worlds)
        world = worlds.get("default")
        world.clock.freeze(NOON)
        put(world, "new")

    with kept(path, seed=6) as worlds:
        assert worlds.get("default").clock.now() == NOON
        assert keys(worlds) > began
        worlds.reset("default")
        assert keys(worlds) == began


def test_a_reset_is_kept(path: Path) -> None:
    """After a reset and a restart the world is the seeded one."""
    with kept(path) as worlds:
        began = keys(worlds)
        put(worlds.get("default"), "new")
        worlds.reset("default")

    with kept(path) as worlds:
        assert keys(worlds) == began


def test_a_request_under_way_during_a_reset_ends_in_the_old_world(path: Path) -> None:
    """What it writes goes the way of that world."""
    with kept(path) as worlds:
        old = worlds.get("default")
        worlds.reset("default")
        put(old, "late")

    with kept(path) as worlds:
        assert "late" not in keys(worlds)


def test_other_namespaces_are_not_kept(path: Path) -> None:
    """They are for the time of a test."""
    with kept(path) as worlds:
        put(worlds.get("test-1"), "new")

    with kept(path) as worlds:
        assert "new" not in keys(worlds, "test-1") | keys(worlds)


def test_a_change_that_cannot_be_written_is_undone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sees what a restart would lose; the next change is kept again."""
    with kept(path) as worlds:
        world = worlds.get("default")
        with monkeypatch.context() as disk:
            disk.setattr(Log, "append", full)
            with pytest.raises(StateNotWritten, match="disk is full"):
                put(world, "lost")
        assert "lost" not in keys(worlds)
        put(world, "kept")

    with kept(path) as worlds:
        assert keys(worlds) >= {"kept"}


def test_a_client_is_told_of_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is a problem of the mock, in no vendor's form, and nothing has changed."""
    with servers.mock(apis.load("viben"), state=path) as url:
        before = httpx.get(f"{url}{SESSIONS}").json()
        monkeypatch.setattr(Log, "append", full)
        answer = httpx.post(f"{url}{SESSIONS}", json={"agent_id": "a"})
        after = httpx.get(f"{url}{SESSIONS}").json()

    assert (answer.status_code, answer.headers["Content-Type"]) == (507, "application/problem+json")
    assert "the disk is full" in answer.json()["detail"]
    assert after == before


def full(log: Log, record: Any) -> None:
    """A disk without room."""
    raise NotWritten("the disk is full")


def test_records_of_apis_that_are_not_served_stay(path: Path) -> None:
    """Serving one API of the file, and compacting it, loses nothing of the others."""
    with kept(path) as worlds:
        put(worlds.get("default"), "new")
    with kept(path, versions={}) as worlds:
        worlds.reset("default")

    with kept(path) as worlds:
        assert keys(worlds) >= {"new"}


def test_another_version_of_the_contract_is_refused(path: Path) -> None:
    """Records that the contract may not allow any more are neither served nor lost."""
    with kept(path):
        pass
    content = path.read_bytes()

    with pytest.raises(StateUnusable, match=r"viben 1\.0.*is 2\.0"), kept(path, {"viben": "2.0"}):
        pass
    assert path.read_bytes() == content


def test_the_file_is_compacted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file does not grow with the number of writes, and compaction loses none of them."""
    monkeypatch.setattr(module, "LEAST_WEAR", 1)
    monkeypatch.setattr(module, "Thread", AtOnce)
    written(path, updates=300)

    assert path.read_bytes().count(b'"message_count":') < 200


def test_compaction_beside_writes_loses_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However threads take turns, the last write is the one that is there."""
    monkeypatch.setattr(module, "LEAST_WEAR", 1)
    written(path, updates=300)

    with kept(path) as worlds:
        assert fields(worlds.get("default"), "new")["message_count"] == 299


def written(path: Path, updates: int) -> None:
    """Writes a session and changes it again and again."""
    with kept(path) as worlds:
        world = worlds.get("default")
        put(world, "new")
        for number in range(updates):
            changed = {**fields(world, "new"), "message_count": number}
            world.collection("viben", "sessions").update("new", changed)
            asyncio.run(world.keep(world.taken_changes()))


class AtOnce(Thread):
    """A thread that is through as soon as it was started."""

    def start(self) -> None:
        """Does the work."""
        self.run()

    def join(self, timeout: float | None = None) -> None:
        """Nothing is left to wait for."""


def fields(world: World, key: str) -> dict[str, Any]:
    """A session as it is stored."""
    return dict(world.collection("viben", "sessions").get(key) or {})


def test_two_servers_do_not_share_a_file(path: Path) -> None:
    """The second one says what is in its way, and ends."""
    arguments = ("viben", "--state", str(path))
    with (
        servers.running(*arguments),
        pytest.raises(AssertionError, match="in use by another process"),
        servers.running(*arguments),
    ):
        pass
