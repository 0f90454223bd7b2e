"""What a run found: one result for each requirement, and the report they add up to."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from conformance.masking import LONGEST_REASON, excerpt, mask
from conformance.profile import Profile
from conformance.requirement import Level, Requirement, Tier
from conformance.timeline import Step
from conformance.verdict import Verdict, worst


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict on one requirement; a failure says what was expected and got, and how to see it."""

    requirement: Requirement
    verdict: Verdict
    reason: str = ""
    expected: str = ""
    got: str = ""
    reproduce: tuple[str, ...] = ()
    timeline: tuple[Step, ...] = ()


def masked(result: Result, secrets: Mapping[str, str]) -> Result:
    """Return the result without any of the secrets; its timeline was made without them."""
    return replace(
        result,
        reason=mask(result.reason, secrets),
        expected=mask(result.expected, secrets),
        got=mask(result.got, secrets),
        reproduce=tuple(mask(line, secrets) for line in result.reproduce),
    )


@dataclass(frozen=True, slots=True)
class Residue:
    """A record that the run created and could not delete, and why."""

    path: str
    reason: str


def masked_residue(residue: Residue, secrets: Mapping[str, str]) -> Residue:
    """Return the same without any of the secrets: a deployment may make an id of one."""
    return Residue(mask(residue.path, secrets), excerpt(residue.reason, secrets, LONGEST_REASON))


@dataclass(frozen=True, slots=True)
class Change:
    """A requirement whose verdict is not what it was in an earlier run; None where it was not examined."""

    id: str
    before: Verdict | None
    now: Verdict | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run found out; `level` is the least binding level whose failures count.

    `command` repeats the run, `shard` is `I/N` for a part of one, `changes` are those since an earlier run.
    `parameters` and `constraints` count, by operation, what requests used: how often sent, left out and with
    how many values; how often kept and broken.
    """

    api: str
    target: str
    tier: Tier
    level: Level
    seed: int
    results: tuple[Result, ...]
    catalogue: int
    coverage: Mapping[str, Mapping[str, int]]
    requests: int
    duration: float
    residue: tuple[Residue, ...] = ()
    transitions: Mapping[str, int] = field(default_factory=dict)
    interrupted: bool = False
    command: str = ""
    shard: str = ""
    changes: tuple[Change, ...] = ()
    parameters: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    constraints: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    profile: Profile | None = None

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of the requirements that count."""
        return worst(each.verdict for each in self.results if each.requirement.level.counts_at(self.level))

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many requirements have which verdict; every verdict is named."""
        found = Counter(each.verdict for each in self.results)
        return {verdict: found[verdict] for verdict in Verdict}

    def counts_against(self, result: Result) -> bool:
        """Say whether a result is a reason for exit status 1."""
        broken = result.verdict in (Verdict.FAIL, Verdict.UNEXPECTED_PASS)
        return broken and result.requirement.level.counts_at(self.level)

    @property
    def reached(self) -> int:
        """How many requirements this run could judge at all."""
        return sum(
            self.counts[each]
            for each in (Verdict.PASS, Verdict.FAIL, Verdict.KNOWN_FAILURE, Verdict.UNEXPECTED_PASS)
        )

    @property
    def exit_status(self) -> int:
        """0 conforms, 1 does not, 2 could not be judged."""
        if self.verdict in (Verdict.FAIL, Verdict.UNEXPECTED_PASS):
            return 1
        return 2 if self.counts[Verdict.ERROR] or not self._anything_that_matters_passed else 0

    @property
    def _anything_that_matters_passed(self) -> bool:
        counting = [each for each in self.results if each.requirement.level.counts_at(self.level)]
        return any(each.verdict is Verdict.PASS for each in counting or self.results)
