"""The suite of the fifth API: it accepts the honest mock, and notices each promise that a mock breaks."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from conformance.options import Options
from conformance.requirement import Tier
from conformance.runner import run, run_requirement
from conformance.target import Actor, Target
from conformance.verdict import Verdict
from mock_server.auth import Persona
from mock_server.contract import MockApi
from tests import servers
from tests.fifth.conformance import SUITE
from tests.fifth.mock_server import api
from tests.fifth.mock_server.service import Notices

BOARD = api()


def target(url: str) -> Target:
    """A server as a target with every actor."""
    return Target(url, actors={each.name: Actor(each.name, each.token) for each in BOARD.personas})


@pytest.fixture(scope="module")
def honest() -> Iterator[Target]:
    """The mock as it is."""
    with servers.mock(BOARD) as url:
        yield target(url)


class Open(Notices):
    """Shows everything to everybody."""

    def _may_see(self, notice: Any) -> bool:
        return True


class Own(Notices):
    """Lists to each caller only what they wrote themselves."""

    def __init__(self, world: Any, caller: Persona | None) -> None:
        super().__init__(world, caller)
        self._author = caller and caller.user

    def _may_see(self, notice: Any) -> bool:
        return super()._may_see(notice) and notice["author"] == self._author


def without_credentials(board: MockApi) -> MockApi:
    """Asks nobody who they are, and takes everybody for the owner."""
    specification = {**board.specification, "security": []}
    owner = board.personas[0]
    return replace(
        board, specification=specification, service=lambda world, caller: Notices(world, caller or owner)
    )


def without_expiry(board: MockApi) -> MockApi:
    """Takes tokens for ever."""
    return replace(board, personas=tuple(replace(each, expired=False) for each in board.personas))


SABOTAGE: dict[str, tuple[str, Callable[[MockApi], MockApi]]] = {
    "open": ("BOARD-ACCESS-01", lambda board: replace(board, service=Open)),
    "open in lists": ("BOARD-ACCESS-02", lambda board: replace(board, service=Open)),
    "own": ("BOARD-ACCESS-03", lambda board: replace(board, service=Own)),
    "without credentials": ("BOARD-AUTH-01", without_credentials),
    "without expiry": ("BOARD-AUTH-02", without_expiry),
}


@pytest.mark.parametrize("tier", list(Tier))
def test_the_honest_mock_conforms(honest: Target, tier: Tier) -> None:
    """Every requirement holds, those that take two people included."""
    report = run(SUITE, honest, Options(tier=tier, quick=True))

    assert {result.requirement.id: result.verdict for result in report.results} == {
        each.id: Verdict.PASS for each in SUITE.requirements
    }


@pytest.mark.parametrize("name", SABOTAGE)
def test_a_broken_promise_is_noticed(name: str) -> None:
    """Each wrong mock fails the requirement that it breaks, with requests that show it."""
    id_, sabotage = SABOTAGE[name]
    with servers.mock(sabotage(BOARD)) as url:
        result = run_requirement(SUITE, id_, target(url))

    assert result.verdict is Verdict.FAIL
    assert result.reproduce
    assert not any(each.token in line for each in BOARD.personas for line in result.reproduce)


def test_without_its_actors_a_requirement_is_skipped(honest: Target) -> None:
    """A target that has no outsider is not judged on outsiders, and the report says why."""
    result = run_requirement(
        SUITE, "BOARD-ACCESS-01", replace(honest, actors={"owner": honest.actors["owner"]})
    )

    assert (result.verdict, result.reason) == (Verdict.SKIP, "the target has no actor `outsider`")
