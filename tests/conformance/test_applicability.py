"""A run without the credentials that an API needs says so, skips by name and concludes nothing."""

from dataclasses import replace

import pytest

import openapi
from conformance import apis
from conformance.applicability import missing_owner, why_skipped
from conformance.cli import main
from conformance.options import Options
from conformance.requirement import OWNER, Level, Tier
from conformance.runner import run
from conformance.target import Actor, Target
from conformance.verdict import Verdict
from tests.conformance.apis.zipf.test_fairness import TOKENS
from tests.conformance.samples import holds, sample, suite
from tests.foreign.zipf import Zipf, serving

NOBODY = Target("http://127.0.0.1:9")


@pytest.mark.parametrize("api", apis.NAMES)
def test_an_api_with_credentials_needs_the_owners(api: str) -> None:
    """Where the contract asks for credentials, each requirement needs the owner or says otherwise."""
    needing = [each for each in apis.suite(api).requirements if OWNER in each.actors]
    others = [each for each in apis.suite(api).requirements if OWNER not in each.actors]

    assert bool(needing) == bool(openapi.load(api)["security"])
    assert all(each.without_owner for each in others if needing)


def test_without_credentials_nothing_is_judged() -> None:
    """Every requirement of a foreign Zipf server that needs the owner is a skip that names the owner."""
    with serving(Zipf()) as url:
        report = run(apis.suite("zipf"), Target(url), Options(quick=True))

    assert {each.reason for each in report.results} <= {
        f"the target has no actor `{name}`" for name in ("owner", "spare")
    }
    assert (report.reached, report.exit_status) == (0, 2)


def test_what_is_missing_is_said_before_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    """The first line of a run without credentials says what they are needed for."""
    assert main(["run", "zipf", "--url", NOBODY.base_url, "--only", "ZIPF-GET-*"]) == 2

    said = capsys.readouterr().err
    assert "the target has no credentials for `owner`" in said
    assert "conformance target zipf" in said


def test_the_plan_says_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    """`--dry-run` counts no requirement as examined that needs the missing credentials."""
    main(["run", "zipf", "--url", NOBODY.base_url, "--dry-run"])

    said = capsys.readouterr().out
    assert "no credentials for `owner`" in said
    assert "0 of " in said


@pytest.mark.parametrize("api", apis.NAMES)
def test_nobody_is_missed_who_is_there_or_not_needed(api: str) -> None:
    """With the owner, and for an API without credentials, there is nothing to say."""
    known = replace(NOBODY, actors={} if api == "viben" else {OWNER: Actor(OWNER, "t")})
    assert missing_owner(apis.suite(api), apis.suite(api).of_tier(Tier.FULL), known) == ""


def test_what_was_left_out_by_name_says_so() -> None:
    """The caller's own choice goes before what the target lacks."""
    needs = sample(holds, actors=("member",))
    assert why_skipped(needs, NOBODY, Options(skip=("SAMPLE-*",))) == "left out by --skip"


def test_unknown_credentials_of_another_actor_are_an_error_and_no_refusal() -> None:
    """Where a stranger's token is nobody's, strangers were not refused; what needs no stranger is judged."""
    actors = {name: Actor(name, token) for name, token in (TOKENS | {"outsider": "wvr_nobody"}).items()}
    only = ("ZIPF-ACCESS-06", "ZIPF-LIST-01", "ZIPF-GET-01")
    with serving(Zipf()) as url:
        report = run(apis.suite("zipf"), Target(url, actors=actors), Options(quick=True, only=only))

    verdicts = {each.requirement.id: each.verdict for each in report.results}
    reasons = [each.reason for each in report.results if each.verdict is Verdict.ERROR]
    assert verdicts == {
        "ZIPF-ACCESS-06": Verdict.ERROR, "ZIPF-LIST-01": Verdict.PASS, "ZIPF-GET-01": Verdict.PASS,
    }  # fmt: skip
    assert "the credentials of `outsider` are not accepted" in reasons[0]
    assert report.exit_status == 2


def test_a_pass_that_does_not_count_is_no_verdict() -> None:
    """When every MUST was skipped, a SHOULD that holds does not make a deployment conform."""
    with serving(Zipf()) as url:
        mixed = suite(sample(holds, 1, actors=("member",)), sample(holds, 2, level=Level.SHOULD))
        report = run(mixed, Target(url, disposable=True), Options())

    assert [each.verdict for each in report.results] == [Verdict.SKIP, Verdict.PASS]
    assert report.exit_status == 2
