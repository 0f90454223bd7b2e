"""What a requirement is: a numbered sentence, where it comes from, and the function that examines it.

There is no registry: the suite record of an API names its topic modules, and `collect` reads them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import ModuleType
from typing import Any, Literal

from conformance.target import Target

OWNER = "owner"  # whoever the tests act as, where an API knows credentials
ID_FORM = re.compile(r"[A-Z]+(-[A-Z]+)+-\d{2}")

Check = Callable[[Any], None]
Need = Callable[[Target], str]  # what a target lacks; empty where it lacks nothing


class Level(StrEnum):
    """How binding a requirement is (RFC 2119), the most binding first."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    MAY = "MAY"

    def counts_at(self, threshold: "Level") -> bool:
        """Say whether a breach of this level counts when the run judges down to `threshold`."""
        order = tuple(Level)
        return order.index(self) <= order.index(threshold)


class Tier(StrEnum):
    """Which requirements a run examines: only what the vendor wrote, or every choice of the full contract."""

    DOCUMENTED = "documented"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a requirement comes from: the vendor's own words, or our assumption with its reason."""

    kind: Literal["documented", "assumed"]
    text: str


def documented(quotation: str) -> Origin:
    """Return the origin of a requirement that rests on this quotation of the vendor document."""
    return Origin("documented", quotation)


def assumed(reason: str) -> Origin:
    """Return the origin of a requirement the vendor document is silent about, with the reason for our
    choice.
    """
    return Origin("assumed", reason)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One numbered sentence about an API.

    A scripted requirement has a `check`; one of the property layer names the `findings` that break it.
    `without_owner` says that it acts only as the actors it names, or as nobody; `read_only` that a script
    sends nothing that might change anything. Where one of its `needs` is lacking its script ends in a skip,
    which may be after a part that can be examined.
    """

    id: str
    level: Level
    origin: Origin
    statement: str
    operations: tuple[str, ...]
    check: Check | None = None
    findings: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    without_owner: bool = False
    read_only: bool = False
    needs: tuple[Need, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a requirement nobody could cite or read.

        Raises:
            ValueError: the id is not like `API-TOPIC-01`, the statement is empty, or nothing examines it.
        """
        if not ID_FORM.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is not a requirement id; write API-TOPIC-01")
        if not self.statement:
            raise ValueError(f"{self.id}: the check needs a docstring, which is the requirement's sentence")
        if (self.check is None) == (not self.findings):
            raise ValueError(f"{self.id}: give either a check or the findings that break it")

    @property
    def tags(self) -> frozenset[str]:
        """The words under which it can be chosen: topic, layer, level, origin, operations, features."""
        topic = "-".join(self.id.split("-")[1:-1]).lower()
        layer = "scripted" if self.check else "generated"
        words = {topic, layer, self.level.lower(), self.origin.kind, *self.operations, *self.features}
        return frozenset(words | ({"two-identities"} if len(self.actors) > 1 else set()))

    def within(self, tier: Tier) -> bool:
        """Say whether this requirement is examined in the tier."""
        return tier is Tier.FULL or self.origin.kind == "documented"


def requirement(  # noqa: PLR0913 - a record's fields, all but the first three with defaults
    id_: str,
    *,
    level: Level,
    origin: Origin,
    operations: Sequence[str],
    features: Sequence[str] = (),
    actors: Sequence[str] = (),
    without_owner: bool = False,
    read_only: bool = False,
    needs: Sequence[Need] = (),
) -> Callable[[Check], Requirement]:
    """Turn the decorated function into a requirement whose sentence is the function's docstring."""

    def record(check: Check) -> Requirement:
        return Requirement(
            id=id_,
            level=level,
            origin=origin,
            statement=sentence(check.__doc__ or ""),
            operations=tuple(operations),
            check=check,
            features=tuple(features),
            actors=tuple(actors),
            without_owner=without_owner,
            read_only=read_only,
            needs=tuple(needs),
        )

    return record


def generated(  # noqa: PLR0913 - a record's fields
    id_: str,
    statement: str,
    *,
    level: Level,
    origin: Origin,
    findings: Sequence[str],
    operations: Sequence[str],
    actors: Sequence[str] = (),
) -> Requirement:
    """Return a requirement of the property layer: broken by any of these findings of the generator, which
    calls as the owner where there is one.
    """
    return Requirement(
        id_, level, origin, statement, tuple(operations), findings=tuple(findings), actors=tuple(actors)
    )


def sentence(docstring: str) -> str:
    """Join the lines of a docstring into one line."""
    return " ".join(docstring.split())


def collect(modules: Iterable[ModuleType], *, credentials: bool = False) -> tuple[Requirement, ...]:
    """Return the requirements of the topic modules, in the order they are written.

    Where the API knows `credentials`, each needs those of the owner unless it says otherwise.

    Raises:
        ValueError: two requirements share an id.
    """
    found = tuple(
        each for module in modules for each in vars(module).values() if isinstance(each, Requirement)
    )
    ids = [each.id for each in found]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise ValueError(f"requirement ids must be unique, but these are used twice: {', '.join(twice)}")
    return tuple(map(by_the_owner, found)) if credentials else found


def by_the_owner(this: Requirement) -> Requirement:
    """Return the requirement with the owner among its actors, first, unless it says otherwise."""
    if this.without_owner or OWNER in this.actors:
        return this
    return replace(this, actors=(OWNER, *this.actors))
