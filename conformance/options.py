"""What the caller of a run decides."""

from collections.abc import Collection
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from conformance.profile import Profile
from conformance.requirement import Level, Tier
from conformance.shard import Shard


@dataclass(frozen=True, slots=True)
class Options:
    """How to examine: which requirements, how thoroughly, from which seed; `only` and `skip` are ids or `*`
    patterns.
    """

    tier: Tier = Tier.DOCUMENTED
    level: Level = Level.MUST
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    quick: bool = False
    seed: int = 42
    shard: Shard = field(default_factory=Shard)
    read_only: bool = False
    tags: tuple[str, ...] = ()
    profile: Profile | None = None

    def chosen(self, requirement_id: str, tags: Collection[str] = ()) -> bool:
        """Say whether the requirement takes part in the run: by its id, and by one of its tags."""
        tagged = not self.tags or bool(set(self.tags) & set(tags))
        return tagged and (not self.only or matches(requirement_id, self.only))

    def skipped(self, requirement_id: str) -> bool:
        """Say whether the requirement is left out by name."""
        return matches(requirement_id, self.skip)


def matches(requirement_id: str, patterns: tuple[str, ...]) -> bool:
    """Say whether one of the patterns covers the id."""
    return any(fnmatchcase(requirement_id, pattern) for pattern in patterns)
