"""The state of a world as a JSON document, and worlds kept under a name to begin others from."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from mock_server.clock import Clock, instant, rfc3339
from mock_server.draw import Draw
from mock_server.world import REQUESTS, World, check_name

FORMAT = 1
MOST_SNAPSHOTS = 64


class TooManySnapshots(Exception):
    """A server has as many snapshots as it may have."""


class Snapshots:
    """Worlds as they were at some time, by name, for all namespaces of a server.

    A snapshot shares what did not change since with the world it was taken from.
    """

    def __init__(self) -> None:
        self._kept: dict[str, World] = {}

    def __iter__(self) -> Iterator[World]:
        return iter(tuple(self._kept.values()))

    def get(self, name: str) -> World | None:
        """The world kept under a name, which nobody may change; None when there is none."""
        return self._kept.get(name)

    def take(self, name: str, world: World) -> World:
        """Keeps a world as it is, in the place of what had this name.

        Raises `InvalidNamespace` for what cannot be a name, and `TooManySnapshots`.
        """
        check_name(name)
        if name not in self._kept and len(self._kept) >= MOST_SNAPSHOTS:
            raise TooManySnapshots(f"a server has {MOST_SNAPSHOTS} snapshots at the most; delete some first")
        self._kept[name] = world.fork(name)
        return self._kept[name]

    def delete(self, name: str) -> bool:
        """Forgets a snapshot; False when there is none of this name."""
        return self._kept.pop(name, None) is not None


def exported(world: World) -> dict[str, Any]:
    """The state of a world: data, seed, numbering and clock (`State` in `openapi/control.yaml`)."""
    return {
        "format": FORMAT,
        "seed": world.seed,
        "clock": _clock_document(world.clock),
        "counters": {name: count for name, count in world.counters.items() if name != REQUESTS},
        "collections": {name: dict(world.store.documents(name)) for name in world.store.names()},
    }


def imported(state: Mapping[str, Any], template: World) -> World:
    """A world in this state, for the APIs that `template` is for. A collection left out is empty.

    Raises `KeyError` for a collection that no API has, and what sort keys raise for a document they cannot
    read; `template` stays as it is.
    """
    store = template.store.fork()
    for name in store.names():
        store.load(name, state["collections"].get(name, {}))
    unknown = state["collections"].keys() - set(store.names())
    if unknown:
        raise KeyError(min(unknown))
    return World(
        template.name,
        store,
        template.draw if template.seed == state["seed"] else Draw(int(state["seed"])),
        _clock(state["clock"]),
        Counter({name: int(count) for name, count in state["counters"].items()}),
        template.validation,
    )


def _clock_document(clock: Clock) -> dict[str, Any]:
    if clock.frozen_at is not None:
        return {"mode": "frozen", "now": rfc3339(clock.frozen_at, "microseconds")}
    return {"mode": clock.mode, "offset": clock.offset.total_seconds()}


def _clock(document: Mapping[str, Any]) -> Clock:
    clock = Clock()
    if document["mode"] == "frozen":
        clock.freeze(instant(document["now"]))
    else:
        clock.advance(timedelta(seconds=document.get("offset", 0)))
    return clock
