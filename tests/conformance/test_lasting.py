"""What a run cannot delete, or not by itself: it is found in the contract, said beforehand, and reported."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import openapi
from conformance import ledger
from conformance.apis import suite
from conformance.apis.deepworkzone.client import DeepWorkZone
from conformance.apis.deepworkzone.needs import DELETE_SCOPE
from conformance.apis.deepworkzone.series import series
from conformance.client import Http
from conformance.lasting import NO_MEANS, Lasting, lasting
from conformance.options import Options
from conformance.requirement import Tier
from conformance.result import Residue
from conformance.runner import planned, run, started
from conformance.target import Target
from conformance.tidying import REST_OF_SERIES
from mock_server import apis
from tests.saboteurs.stage import Stage, stage

WORKFLOWS = Lasting("create_workflow", "/workflows", ("workflow", "id"), "/workflows/{id}")


@pytest.fixture(scope="module")
def shared_stage() -> Iterator[Stage]:
    """One server for the tests of this module."""
    with stage() as this:
        yield this


def somebodys(shared_stage: Stage, api: str, **settings: Any) -> Target:
    """Return a mock as a target that is somebody's: whatever is made there has to go again."""
    return replace(shared_stage.play(apis.load(api)), disposable=False, settings=settings)


@pytest.mark.parametrize(
    ("api", "operations"),
    [
        ("zipf", ["search_web", "crawl_pages", "create_workflow"]),
        ("viben", []),
        ("deepworkzone", []),
        ("mobilenext", []),
    ],
)
def test_what_stays_is_what_has_a_read_and_no_deletion(api: str, operations: list[str]) -> None:
    """The links of a contract tell what an operation makes; views of it, and what can be deleted, do not
    count.
    """
    assert [each.operation for each in lasting(openapi.load(api))] == operations


@pytest.mark.parametrize(
    ("reply", "path"),
    [
        ({"workflow": {"id": "a/b"}}, "/workflows/a%2Fb"),
        ({"workflow": {"id": 7}}, "/workflows/7"),
        ({"workflow": {"id": None}}, None),
        ({"workflow": []}, None),
        ("text", None),
    ],
)
def test_a_reply_names_what_it_made(reply: Any, path: str | None) -> None:
    """The id is where the contract's link says; without one there is nothing to name."""
    assert WORKFLOWS.made(reply) == path


def test_what_cannot_be_deleted_is_named(shared_stage: Stage, state_folder: Path) -> None:
    """A workflow stays, and the report says which and why; there is nothing for a later cleanup."""
    target = somebodys(shared_stage, "zipf")
    report = run(suite("zipf"), target, Options(tier=Tier.FULL, only=("ZIPF-WORKFLOW-03",)))

    (residue,) = report.residue
    assert residue.path.startswith("/api/v1/workflows/")
    assert residue.reason == NO_MEANS
    assert ledger.files(state_folder) == []


def test_what_goes_with_its_session_is_no_residue(shared_stage: Stage, state_folder: Path) -> None:
    """A search within a session cannot be deleted either, but is gone with the session."""
    target = somebodys(shared_stage, "zipf", crawl_urls=["https://conformance.example/a"])
    report = run(suite("zipf"), target, Options(tier=Tier.FULL, only=("ZIPF-ALONE-04",)))

    alone = [each.path.split("/")[3] for each in report.residue]
    assert sorted(alone) == ["crawls", "search"]


def test_a_series_is_deleted_as_a_whole(shared_stage: Stage, state_folder: Path) -> None:
    """Where the target says how a series is deleted, none of its sessions stays."""
    target = somebodys(shared_stage, "deepworkzone", delete_scope=DELETE_SCOPE)

    assert after_a_series(target, state_folder) == ((), [])


def test_the_means_to_delete_a_series_can_be_in_the_body(shared_stage: Stage) -> None:
    """Where the target says that a deletion has a body, the choice of the series goes there."""
    target = somebodys(shared_stage, "deepworkzone", delete_scope={**DELETE_SCOPE, "in": "body"})
    how = series(target)

    assert (how.query, how.body, how.unknown) == ({}, {"scope": "series"}, "")


def test_the_rest_of_a_series_is_reported(shared_stage: Stage, state_folder: Path) -> None:
    """Where nobody knows how a series is deleted, the report says of which session others may be left."""
    (residue,), left = after_a_series(somebodys(shared_stage, "deepworkzone"), state_folder)

    assert "delete_scope" in residue.reason
    assert left != []
    assert int(residue.path.rpartition("/")[2]) not in [each["id"] for each in left]


def after_a_series(target: Target, folder: Path) -> tuple[tuple[Residue, ...], list[dict[str, Any]]]:
    """Create a series, tidy up, and return the residue and the sessions that are still there."""
    this_suite = suite("deepworkzone")
    with started(this_suite, target, Options(), [], folder) as this:
        api = DeepWorkZone(Http(target, this.connection, this_suite.base_path, guard=this.guard))
        body = api.body(is_recurring=1, occurrence="daily")
        api.http.request("POST", "/sessions", actor="owner", body=body).succeeded()
        residue = this.tidying.finish() if this.tidying else ()
        return residue, api.sessions("owner", keyword=body["name"])


@pytest.mark.parametrize(
    ("api", "settings", "line"),
    [
        ("zipf", {}, f"create_workflow: .*stays, for {NO_MEANS}"),
        ("deepworkzone", {}, "create_session: .*of a series only one session is deleted"),
        ("deepworkzone", {"delete_scope": DELETE_SCOPE}, "create_session: changes records of the run$"),
    ],
)
def test_the_plan_says_what_will_stay(
    shared_stage: Stage, api: str, settings: dict[str, Any], line: str
) -> None:
    """Before anything is sent, each operation that leaves something behind says so."""
    text = planned(suite(api), somebodys(shared_stage, api, **settings), Options(tier=Tier.FULL))

    assert re.search(line, text, re.MULTILINE)


@pytest.mark.parametrize("how", ["named", "nameless", "whole"])
def test_the_rest_of_a_series_goes_with_its_first_session(
    how: str, shared_stage: Stage, state_folder: Path
) -> None:
    """What is left when one session was deleted alone is found by its name; without one it is told."""
    target = somebodys(shared_stage, "deepworkzone", delete_scope=DELETE_SCOPE)
    this_suite = suite("deepworkzone")
    with started(this_suite, target, Options(), [], state_folder) as this:
        assert this.tidying
        name = this.tidying.ledger.mark if how == "named" else "x"
        api = DeepWorkZone(Http(target, this.connection, this_suite.base_path, name=name, guard=this.guard))
        body = api.body(is_recurring=1, occurrence="daily")
        reply = api.http.request("POST", "/sessions", actor="owner", body=body).succeeded()
        id_ = reply.object()["data"]["id"]
        api.delete_session(id_, scope="series" if how == "whole" else "occurrence").succeeded()
        residue = this.tidying.finish()
        left = api.sessions("owner", keyword=body["name"])

    assert bool(left) is (how == "nameless")
    assert [each.reason for each in residue] == ([REST_OF_SERIES] if how == "nameless" else [])
