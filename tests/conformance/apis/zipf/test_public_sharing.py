"""Sessions of somebody else's deployment are opened to everybody only where its target file says so."""

from dataclasses import replace
from typing import Any

import pytest

from conformance import expect
from conformance.apis.zipf import SUITE
from conformance.options import Options
from conformance.requirement import Tier
from conformance.result import Report
from conformance.runner import run
from conformance.target import Connection, Limits, Target
from conformance.verdict import Verdict
from tests.conformance.apis.zipf.test_fairness import target
from tests.foreign.zipf import Answer, Zipf, serving

TOUCHED = tuple(f"ZIPF-{each}-*" for each in ("SHARE", "PUBLIC", "EXPORT", "ACCESS", "AUTH", "SCHEMA"))


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's jobs end with the number of looks, so nobody has to wait for them."""
    monkeypatch.setattr(expect, "PAUSE", 0.0)


class Recording(Zipf):
    """Remembers every request that would show something to everybody."""

    def __init__(self) -> None:
        super().__init__()
        self.openings: list[tuple[str, Any]] = []

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Note what asks for the public."""
        if isinstance(body, dict) and body.get("public_share"):
            self.openings.append((path, body))
        return super().answer(method, path, query, body, user)


def foreign(proxy: str, **settings: Any) -> Target:
    """Return a deployment on another machine, which is reached through a proxy on this one."""
    mine = target(proxy)
    return replace(
        mine,
        base_url="http://zipf.example",
        connection=Connection(proxy=proxy),
        settings={**mine.settings, **settings},
        limits=Limits(credits=1000),
    )


def examined(server: Zipf, only: tuple[str, ...], **settings: Any) -> Report:
    """Examine the server as somebody else's."""
    with serving(server) as url:
        return run(SUITE, foreign(url, **settings), Options(tier=Tier.FULL, only=only, quick=True))


def test_without_the_setting_nothing_is_opened_to_everybody() -> None:
    """Neither scripts, whoever they act as, nor generated requests ask for it; what needs it is skipped."""
    server = Recording()
    results = {each.requirement.id: each for each in examined(server, TOUCHED).results}

    assert server.openings == []
    for needing in ("ZIPF-SHARE-06", "ZIPF-SHARE-07", "ZIPF-PUBLIC-01", "ZIPF-PUBLIC-09", "ZIPF-EXPORT-04"):
        assert results[needing].verdict is Verdict.SKIP
        assert "settings.public_sharing" in results[needing].reason
    for still in ("ZIPF-AUTH-01", "ZIPF-ACCESS-04", "ZIPF-ACCESS-08", "ZIPF-PUBLIC-04", "ZIPF-SHARE-05"):
        assert results[still].verdict is Verdict.PASS, results[still].reason


def test_the_setting_allows_it() -> None:
    """Where the target file agrees, the same requirements are examined."""
    server = Recording()
    report = examined(server, ("ZIPF-SHARE-06", "ZIPF-PUBLIC-01"), public_sharing=True)

    assert [each.verdict for each in report.results] == [Verdict.PASS] * 2
    assert server.openings != []


def test_the_setting_can_forbid_it_on_this_machine() -> None:
    """What is reached at an address of this machine is opened unless its target file says otherwise."""
    server = Recording()
    with serving(server) as url:
        mine = target(url)
        closed = replace(mine, settings={**mine.settings, "public_sharing": False})
        options = Options(only=("ZIPF-PUBLIC-01",))
        reports = [run(SUITE, each, options) for each in (closed, mine)]

    assert [each.results[0].verdict for each in reports] == [Verdict.SKIP, Verdict.PASS]
