"""Who checks the suite: saboteurs are caught by the requirement they break, an honest mock never."""

from collections.abc import Iterator

import pytest

from conformance import runner
from conformance.apis import NAMES, suite
from conformance.options import Options
from conformance.requirement import Tier
from conformance.verdict import Verdict
from mock_server import apis
from tests.saboteurs import kills, matrix
from tests.saboteurs.saboteur import Saboteur
from tests.saboteurs.stage import Stage, stage

PLAYS = [(api, each) for api in NAMES for each in matrix.saboteurs(api)]


@pytest.fixture(scope="module")
def shared_stage() -> Iterator[Stage]:
    """One server for all saboteurs of this module."""
    with stage() as this:
        yield this


@pytest.mark.parametrize(
    ("api", "saboteur"), PLAYS, ids=[f"{api}-{each.requirement}-{each.name}" for api, each in PLAYS]
)
def test_saboteur_is_caught(shared_stage: Stage, api: str, saboteur: Saboteur) -> None:
    """The requirement that a saboteur breaks fails, and says what it expected and how to see it."""
    target = shared_stage.play(apis.load(api), saboteur)
    how = matrix.examination(saboteur, seed=42)
    result = runner.run_requirement(suite(api), saboteur.requirement, target, how)

    assert result.verdict is Verdict.FAIL, result.reason
    assert result.expected
    assert any("curl" in line for line in result.reproduce)


@pytest.mark.parametrize("api", NAMES)
def test_every_requirement_has_a_saboteur(api: str) -> None:
    """No requirement goes untried, and no saboteur aims at one that does not exist."""
    known = matrix.saboteurs(api)

    assert matrix.without_saboteur(suite(api), known) == []
    assert {each.requirement for each in known} <= {each.id for each in suite(api).requirements}


@pytest.mark.parametrize("api", NAMES)
def test_honest_mock_passes_the_scripted_layer(shared_stage: Stage, api: str) -> None:
    """No scripted requirement accuses the honest mock, and each reaches the situation it speaks of."""
    target = shared_stage.play(apis.load(api))
    scripted = tuple(each.id for each in suite(api).requirements if each.check)
    report = runner.run(suite(api), target, Options(tier=Tier.FULL, only=scripted))

    unexpected = [
        (each.requirement.id, each.reason) for each in report.results if each.verdict is not Verdict.PASS
    ]
    assert unexpected == []


@pytest.mark.deep
@pytest.mark.parametrize("tier", list(Tier))
@pytest.mark.parametrize("seed", kills.SEEDS)
@pytest.mark.parametrize("api", NAMES)
def test_honest_mock_conforms_for_ten_seeds(shared_stage: Stage, api: str, seed: int, tier: Tier) -> None:
    """The honest mock conforms in both tiers, whatever the seed."""
    target = shared_stage.play(apis.load(api), seed=seed)
    report = runner.run(suite(api), target, Options(tier=tier, seed=seed))

    accused = [
        (each.requirement.id, each.reason) for each in report.results if each.verdict is not Verdict.PASS
    ]
    assert accused == []


@pytest.mark.deep
@pytest.mark.parametrize(
    ("api", "saboteur"), PLAYS, ids=[f"{api}-{each.requirement}-{each.name}" for api, each in PLAYS]
)
def test_saboteur_is_caught_by_a_whole_run(shared_stage: Stage, api: str, saboteur: Saboteur) -> None:
    """A run of the whole suite catches a saboteur by its requirement, for another seed too."""
    target = shared_stage.play(apis.load(api), saboteur, seed=7)
    report = runner.run(suite(api), target, matrix.examination(saboteur, seed=7))

    failed = [each.requirement.id for each in report.results if each.verdict is Verdict.FAIL]
    assert saboteur.requirement in failed
    assert report.exit_status == 1


@pytest.mark.deep
@pytest.mark.parametrize(
    ("api", "saboteur"), PLAYS, ids=[f"{api}-{each.requirement}-{each.name}" for api, each in PLAYS]
)
def test_saboteur_is_caught_for_ten_seeds(shared_stage: Stage, api: str, saboteur: Saboteur) -> None:
    """The requirement that a saboteur breaks fails under every seed."""
    missed = [seed for seed in kills.SEEDS if not kills.is_caught(api, shared_stage, saboteur, seed)]

    assert missed == []
