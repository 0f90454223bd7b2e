"""What happened in the worlds since somebody last looked, found by comparing: requests pay nothing for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from typing import Any, Literal, NamedTuple

from mock_server.clock import rfc3339
from mock_server.explanation import Explainer
from mock_server.journal import Entry, Journal
from mock_server.snapshots import Snapshots
from mock_server.world import World, Worlds

CONTROL = "control"
MOST_ENTRIES = 1000  # of one world in one look; older ones are told by the journal only
EventType = Literal["request", "state", "clock", "faults", "quotas", "settings", "namespace", "snapshots"]
Found = tuple[World, Entry]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened in a namespace, or to the server as a whole (`namespace` is empty)."""

    type: EventType
    namespace: str
    data: Mapping[str, Any]


class _Sight(NamedTuple):
    """How a world was: each part is equal to itself later unless something happened."""

    journal: Journal  # each world has its own, and a closed one is empty
    ordinal: int
    clock: tuple[timedelta, datetime | None]
    faults: tuple[tuple[int, int], ...]
    quotas: tuple[tuple[int, int], ...]
    validation: str


class Observer:
    """Tells what changed in the worlds between two looks.

    A look costs little where nothing happened. What came and went between two looks is not seen.
    """

    def __init__(self, worlds: Worlds, explainer: Explainer, snapshots: Snapshots) -> None:
        self._worlds = worlds
        self._explainer = explainer
        self._snapshots = snapshots
        self._seen: dict[str, _Sight] = {}
        self._kept: tuple[str, ...] = ()

    def look(self) -> Iterator[Happening]:
        """Everything since the last look: namespaces, then requests and what they wrote, then the rest."""
        seen, self._seen = self._seen, {world.name: self._sight(world) for world in self._worlds}
        yield from self._namespaces(seen)
        yield from self._requests(seen)
        for world in self._worlds:
            before, now = seen.get(world.name), self._seen[world.name]
            if before is not None and before is not now:
                yield from _differences(world, before, now)
        yield from self._snapshots_changed()

    def _sight(self, world: World) -> _Sight:
        before = self._seen.get(world.name)
        sight = _Sight(
            world.journal,
            world.journal.latest,
            (world.clock.offset, world.clock.frozen_at),
            tuple((each.number, each.fired) for each in world.faults.planted) if world.faults else (),
            tuple((each.number, each.refused) for each in world.quotas.installed) if world.quotas else (),
            world.validation,
        )
        return before if before == sight and before is not None else sight

    def _namespaces(self, seen: Mapping[str, _Sight]) -> Iterator[Happening]:
        for name in seen.keys() - self._seen.keys():
            yield Happening("namespace", name, {"namespace": name, "change": "deleted"})
        for world in self._worlds:
            before = seen.get(world.name)
            if before is None or before.journal is not world.journal:
                change = "created" if before is None else "begun"
                data = {"namespace": world.name, "change": change, "seed": world.seed}
                yield Happening("namespace", world.name, data)

    def _requests(self, seen: Mapping[str, _Sight]) -> Iterator[Happening]:
        histories = [self._history(world, seen.get(world.name)) for world in self._worlds]
        for world, entry in merge(*filter(None, histories), key=lambda found: found[1].at):
            if entry.api != CONTROL:
                yield Happening("request", world.name, self._explainer.summary(world.name, entry))
            if entry.changes:
                collections = sorted({change.collection for change in entry.changes})
                yield Happening("state", world.name, {"namespace": world.name, "collections": collections})

    def _history(self, world: World, before: _Sight | None) -> Sequence[Found]:
        if before is self._seen[world.name]:
            return ()
        is_same = before is not None and before.journal is world.journal
        known = before.ordinal if before is not None and is_same else 0
        return [(world, entry) for entry in world.journal.after(known, MOST_ENTRIES)]

    def _snapshots_changed(self) -> Iterator[Happening]:
        names = tuple(each.name for each in self._snapshots)
        if names != self._kept:
            self._kept = names
            yield Happening("snapshots", "", {"snapshots": list(names)})


def _differences(world: World, before: _Sight, now: _Sight) -> Iterable[Happening]:
    data: dict[EventType, Mapping[str, Any]] = {}
    if before.clock != now.clock:
        data["clock"] = {"mode": world.clock.mode, "now": rfc3339(world.clock.now(), "milliseconds")}
    if before.faults != now.faults:
        data["faults"] = {"count": len(now.faults)}
    if before.quotas != now.quotas:
        data["quotas"] = {"count": len(now.quotas)}
    if before.validation != now.validation:
        data["settings"] = {"validation": now.validation}
    for kind, members in data.items():
        yield Happening(kind, world.name, {"namespace": world.name, **members})
