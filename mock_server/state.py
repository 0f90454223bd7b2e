"""The state file: keeps the default world over restarts and crashes.

Its documents, numbering, seed and clock are kept; faults, settings and other namespaces are for the time of a
test and are not.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread, Timer
from typing import Any

from mock_server.changes import Change
from mock_server.clock import Clock
from mock_server.errors import StateNotWritten
from mock_server.settings import Fsync
from mock_server.store import Document
from mock_server.store.log import NotWritten, StateUnusable
from mock_server.store.tinydb.storage import JournalStorage, Tables, Write
from mock_server.world import REQUESTS, World

logger = logging.getLogger(__name__)
WORLD = "world"  # the table of what is no document of an API
SYNC_SECONDS = 1.0
LEAST_WEAR = 4 * 1024 * 1024


class StateFile:
    """The file at `path`, for a server of the APIs in `versions`. Raises `StateUnusable`.

    `fsync` says when what is written is safe from a power failure too: with every answer (`always`), within a
    second (`interval`), or when the system likes (`never`). Records of APIs that are not served stay in it.
    """

    def __init__(self, path: Path, versions: Mapping[str, str], fsync: Fsync = "interval") -> None:
        self._storage = JournalStorage(path)
        self._versions = versions
        self._fsync = fsync
        self._found: Tables | None = self._storage.read()
        self._others: Tables = {}
        about = (self._found or {}).get(WORLD, {})
        self._apis: Mapping[str, str] = about.get("apis", {})
        self._counters: Mapping[str, int] = about.get("counters", {})
        self._clock: Mapping[str, Any] = about.get("clock", {})
        self.seed: int | None = about.get("seed", {}).get("seed")
        self._size = self._storage.log.size
        self._world: World | None = None
        self._compaction: Thread | None = None
        self._timer: Timer | None = None
        self._syncing = GroupSync(self._storage)
        self._check_versions()

    def adopt(self, world: World) -> None:
        """Makes `world` the one that is kept. Raises `StateNotWritten`.

        The first one takes over what the file held; of every other one the file takes over everything.
        """
        self._await_compaction()
        found, self._found = self._found, None
        if found is not None:
            self._restore(world, found)
        if found is None or not self._versions.keys() <= self._apis.keys():
            self._apis = {**self._apis, **self._versions}
            self._write_all(world)
        self._world = world
        world.keeper = self

    def commit(self, world: World, changes: Sequence[Change]) -> None:
        """Writes what one request changed, all of it or nothing. Raises `StateNotWritten`."""
        clock = _clock_document(world.clock)
        if world is not self._world or (not changes and clock == self._clock):
            return  # a request that was under way while its world was reset ends in the old one
        writes: list[Write] = [(change.collection, change.key, change.after) for change in changes]
        counters = _counted(world)
        writes += _changed("counters", self._counters, counters) + _changed("clock", self._clock, clock)
        try:
            self._storage.append(writes)
        except NotWritten as failure:
            raise StateNotWritten(str(failure)) from failure
        self._counters, self._clock = counters, clock
        self._compact_when_worn(world)
        self._sync_soon()

    async def settled(self) -> None:
        """Returns once what was committed is as safe as `fsync` asks for. Raises `StateNotWritten`."""
        if self._fsync == "always":
            await self._syncing.done()

    def close(self) -> None:
        """Writes everything out, and lets other processes have the file."""
        if self._timer is not None:
            self._timer.cancel()
        self._await_compaction()
        if self._fsync != "never":
            self._sync()
        self._storage.close()

    def _await_compaction(self) -> None:
        if self._compaction is not None:
            self._compaction.join()

    def _check_versions(self) -> None:
        for api, version in self._versions.items():
            if self._apis.get(api, version) != version:
                self._storage.close()
                raise StateUnusable(
                    f"{self._storage.log.path} holds records of {api} {self._apis[api]}, and the contract "
                    f"served is {version}: serve that version, or give another --state"
                )

    def _restore(self, world: World, found: Tables) -> None:
        for name, count in self._counters.items():
            world.counters[name] = count
        _set_clock(world.clock, self._clock)
        names = {name for name in world.store.names() if name.partition(".")[0] in self._apis}
        for name in names:
            world.store.load(name, found.get(name, {}))
        self._others = {name: table for name, table in found.items() if name not in {*names, WORLD}}

    def _tables(self, world: World) -> Tables:
        about: dict[str, Document] = {
            "apis": self._apis,
            "seed": {"seed": world.seed},
            "counters": self._counters,
            "clock": self._clock,
        }
        documents = {name: world.store.documents(name) for name in world.store.names()}
        return {WORLD: about, **self._others, **documents}

    def _write_all(self, world: World) -> None:
        self._counters, self._clock = _counted(world), _clock_document(world.clock)
        try:
            self._storage.write(self._tables(world))
        except NotWritten as failure:
            raise StateNotWritten(str(failure)) from failure
        self._size = self._storage.log.size

    def _compact_when_worn(self, world: World) -> None:
        # Once as much was added as there was: so compaction costs each write the same at any size.
        size = self._storage.log.size
        if size - self._size < max(LEAST_WEAR, self._size):
            return
        if self._compaction is None or not self._compaction.is_alive():
            # What is written meanwhile is carried over; the tables do not change any more.
            self._size = size
            self._compaction = Thread(target=self._compact, args=(self._tables(world), size), daemon=True)
            self._compaction.start()

    def _compact(self, tables: Tables, since: int) -> None:
        try:
            self._storage.compact(tables, since)
            self._size = self._storage.log.size
        except NotWritten as failure:
            logger.warning("%s; it grows on, and nothing is lost", failure)

    def _sync_soon(self) -> None:
        if self._fsync == "interval" and (self._timer is None or not self._timer.is_alive()):
            self._timer = Timer(SYNC_SECONDS, self._sync)
            self._timer.daemon = True
            self._timer.start()

    def _sync(self) -> None:
        try:
            self._storage.log.sync()
        except OSError as failure:
            logger.error("%s may not survive a power failure: %s", self._storage.log.path, failure.strerror)


class GroupSync:
    """Waiting for the disk, together: whoever comes while a sync is under way shares the next one."""

    def __init__(self, storage: JournalStorage) -> None:
        self._storage = storage
        self._current: asyncio.Future[None] | None = None
        self._next: asyncio.Future[None] | None = None

    async def done(self) -> None:
        """Returns after a sync that began after this call. Raises `StateNotWritten`."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._sync(self._current))
        try:
            await asyncio.shield(self._next)
        except OSError as failure:
            raise StateNotWritten(f"cannot write to the disk: {failure.strerror}") from failure

    async def _sync(self, previous: "asyncio.Future[None] | None") -> None:
        if previous is not None and not previous.done():
            await asyncio.wait([previous])
        self._current, self._next = self._next, None
        await asyncio.get_running_loop().run_in_executor(None, self._storage.log.sync)


def _counted(world: World) -> dict[str, int]:
    return {name: count for name, count in world.counters.items() if name != REQUESTS}


def _changed(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Write]:
    return [] if before == after else [(WORLD, name, after)]


def _clock_document(clock: Clock) -> dict[str, Any]:
    if clock.frozen_at is not None:
        return {"frozen_at": clock.frozen_at.isoformat()}
    return {"offset": clock.offset.total_seconds()} if clock.offset else {}


def _set_clock(clock: Clock, document: Mapping[str, Any]) -> None:
    clock.offset = timedelta(seconds=document.get("offset", 0))
    if "frozen_at" in document:
        clock.frozen_at = datetime.fromisoformat(document["frozen_at"])
