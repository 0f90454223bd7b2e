"""What the caller of a run decides."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from conformance.requirement import Level, Tier


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

    def chosen(self, requirement_id: str) -> bool:
        """Say whether the requirement takes part in the run."""
        return not self.only or matches(requirement_id, self.only)

    def skipped(self, requirement_id: str) -> bool:
        """Say whether the requirement is left out by name."""
        return matches(requirement_id, self.skip)


def matches(requirement_id: str, patterns: tuple[str, ...]) -> bool:
    """Say whether one of the patterns covers the id."""
    return any(fnmatchcase(requirement_id, pattern) for pattern in patterns)
