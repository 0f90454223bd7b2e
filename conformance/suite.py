"""The record of one API's suite: what the runner needs to know of an API, and all it may know."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import eq
from typing import Any

from conformance.client import Authorize, Http, bearer
from conformance.model import Model
from conformance.requirement import Requirement, Tier
from conformance.series import Series
from conformance.setting import Setting
from conformance.target import Target


@dataclass(frozen=True, slots=True)
class Effect:
    """What carrying out an operation costs, and what it does beyond the deployment (crawling, mail, sharing).

    Such an operation is never generated on a deployment that is not the run's own: only scripts use it, with
    values from the target file.
    """

    credits: int = 0
    outside: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """One API's requirements and the client they are written against.

    `contract` loads its specification; `base_path` is the vendor's, as in the specification's server URL.
    `effects` names the operations that cost something or reach beyond the deployment, `model` makes the
    shadow model that watches every exchange.
    A target file may name the `organizations` by these roles, these `hooks`, and these `settings`, which say
    what the vendor document leaves open; `actors` are those of whom use is made although none is required.
    `given` makes a record as the owner, with that client, and returns its id; None where nothing can be made.
    `refusals` gives the statuses, beside those of absence and conflict, with which an operation may refuse a
    request that keeps the contract: for rules between fields, which a schema cannot say.
    `series` tells how a deployment deletes what one creation makes several of; None where there is no such.
    `candidates` reads from the list, with that client and as an actor, records among which is the one that a
    body with a name of the run's own made; `alike` says whether a value shown is the one sent.
    """

    name: str
    base_path: str
    contract: Callable[[], dict[str, Any]]
    client: Callable[[Http], Any]
    requirements: tuple[Requirement, ...]
    authorize: Authorize = bearer
    effects: Mapping[str, Effect] = field(default_factory=dict)
    actors: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    model: Callable[[], Model] | None = None
    given: Callable[[Any], str] | None = None
    refusals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    series: Callable[[Target], Series] | None = None
    candidates: Callable[[Any, Mapping[str, Any], str | None], Iterable[Mapping[str, Any]]] | None = None
    alike: Callable[[Any, Any], bool] = eq

    def of_tier(self, tier: Tier) -> tuple[Requirement, ...]:
        """Return the requirements the tier examines."""
        return tuple(each for each in self.requirements if each.within(tier))

    def find(self, requirement_id: str) -> Requirement:
        """Return one requirement by its id.

        Raises:
            KeyError: there is none.
        """
        for each in self.requirements:
            if each.id == requirement_id:
                return each
        raise KeyError(f"{self.name} has no requirement {requirement_id}")
