"""From a fixture and a seed to the baseline of a world: hand-picked records first, then generated ones."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from mock_server.draw import Draw
from mock_server.store import CollectionPlan, Document
from mock_server.store.tinydb import TinyStore
from mock_server.world import World


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


def baseline(apis: Sequence[SeededApi], shared: Mapping[str, Any], seed: int, epoch: datetime) -> World:
    """The world that namespaces are forks of. `shared` is `fixtures.world()`.

    Each record gets its place in the order of its collection as `sequence`, as one that is made later does.
    """
    plans = {f"{api.name}.{plan.name}": plan for api in apis for plan in api.collections}
    draw = Draw(seed)
    world = World("baseline", TinyStore.create(plans), draw)
    for api in apis:
        source = Seed(draw, api.fixture, shared["people"], shared["organizations"], epoch)
        for collection, key, document in api.generate(source):
            ordinal = world.next_ordinal(f"{api.name}.{collection}")
            world.store.collection(f"{api.name}.{collection}").insert(key, {**document, "sequence": ordinal})
    return world
