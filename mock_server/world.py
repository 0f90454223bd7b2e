"""Worlds: what one namespace owns, and how namespaces come and go."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from mock_server.changes import Change, WatchedCollection
from mock_server.clock import Clock
from mock_server.draw import Draw
from mock_server.errors import InvalidNamespace, StateNotWritten, TooManyNamespaces
from mock_server.faults import Faults
from mock_server.journal import Journal, JournalBudget
from mock_server.quotas import Quotas
from mock_server.settings import Validation
from mock_server.store import Store
from mock_server.webhooks import Courier, Delivery

DEFAULT = "default"
REQUESTS = "request"  # the counter that numbers the requests of a world
NAME = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")


class Keeper(Protocol):
    """Whatever outlives the process and keeps a world."""

    @property
    def seed(self) -> int | None:
        """The seed of the world that is kept, None when there is none yet."""

    def adopt(self, world: "World") -> None:
        """Makes `world` the one that is kept. Raises `StateNotWritten`."""

    def commit(self, world: "World", changes: Sequence[Change]) -> None:
        """Keeps what one request changed, all of it or nothing. Raises `StateNotWritten`."""

    async def settled(self) -> None:
        """Returns once what was committed is safe. Raises `StateNotWritten`."""

    def close(self) -> None:
        """Ends keeping."""


@dataclass(slots=True)
class World:
    """Everything that can differ between two tests: data, seed, clock, order of events, journal, faults.

    `changes` are the writes since somebody last took them, and `deliveries` the webhooks; `origin` is this
    world before its journal. A world that `is_gone` has lost its name to another, or to nobody.
    """

    name: str
    store: Store
    draw: Draw
    clock: Clock = field(default_factory=Clock)
    counters: Counter[str] = field(default_factory=Counter)
    validation: Validation = "strict"
    journal: Journal = field(default_factory=lambda: Journal(JournalBudget(0)))
    faults: Faults = field(default_factory=Faults)
    quotas: Quotas = field(default_factory=Quotas)
    origin: "World | None" = None
    keeper: Keeper | None = None
    courier: Courier = field(default_factory=Courier)
    is_gone: bool = field(default=False, init=False)
    changes: list[Change] = field(default_factory=list, init=False)
    deliveries: list[Delivery] = field(default_factory=list, init=False)
    _collections: dict[tuple[str, str], WatchedCollection] = field(default_factory=dict, init=False)

    @property
    def seed(self) -> int:
        """The seed that this world's data was made from."""
        return self.draw.seed

    def collection(self, api: str, name: str) -> WatchedCollection:
        """A collection of an API. Raises `KeyError` for one nobody declared."""
        collection = self._collections.get((api, name))
        if collection is None:
            full_name = f"{api}.{name}"
            collection = WatchedCollection(full_name, self.store.collection(full_name), self._note)
            self._collections[api, name] = collection
        return collection

    def next_ordinal(self, of: str) -> int:
        """1, 2, 3... for each name; never the same number twice, so nothing made from it comes back."""
        ordinal = self.counters[of] = self.counters[of] + 1
        return ordinal

    def taken_changes(self) -> list[Change]:
        """The writes since the last call."""
        taken, self.changes = self.changes, []
        return taken

    def taken_deliveries(self) -> list[Delivery]:
        """The webhooks since the last call."""
        taken, self.deliveries = self.deliveries, []
        return taken

    def send(self, deliveries: Sequence[Delivery]) -> None:
        """Has webhooks delivered when they are due, as long as this world exists; returns at once."""
        self.courier.start(deliveries, self.clock, lambda: not self.is_gone)

    async def keep(self, changes: Sequence[Change]) -> None:
        """Hands what one request changed to the keeper, if there is one. Raises `StateNotWritten`.

        What cannot be kept is undone, so that nobody sees what a restart would lose.
        """
        if self.keeper is None:
            return
        try:
            self.keeper.commit(self, changes)
        except StateNotWritten:
            self._undo(changes)
            raise
        await self.keeper.settled()

    def forget_requests(self) -> None:
        """Empties the journal; what it holds from now on begins where this world stands."""
        self.journal.clear()
        self.origin = self.fork(self.name)

    def fork(self, name: str) -> "World":
        """An independent world that begins where this one stands, without a journal."""
        return World(
            name,
            self.store.fork(),
            self.draw,
            self.clock.fork(),
            Counter(self.counters),
            self.validation,
            origin=self,
            courier=self.courier,
        )

    def _note(self, change: Change) -> None:
        self.changes.append(change)

    def _undo(self, changes: Sequence[Change]) -> None:
        for change in reversed(changes):
            collection = self.store.collection(change.collection)
            if change.before is None:
                collection.delete(change.key)
            elif change.after is None:
                collection.insert(change.key, change.before)
            else:
                collection.update(change.key, change.before)


