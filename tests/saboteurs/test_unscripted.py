"""Saboteurs that keep to every script are caught by the shadow model, watching generated requests."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from conformance.apis import suite
from conformance.options import Options
from conformance.requirement import Tier
from conformance.result import Result
from conformance.runner import run
from conformance.suite import Suite
from conformance.verdict import Verdict
from mock_server import apis
from tests.saboteurs.saboteur import Saboteur, collect
from tests.saboteurs.stage import Stage, stage

APIS = ("deepworkzone", "mobilenext")
PLAYS = [
    (api, each) for api in APIS for each in collect([import_module(f"tests.saboteurs.{api}.unscripted")])
]
PLAIN = [
    (api, each) for api, each in PLAYS if each.name in ("LosesLongNames", "RoundsDurations", "MindsTheMinute")
]
SEEDS = (1, 2, 3)  # what is generated is chance: some seed of a few has to meet the fault


def named(plays: list[tuple[str, Saboteur]]) -> list[str]:
    """Return the names of the plays."""
    return [f"{api}-{each.requirement}-{each.name}" for api, each in plays]


@pytest.fixture(scope="module")
def shared_stage() -> Iterator[Stage]:
    """One server for all saboteurs of this module."""
    with stage() as this:
        yield this


def silenced(whole: Suite) -> Suite:
    """Return the suite with scripts that send nothing."""
    silent = [replace(each, check=each.check and (lambda _: None)) for each in whole.requirements]
    return replace(whole, requirements=tuple(silent))


def judged(this: Stage, api: str, saboteur: Saboteur, judge: Suite, **options: Any) -> Result:
    """Run the suite against a saboteur and return the result of the requirement it breaks."""
    target = this.play(apis.load(api), saboteur)
    report = run(judge, target, Options(tier=Tier.FULL, **options))
    return next(each for each in report.results if each.requirement.id == saboteur.requirement)


@pytest.mark.parametrize(("api", "saboteur"), PLAIN, ids=named(PLAIN))
def test_the_model_catches_what_generated_requests_meet(
    shared_stage: Stage, api: str, saboteur: Saboteur
) -> None:
    """The requirement fails though its script sends nothing, and says what it expected and how to see it."""
    result = judged(shared_stage, api, saboteur, silenced(suite(api)), quick=True, seed=1)

    assert result.verdict is Verdict.FAIL
    assert result.expected
    assert any("curl" in line for line in result.reproduce)


@pytest.mark.deep
@pytest.mark.parametrize(("api", "saboteur"), PLAYS, ids=named(PLAYS))
def test_the_model_catches_each_of_them(shared_stage: Stage, api: str, saboteur: Saboteur) -> None:
    """One of a few runs brings the fault to light, without any script."""
    judge = silenced(suite(api))
    verdicts = (judged(shared_stage, api, saboteur, judge, seed=seed).verdict for seed in SEEDS)

    assert Verdict.FAIL in verdicts


@pytest.mark.deep
@pytest.mark.parametrize(("api", "saboteur"), PLAYS, ids=named(PLAYS))
def test_no_script_catches_any_of_them(shared_stage: Stage, api: str, saboteur: Saboteur) -> None:
    """The script of the requirement, without the model, sees nothing wrong: that is why they are here."""
    scripts = replace(suite(api), model=None)
    result = judged(shared_stage, api, saboteur, scripts, only=(saboteur.requirement,))

    assert result.verdict is Verdict.PASS
