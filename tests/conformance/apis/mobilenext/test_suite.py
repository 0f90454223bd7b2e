"""Mobile Next's suite as a whole, and how it judges servers that are not the mock."""

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from conformance.apis.mobilenext import SUITE
from conformance.options import Options
from conformance.places import operations
from conformance.result import Report
from conformance.runner import run, run_requirement
from conformance.target import Target
from conformance.verdict import Verdict
from tests.foreign.mobilenext import MobileNext, serving
from tests.foreign.mobilenext_older import OlderMobileNext

# What the vendor's older pages break, and in which words a reader learns of it.
BROKEN_BY_OLDER: Mapping[str, tuple[str, str]] = {
    "MOBILENEXT-LIST-01": ("the list with `object`", "`sessions`, `nextCursor`"),
    "MOBILENEXT-SESSION-01": ("with `id`", "`sessionId`, `organizationId`, `userId`"),
    "MOBILENEXT-SESSION-02": ("with `organization`", "`sessionId`, `organizationId`, `userId`"),
    "MOBILENEXT-SESSION-03": ("with `user`", "`sessionId`, `organizationId`, `userId`"),
    "MOBILENEXT-SESSION-04": ("`device` of the session", "`deviceId`, `platform`, `type`"),
    "MOBILENEXT-GET-02": ("the session with `id`", "`sessionId`, `organizationId`, `userId`"),
    "MOBILENEXT-SCHEMA-01": ("fields, types and values", '"object" is a required property'),
}


def _with(report: Report, *verdicts: Verdict) -> list[str]:
    return [each.requirement.id for each in report.results if each.verdict in verdicts]


def test_the_base_path_is_the_contracts() -> None:
    """Requests go below the path of the specification's server URL."""
    assert urlsplit(SUITE.contract()["servers"][0]["url"]).path == SUITE.base_path


def test_requirements_name_operations_of_the_contract() -> None:
    """Every operation has requirements, and none names one that does not exist."""
    named = {each for requirement in SUITE.requirements for each in requirement.operations}

    assert named == set(operations(SUITE.contract()))


def test_ids_are_numbered_without_gaps() -> None:
    """Within a topic the numbers go from 01 upwards."""
    topics: dict[str, list[int]] = {}
    for each in SUITE.requirements:
        topic, number = each.id.rsplit("-", 1)
        topics.setdefault(topic, []).append(int(number))

    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in topics.values())


def test_an_honest_server_that_chooses_otherwise_is_accepted() -> None:
    """Every documented requirement is judged and holds, though sessions begin meanwhile."""
    with serving(MobileNext()) as target:
        report = run(SUITE, target, Options())

    assert _with(report, *set(Verdict) - {Verdict.PASS}) == []
    assert report.exit_status == 0


def test_a_small_deployment_is_not_accused() -> None:
    """What cannot be told from four sessions is inconclusive, and said so."""
    with serving(MobileNext(4)) as target:
        report = run(SUITE, target, Options(quick=True))

    assert _with(report, Verdict.FAIL, Verdict.ERROR) == []
    assert "MOBILENEXT-LIST-04" in _with(report, Verdict.INCONCLUSIVE)


def test_a_deployment_without_credentials_cannot_be_judged() -> None:
    """Each requirement that needs an actor is skipped by its name, and nothing passes."""
    with serving(MobileNext()) as target:
        report = run(SUITE, Target(target.base_url), Options())

    assert {each.verdict for each in report.results} == {Verdict.SKIP}
    assert "the target has no actor `owner`" in {each.reason for each in report.results}
    assert report.exit_status == 2


def test_an_actor_that_is_missing_is_a_skip() -> None:
    """The reason says which one the target file lacks."""
    with serving(MobileNext()) as target:
        lonely = replace(target, actors={"owner": target.actors["owner"]})
        result = run_requirement(SUITE, "MOBILENEXT-ORG-07", lonely)

    assert (result.verdict, result.reason) == (Verdict.SKIP, "the target has no actor `outsider`")


def test_an_organization_that_is_not_named_is_a_skip() -> None:
    """The reason says which one the target file lacks."""
    with serving(MobileNext()) as target:
        result = run_requirement(SUITE, "MOBILENEXT-ORG-03", replace(target, organizations={"shared": "red"}))

    assert (result.verdict, result.reason) == (Verdict.SKIP, "the target names no organization `second`")


def test_the_older_generation_is_told_what_it_breaks() -> None:
    """A server of the vendor's older pages fails in exactly these requirements; the rest cannot be judged."""
    server = OlderMobileNext()
    with serving(server, sessions=(server.sessions[1]["id"],)) as target:
        report = run(SUITE, target, Options())

    assert _with(report, Verdict.FAIL) == list(BROKEN_BY_OLDER)
    assert _with(report, Verdict.ERROR) == []
    assert report.exit_status == 1


@pytest.mark.parametrize("requirement", BROKEN_BY_OLDER)
def test_the_older_generation_is_told_so_that_a_person_understands(requirement: str) -> None:
    """A failure names the field that is missing and those that are there, and how to see it."""
    server = OlderMobileNext()
    with serving(server, sessions=(server.sessions[1]["id"],)) as target:
        result = run_requirement(SUITE, requirement, target, Options(quick=True))

    expected, got = BROKEN_BY_OLDER[requirement]
    assert expected in result.expected
    assert got in result.got
    assert any(re.search(r"curl .*/api/v1/sessions", line) for line in result.reproduce)