@dataclass(slots=True)
class _Slot:
    world: World
    used_at: float


class Worlds:
    """The namespaces of one server. An unknown name becomes a fork of the seeded baseline.

    At most `capacity` exist at a time; at the cap, one that nobody used for `idle_seconds` makes room.
    The default namespace never expires, and is the one that `keeper` keeps.
    """

    def __init__(  # noqa: PLR0913  # all but the first have names
        self,
        baseline: Callable[[int], World],
        *,
        seed: int,
        capacity: int = 256,
        idle_seconds: float = 900.0,
        journals: JournalBudget | None = None,
        keeper: Keeper | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make_baseline = baseline
        self._baselines: dict[int, World] = {}
        self._seed = seed
        self._capacity = capacity
        self._idle_seconds = idle_seconds
        self._journals = journals or JournalBudget(0)
        self._monotonic = monotonic
        self._slots: dict[str, _Slot] = {}
        self._keeper = keeper
        self.create(DEFAULT, keeper.seed if keeper else None)

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

    def seeded(self, world: World, seed: int) -> World:
        """A world for one request of `world`, with data of another seed; what it changes is not kept."""
        return replace(
            self._baseline(seed).fork(world.name),
            clock=world.clock,
            counters=world.counters,
            validation=world.validation,
            journal=world.journal,
            faults=world.faults,
            quotas=world.quotas,
        )

    def close(self) -> None:
        """Ends keeping the default world."""
        if self._keeper is not None:
            self._keeper.close()

    def find(self, name: str) -> World | None:
        """The world of a namespace, None where there is none; does not count as use."""
        slot = self._slots.get(name)
        return slot.world if slot else None

    def create(self, name: str, seed: int | None = None) -> World:
        """A new or newly begun namespace with data of `seed` (default: the server's)."""
        check_name(name)  # before records are made for nothing
        return self.begin(name, self._baseline(self._seed if seed is None else seed))

    def begin(self, name: str, origin: World) -> World:
        """A new or newly begun namespace that is a fork of `origin`, which nobody may change any more.

        Raises `InvalidNamespace` and `TooManyNamespaces`.
        """
        check_name(name)
        if name not in self._slots:
            self._make_room()
        return self._install(name, origin)

    def reset(self, name: str) -> World:
        """Back to the seed. One reference is swapped; requests under way finish on the old world."""
        return self.create(name, self.get(name).seed)

    def delete(self, name: str) -> bool:
        """Forgets a namespace; False when there is none. The default one begins anew instead."""
        existed = name in self._slots
        self._forget(name)
        if name == DEFAULT:
            self.get(DEFAULT)
        return existed

    def _install(self, name: str, origin: World) -> World:
        world = origin.fork(name)
        # Numbers of requests go on, so that none ever means two requests of one name; the one that begins
        # the world anew still gets the next number of the old one.
        if (previous := self._slots.get(name)) is not None:
            world.counters[REQUESTS] = previous.world.counters[REQUESTS] + 1
        if name == DEFAULT and self._keeper is not None:
            self._keeper.adopt(world)
        self._forget(name)
        world.journal = Journal(self._journals)
        self._slots[name] = _Slot(world, self._monotonic())
        return world

    def _forget(self, name: str) -> None:
        if (slot := self._slots.pop(name, None)) is not None:
            slot.world.is_gone = True
            slot.world.journal.close()

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
            self._forget(name)


def check_name(name: str) -> None:
    """Raises `InvalidNamespace` for what cannot name a namespace."""
    if not NAME.match(name) or name in (".", ".."):
        raise InvalidNamespace(
            f"{name[:80]!r} cannot name a namespace: use 1 to 64 of A-Z a-z 0-9 . _ - and not '.' or '..'"
        )
