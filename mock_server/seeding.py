"""From a fixture and a seed to the baseline of a world: hand-picked records first, then generated ones."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from fixtures import FixtureUnusable, unusable
from mock_server.draw import Draw
from mock_server.errors import InvalidRequest
from mock_server.kinds import Kind, Kinds
from mock_server.progress import unnoticed
from mock_server.store import CollectionPlan, Document, DuplicateKey
from mock_server.store.tinydb import TinyStore
from mock_server.world import World

# What code that makes records raises for a value of another kind than it expects.
MISSHAPEN = (
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    DuplicateKey,
)
UNCHECKED: Kinds = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Seed:
    """What the records of an API are made from.

    `fixture` is `fixtures/<api>.yaml`, `people` and `organizations` are those of `fixtures/world.yaml`,
    common to all APIs; generated times lead up to `epoch`.
    """

    draw: Draw
    fixture: Mapping[str, Any]
    people: Mapping[str, Mapping[str, Any]]
    organizations: Mapping[str, Mapping[str, Any]]
    epoch: datetime


# A pure function of the seed: (collection, key, document) in the order in which the records came to be.
Generate = Callable[[Seed], Iterable[tuple[str, str, Document]]]


class SeededApi(Protocol):
    """What seeding needs to know of an API (see `contract.MockApi`)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def fixture(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def collections(self) -> tuple[CollectionPlan, ...]: ...  # noqa: D102
    @property
    def generate(self) -> Generate: ...  # noqa: D102


def baseline(
    apis: Sequence[SeededApi],
    shared: Mapping[str, Any],
    seed: int,
    epoch: datetime,
    kinds: Kinds = UNCHECKED,
    progress: Callable[[str], None] = unnoticed,
) -> World:
    """The world that namespaces are forks of. `shared` is `fixtures.world()`.

    Each record gets its place in the order of its collection as `sequence`, as one that is made later does.
    `progress` is called with the name of the API for each.

    Raises `FixtureUnusable` where the records are not what `kinds` says, or none can be made.
    """
    plans = {f"{api.name}.{plan.name}": plan for api in apis for plan in api.collections}
    draw = Draw(seed)
    world = World("baseline", TinyStore.create(plans), draw)
    for api in apis:
        source = Seed(draw, api.fixture, shared["people"], shared["organizations"], epoch)
        _fill(world, api, source, kinds, progress)
    return world


def _fill(world: World, api: SeededApi, source: Seed, kinds: Kinds, progress: Callable[[str], None]) -> None:
    last = "the first record"
    try:
        for collection, key, document in api.generate(source):
            ordinal = world.next_ordinal(f"{api.name}.{collection}")
            kind = kinds.get((api.name, collection))
            if kind is not None:
                _check(api.fixture, kind, key, document, ordinal)
            progress(api.name)
            last = f"what comes after {collection}/{key}"
            world.store.collection(f"{api.name}.{collection}").insert(key, {**document, "sequence": ordinal})
    except FixtureUnusable:
        raise
    except MISSHAPEN as error:
        reason = f"{last} cannot be made of it: {type(error).__name__}: {error}"
        raise unusable(api.fixture, (), reason) from error


def _check(fixture: Mapping[str, Any], kind: Kind, key: str, document: Document, ordinal: int) -> None:
    """Raises `FixtureUnusable`, for a hand-picked record with its place in the fixture."""
    try:
        kind.check(key, document, {})
    except InvalidRequest as error:
        name = kind.plan.name
        entry = _entry(fixture, name, key, ordinal)
        path: list[str | int] = ["plan"]
        if entry is not None:
            path = [name, entry, *error.pointer.split("/")[1:]]
        reason = f"the record {name}/{key} made of it is not what the contract allows: {error.detail}"
        raise unusable(fixture, path, reason) from None


def _entry(fixture: Mapping[str, Any], collection: str, key: str, ordinal: int) -> int | None:
    """Which of the hand-picked records this one is: by its id, or by its place where they have none."""
    for place, picked in enumerate(fixture.get(collection, ())):
        if picked.get("id", place + 1) == (key if "id" in picked else ordinal):
            return place
    return None
