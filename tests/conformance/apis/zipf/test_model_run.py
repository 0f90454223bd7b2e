"""Runs against mocks that are wrong where no requirement's own script looks: only the model sees it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance.apis.zipf import SUITE
from conformance.apis.zipf.client import Zipf as Client
from conformance.client import Http
from conformance.options import Options
from conformance.outcome import Broken
from conformance.requirement import Tier
from conformance.runner import run, started
from conformance.target import Actor, Target
from conformance.verdict import Verdict
from mock_server import apis
from tests.foreign.zipf import Answer, Record, Zipf, serving
from tests.saboteurs.saboteur import collect
from tests.saboteurs.stage import Stage, stage
from tests.saboteurs.zipf import unseen

GENERATED = tuple(each.id for each in SUITE.requirements if each.findings)


UNSEEN = {each.name: each for each in collect((unseen,))}


@pytest.fixture(scope="module")
def shared_stage() -> Iterator[Stage]:
    """One server for all saboteurs of this module."""
    with stage() as this:
        yield this


def test_a_run_fails_what_only_the_model_saw(shared_stage: Stage) -> None:
    """A promise whose own script sees nothing is failed for what another script brought to light."""
    target = shared_stage.play(apis.load("zipf"), UNSEEN["ArchivesTheName"])
    report = run(SUITE, target, Options(tier=Tier.FULL, only=("ZIPF-CREATE-03", "ZIPF-LIFE-04")))

    results = {each.requirement.id: each for each in report.results}
    assert results["ZIPF-LIFE-04"].verdict is Verdict.PASS
    assert results["ZIPF-CREATE-03"].verdict is Verdict.FAIL
    assert "0001" in results["ZIPF-CREATE-03"].got
    assert any("/archive" in line for line in results["ZIPF-CREATE-03"].reproduce)


@pytest.mark.deep
@pytest.mark.parametrize("name", ["ForgetsItsPurpose", "PaysForMore", "lists_in_capitals"])
def test_generated_requests_show_it_to_the_model(shared_stage: Stage, name: str) -> None:
    """What random requests bring to light fails the requirement that it breaks, although no check of theirs
    sees it.
    """
    wrong = UNSEEN[name]
    target = shared_stage.play(apis.load("zipf"), wrong)
    report = run(SUITE, target, Options(tier=Tier.FULL, only=(*GENERATED, wrong.requirement)))

    failed = [each.requirement.id for each in report.results if each.verdict is Verdict.FAIL]
    assert failed == [wrong.requirement]


class Dropping(Zipf):
    """Changes a session, and hangs up before it has said so."""

    def update(self, session: Record, body: Any) -> Answer:
        """Change the session."""
        super().update(session, body)
        raise ConnectionAbortedError


def test_what_a_request_without_a_reply_did_is_open(state_folder: Path) -> None:
    """A change that may have been made or not is no reason to suspect what is shown afterwards."""
    with serving(Dropping()) as url:
        target = Target(url, actors={"owner": Actor("owner", "wvr_anna")})
        with started(SUITE, target, Options(), SUITE.requirements, state_folder) as this:
            api = Client(Http(target, this.connection, SUITE.base_path, guard=this.guard))
            id_ = api.given_session()
            with pytest.raises(Broken):
                api.update_session(id_, {"name": "another"})

            assert api.details(id_)["name"] == "another"
            assert this.watcher is not None
            assert this.watcher.found == {}
