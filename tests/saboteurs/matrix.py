"""The matrix saboteur x requirement: everyone plays against the whole suite, the honest mock too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from conformance import runner
from conformance.apis import suite
from conformance.options import Options
from conformance.requirement import Tier
from conformance.suite import Suite
from conformance.verdict import Verdict
from mock_server import apis
from tests.saboteurs.saboteur import Saboteur, collect
from tests.saboteurs.stage import Stage

HONEST = "honest"


@dataclass(frozen=True, slots=True)
class Row:
    """What the suite said of one server: ids of the requirements that failed, and of those in error."""

    name: str
    requirement: str
    failed: tuple[str, ...]
    errors: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether the saboteur was caught by its requirement, or the honest server by none."""
        if self.name == HONEST:
            return not self.failed and not self.errors
        return self.requirement in self.failed


def saboteurs(api: str) -> tuple[Saboteur, ...]:
    """The saboteurs of an API."""
    return collect(import_module(f"tests.saboteurs.{api}").TOPICS)


def without_saboteur(suite: Suite, known: Sequence[Saboteur]) -> list[str]:
    """Ids of requirements that nobody tries to break."""
    aimed_at = {each.requirement for each in known}
    return [each.id for each in suite.requirements if each.id not in aimed_at]


def examination(saboteur: Saboteur, seed: int) -> Options:
    """How the suite is run against a saboteur: only random chains need the long phases, and without those
    the generator does not shrink what it found.
    """
    return Options(tier=Tier.FULL, seed=seed, quick="STATEFUL" not in saboteur.requirement)


def rows(api: str, stage: Stage, seed: int) -> Iterator[Row]:
    """The honest server in both tiers, then every saboteur in tier full."""
    for tier in Tier:
        yield _row(api, stage, None, seed, tier)
    for each in saboteurs(api):
        yield _row(api, stage, each, seed, Tier.FULL)


def _row(api: str, stage: Stage, saboteur: Saboteur | None, seed: int, tier: Tier) -> Row:
    target = stage.play(apis.load(api), saboteur, seed)
    how = examination(saboteur, seed) if saboteur else Options(tier=tier, seed=seed)
    report = runner.run(suite(api), target, how)
    found = {
        verdict: tuple(each.requirement.id for each in report.results if each.verdict is verdict)
        for verdict in (Verdict.FAIL, Verdict.ERROR)
    }
    name, requirement = (HONEST, "") if saboteur is None else (saboteur.name, saboteur.requirement)
    return Row(name, requirement, found[Verdict.FAIL], found[Verdict.ERROR])


def line(row: Row) -> str:
    """A row for people: who, aimed at what, caught by what."""
    mark = "ok  " if row.good else "BAD "
    others = [each for each in row.failed if each != row.requirement]
    also = f"  also {', '.join(others)}" if others else ""
    errors = f"  errors {', '.join(row.errors)}" if row.errors else ""
    return f"{mark}{row.name:34} {row.requirement or 'nothing':24}{also}{errors}"
