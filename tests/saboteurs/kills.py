"""How often a saboteur is caught by the requirement it breaks, over the seeds of the generated requests."""

from collections.abc import Iterator, Sequence

from conformance import runner
from conformance.apis import suite
from conformance.verdict import Verdict
from mock_server import apis
from tests.saboteurs.kept import Kept
from tests.saboteurs.matrix import examination, saboteurs
from tests.saboteurs.saboteur import Saboteur
from tests.saboteurs.stage import Stage

SEEDS = range(1, 11)


def kills(api: str, stage: Stage, kept: Kept, seeds: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield each saboteur's name with the seeds under which its own requirement failed."""
    known = kept.read()
    for each in saboteurs(api):
        for seed in seeds:
            name = f"{each.name} {seed}"
            if name not in known:
                known[name] = is_caught(api, stage, each, seed)
                kept.add(name, known[name])
        yield each.name, [seed for seed in seeds if known[f"{each.name} {seed}"]]


def is_caught(api: str, stage: Stage, saboteur: Saboteur, seed: int) -> bool:
    """Play the saboteur and examine its requirement."""
    target = stage.play(apis.load(api), saboteur, seed)
    result = runner.run_requirement(suite(api), saboteur.requirement, target, examination(saboteur, seed))
    return result.verdict is Verdict.FAIL
