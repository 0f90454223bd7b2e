"""An honest Zipf server that chooses otherwise wherever the document is silent is accepted."""

from dataclasses import replace
from typing import Any

import pytest

from conformance import expect
from conformance.apis.zipf import SUITE
from conformance.options import Options
from conformance.runner import run
from conformance.target import Actor, Hook, Limits, Target
from conformance.verdict import Verdict
from tests.foreign.zipf import Answer, Zipf, serving

TOKENS = {"owner": "wvr_anna", "member": "wvr_bert", "outsider": "wvr_otto", "spare": "wvr_nora"}


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's jobs end with the number of looks, so nobody has to wait for them."""
    monkeypatch.setattr(expect, "PAUSE", 0.0)


def target(url: str, **limits: int) -> Target:
    """Return a target as its file would describe it."""
    return Target(
        url,
        actors={name: Actor(name, token) for name, token in TOKENS.items()},
        organizations={"shared": "o-1", "second": "o-2", "foreign": "o-9"},
        settings={
            "crawl_urls": ["https://mine.example/a", "https://mine.example/b"],
            "tag_field": "tags",
            "link_graph_path": "/sessions/{id}/graph",
        },
        hooks={"age": Hook("POST", f"{url}/_age", '{"session_id": "{id}", "days": {days}}')},
        limits=Limits(**limits),
    )


def test_an_honest_server_is_accepted() -> None:
    """Every documented requirement is judged and holds, jobs that end later included, and nothing stays
    behind.
    """
    server = Zipf()
    with serving(server) as url:
        report = run(SUITE, target(url), Options())

    assert [(each.requirement.id, each.verdict, each.reason) for each in report.results
            if each.verdict is not Verdict.PASS] == []  # fmt: skip
    assert report.exit_status == 0


def test_scripted_requirements_clean_up() -> None:
    """What the scripted requirements create is gone afterwards."""
    server = Zipf()
    scripted = tuple(each.id for each in SUITE.requirements if each.check)
    with serving(server) as url:
        run(SUITE, target(url), Options(only=scripted))

    assert server.sessions == {}


def test_without_an_allowance_nothing_is_searched() -> None:
    """A target that allows no credits is never asked to search or crawl; what needs it is skipped."""
    server = Zipf()
    with serving(server) as url:
        only = ("ZIPF-TIMELINE-*", "ZIPF-SEARCH-01", "ZIPF-CRAWL-01")
        report = run(SUITE, target(url, credits=0), Options(only=only))

    assert {each.verdict for each in report.results} == {Verdict.SKIP}


class Charging(Zipf):
    """Searches and crawls for anybody, and counts it."""

    charged = 0

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Charge first."""
        if path.endswith(("/search", "/crawl", "/crawls")):
            self.charged += 1
        return super().answer(method, path, query, body, user)


@pytest.mark.parametrize(("allowed", "charged"), [(0, 0), (2, 0), (3, 3)])
def test_nobody_searches_beyond_the_allowance(allowed: int, charged: int) -> None:
    """Searches that are to be refused are tried where they may be paid for; the rest is examined anyway."""
    server = Charging()
    with serving(server) as url:
        report = run(SUITE, target(url, credits=allowed), Options(only=("ZIPF-AUTH-01",)))

    assert [each.verdict for each in report.results] == [Verdict.PASS]
    assert server.charged == charged


def test_another_path_is_no_breach() -> None:
    """A link graph that is elsewhere leaves its requirements open, until the target says where it is."""
    with serving(Zipf()) as url:
        silent = replace(target(url), settings={"crawl_urls": ["https://mine.example/a"]})
        report = run(SUITE, silent, Options(only=("ZIPF-GRAPH-01",)))

    assert [each.verdict for each in report.results] == [Verdict.INCONCLUSIVE]
    assert "link_graph_path" in report.results[0].reason
