"""What a requirement needs of a target is declared, so that a plan names what a run skips."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conformance import apis
from conformance.apis.zipf.needs import pages, public_sharing, tags
from conformance.applicability import foreseen
from conformance.cli import main
from conformance.needs import credit, organization
from conformance.options import Options
from conformance.requirement import Need, Tier
from conformance.runner import run
from conformance.suite import Suite
from conformance.target import Limits, Target
from conformance.verdict import Verdict
from mock_server import apis as mocks
from tests.saboteurs.stage import Stage, stage

HERE, THERE = Target("http://127.0.0.1:9"), Target("https://zipf.example")
PAGE = {"crawl_urls": ["https://a.example"]}


@pytest.fixture(scope="module")
def shared_stage() -> Iterator[Stage]:
    """One server for the tests of this module."""
    with stage() as this:
        yield this


def bare(shared_stage: Stage, api: str, limits: Limits) -> Target:
    """Return a mock as somebody's deployment of which no more is said than who acts, and its limits."""
    found = shared_stage.play(mocks.load(api))
    return replace(found, disposable=False, organizations={}, hooks={}, limits=limits)


def skipped(suite: Suite, target: Target, folder: Path, *, read_only: bool) -> tuple[set[str], set[str]]:
    """Return which scripts the plan skips, and which the run does."""
    scripts = [each for each in suite.requirements if each.check]
    options = Options(Tier.FULL, only=tuple(each.id for each in scripts), read_only=read_only)
    results = run(suite, target, options, folder).results
    return (
        {each.id for each in scripts if foreseen(each, target, options)},
        {each.requirement.id for each in results if each.verdict is Verdict.SKIP},
    )


FREE, PAID, READS = (Limits(credits=0), False), (Limits(credits=10_000), False), (Limits(), True)
CASES = [
    *(("zipf", *how) for how in (FREE, PAID, READS)),
    *(("deepworkzone", *how) for how in (FREE, READS)),
    *(("mobilenext", *how) for how in (FREE, READS)),
    ("viben", *READS),
]


@pytest.mark.parametrize(("api", "limits", "read_only"), CASES)
def test_a_plan_names_exactly_what_a_run_skips(
    shared_stage: Stage, api: str, limits: Limits, read_only: bool, tmp_path: Path
) -> None:
    """Whatever a script finds lacking it declares as a need, and no more than that."""
    target = bare(shared_stage, api, limits)
    planned, found = skipped(apis.suite(api), target, tmp_path, read_only=read_only)

    assert planned == found


@pytest.mark.parametrize(
    ("need", "target", "met"),
    [
        (credit, HERE, True),
        (credit, THERE, False),
        (credit, replace(THERE, limits=Limits(credits=5)), True),
        (credit, replace(HERE, limits=Limits(credits=0)), False),
        (organization("shared"), HERE, False),
        (organization("shared"), replace(HERE, organizations={"shared": 0}), True),
        (pages(1), HERE, False),
        (pages(1), replace(THERE, settings=PAGE), True),
        (pages(2), replace(THERE, settings=PAGE), False),
        (pages(2), replace(HERE, disposable=True), True),
        (tags, HERE, False),
        (tags, replace(HERE, settings={"tag_field": "tags"}), True),
        (public_sharing, HERE, True),
        (public_sharing, THERE, False),
        (public_sharing, replace(THERE, settings={"public_sharing": True}), True),
    ],
)  # fmt: skip
def test_a_need_says_what_is_lacking(need: Need, target: Target, met: bool) -> None:
    """It says nothing where the target, or its being on this machine, is enough."""
    assert (need(target) == "") is met


def planned(
    settings: Mapping[str, Any], folder: Path, capsys: pytest.CaptureFixture[str], *flags: str
) -> str:
    """Return what a dry run says of a target on this machine with these settings."""
    lines = [f"{name} = {value!r}".replace("'", '"') for name, value in settings.items()]
    file = folder / "target.toml"
    file.write_text(
        "\n".join(['base_url = "http://127.0.0.1:9"', "[actors.owner]", 'token = "t"', "[settings]", *lines])
    )
    assert main(["run", "zipf", "--target", str(file), "--dry-run", *flags]) == 0
    return capsys.readouterr().out


def test_a_dry_run_counts_nothing_that_will_be_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What lacks a setting is named with it."""
    said = planned(PAGE, tmp_path, capsys, "--only", "ZIPF-LIST-05", "--only", "ZIPF-GRAPH-0[12]")

    assert "1 of 3 requirements would be examined" in said
    assert "skip  ZIPF-LIST-05  settings.tag_field does not say" in said
    assert "skip  ZIPF-GRAPH-02  settings.crawl_urls names fewer than 2 pages" in said


def test_a_dry_run_of_the_mock_lacks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """It knows everybody and can do everything, and need not be started to say so."""
    assert main(["run", "zipf", "--dry-run"]) == 0

    said = capsys.readouterr().out
    assert "zipf at a mock of its own" in said
    assert "  skip  " not in said


def test_a_dry_run_of_reads_counts_reads_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --read-only only those requirements are examined that say that they change nothing."""
    said = planned({}, tmp_path, capsys, "--read-only", "--only", "ZIPF-LIST-01", "--only", "ZIPF-AUTH-0*")

    assert "skip  ZIPF-LIST-01  the run is read-only, and this needs more than reads" in said
