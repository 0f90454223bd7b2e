"""Worlds: what one namespace owns, and how namespaces come and go."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mock_server.clock import Clock
from mock_server.draw import Draw
from mock_server.errors import InvalidNamespace, TooManyNamespaces
from mock_server.store import Collection, Store

DEFAULT = "default"
NAME = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")


@dataclass(slots=True)
class World:
    """Everything that can differ between two tests: data, seed, clock, and the order of events."""

    name: str
    store: Store
    draw: Draw
    clock: Clock = field(default_factory=Clock)
    counters: Counter[str] = field(default_factory=Counter)

    @property
    def seed(self) -> int:
        """The seed that this world's data was made from."""
        return self.draw.seed

    def collection(self, api: str, name: str) -> Collection:
        """A collection of an API."""
        return self.store.collection(f"{api}.{name}")

    def next_ordinal(self, of: str) -> int:
        """1, 2, 3... for each name; never the same number twice, so nothing made from it comes back."""
        self.counters[of] += 1
        return self.counters[of]

    def fork(self, name: str) -> "World":
        """An independent world that begins where this one stands."""
        return World(name, self.store.fork(), self.draw, self.clock.fork(), Counter(self.counters))


@dataclass(slots=True)
class _Slot:
    world: World
    used_at: float


class Worlds:
    """The namespaces of one server. An unknown name becomes a fork of the seeded baseline.

    At most `capacity` exist at a time; at the cap, one that nobody used for `idle_seconds` makes room.
    The default namespace never expires.
    """

    def __init__(
        self,
        baseline: Callable[[int], World],
        *,
        seed: int,
        capacity: int = 256,
        idle_seconds: float = 900.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make_baseline = baseline
        self._baselines: dict[int, World] = {}
        self._seed = seed
        self._capacity = capacity
        self._idle_seconds = idle_seconds
        self._monotonic = monotonic
        self._slots: dict[str, _Slot] = {}
        self.get(DEFAULT)

    def __iter__(self) -> Iterator[World]:
        return iter([slot.world for slot in self._slots.values()])

    def __contains__(self, name: str) -> bool:
        return name in self._slots

    def get(self, name: str) -> World:
        """The world of a namespace. Raises `InvalidNamespace` and `TooManyNamespaces`."""
        slot = self._slots.get(name)
        if slot is None:
            return self.create(name)
        slot.used_at = self._monotonic()
        return slot.world

    def create(self, name: str, seed: int | None = None) -> World:
        """A new or newly begun namespace with data of `seed` (default: the server's)."""
        check_name(name)
        if name not in self._slots:
            self._make_room()
        world = self._baseline(self._seed if seed is None else seed).fork(name)
        self._slots[name] = _Slot(world, self._monotonic())
        return world

    def reset(self, name: str) -> World:
        """Back to the seed. One reference is swapped; requests under way finish on the old world."""
        return self.create(name, self.get(name).seed)

    def delete(self, name: str) -> bool:
        """Forgets a namespace; False when there is none. The default one begins anew instead."""
        existed = self._slots.pop(name, None) is not None
        if name == DEFAULT:
            self.get(DEFAULT)
        return existed

    def _baseline(self, seed: int) -> World:
        if seed not in self._baselines:
            # A handful of seeds at the most are kept: anybody can ask for any number of them.
            if len(self._baselines) >= 8:
                del self._baselines[next(iter(self._baselines))]
            self._baselines[seed] = self._make_baseline(seed)
        return self._baselines[seed]

    def _make_room(self) -> None:
        if len(self._slots) < self._capacity:
            return
        deadline = self._monotonic() - self._idle_seconds
        idle = [name for name, slot in self._slots.items() if slot.used_at < deadline and name != DEFAULT]
        if not idle:
            raise TooManyNamespaces(
                f"all {self._capacity} namespaces are in use: free one with DELETE /__admin/namespaces/<name>"
            )
        for name in idle:
            del self._slots[name]


def check_name(name: str) -> None:
    """Raises `InvalidNamespace` for what cannot name a namespace."""
    if not NAME.match(name) or name in (".", ".."):
        raise InvalidNamespace(
            f"{name[:80]!r} cannot name a namespace: use 1 to 64 of A-Z a-z 0-9 . _ - and not '.' or '..'"
        )
