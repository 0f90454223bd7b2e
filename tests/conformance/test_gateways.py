"""A gateway that fails now and then, before an honest server, brings no accusation: it is not the API."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from conformance import apis, expect
from conformance.options import Options
from conformance.runner import run
from conformance.target import Target
from conformance.verdict import Verdict
from tests.conformance.apis.zipf.test_fairness import target
from tests.foreign import deepworkzone, mobilenext, viben, zipf

EVERY = 23
ON_THE_WAY_THERE, ON_THE_WAY_BACK = (502, False), (504, True)  # where what is sent gets lost
CASES = [
    ("viben", ON_THE_WAY_BACK),
    ("mobilenext", ON_THE_WAY_THERE),
    ("zipf", ON_THE_WAY_BACK),
    ("deepworkzone", ON_THE_WAY_BACK),
    *(
        pytest.param(api, ON_THE_WAY_THERE, marks=pytest.mark.deep)
        for api in ("viben", "zipf", "deepworkzone")
    ),
]


def failing(server: Any, status: int, carried_out: bool) -> Any:
    """Return the server behind a gateway that answers every so manieth request itself."""
    honest, turns = server.answer, itertools.count(1)

    def answer(*given: Any) -> Any:
        its_own = next(turns) % EVERY == 0
        found = honest(*given) if carried_out or not its_own else None
        return (status, {"message": "no answer from behind"}) if its_own else found

    server.answer = answer
    return server


@contextmanager
def reached(api: str, status: int, carried_out: bool) -> Iterator[Target]:
    """Serve an honest server of an API behind such a gateway, and yield it as a target."""
    match api:
        case "viben":
            with viben.serving(failing(viben.Viben(), status, carried_out)) as url:
                yield Target(url)
        case "zipf":
            with zipf.serving(failing(zipf.Zipf(), status, carried_out)) as url:
                yield target(url)
        case "mobilenext":
            with mobilenext.serving(failing(mobilenext.MobileNext(), status, carried_out)) as found:
                yield found
        case "deepworkzone":
            with deepworkzone.serving(failing(deepworkzone.DeepWorkZone(), status, carried_out)) as found:
                yield found


@pytest.mark.parametrize(("api", "gateway"), CASES)
def test_a_gateway_that_fails_now_and_then_accuses_nobody(
    api: str, gateway: tuple[int, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither scripts nor generator nor model take its reply for the deployment's; much is judged still."""
    monkeypatch.setattr(expect, "PAUSE", 0.0)
    with reached(api, *gateway) as found:
        report = run(apis.suite(api), found, Options(quick=True))

    failed = [(each.requirement.id, each.reason) for each in report.results if each.verdict is Verdict.FAIL]
    assert failed == []
    assert report.counts[Verdict.PASS] > report.counts[Verdict.INCONCLUSIVE] / 2
