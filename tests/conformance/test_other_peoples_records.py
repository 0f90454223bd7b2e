"""A run changes nothing that it did not create, on servers full of records whose ids are easily guessed."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from typing import Any

import pytest

from conformance import apis, expect
from conformance.options import Options
from conformance.requirement import Tier
from conformance.runner import run
from conformance.target import Actor, Target
from tests.conformance.apis.zipf.test_fairness import TOKENS
from tests.foreign import deepworkzone, mobilenext, viben, zipf

MANY = 60
FOCUS = {
    "name": "Board meeting", "type": "drop-in", "duration": 60, "schedule": "2030-01-01", "time": "9:00 AM",
    "is_public": True, "status": "waiting", "org_id": 7, "created_by": "john.doe", "series": None,
    "collaborator": [], "website_blocker_enabled": False, "website_blocker": None, "snooze_enabled": False,
    "snooze_apps": None,
}  # fmt: skip


@contextmanager
def of_deepworkzone() -> Iterator[tuple[Target, Mapping[Any, Any]]]:
    """Sessions 1 to 60 are the owner's own, so nothing but the suite keeps it from changing them."""
    server = deepworkzone.DeepWorkZone()
    server.number = 0
    for _ in range(MANY):
        server.added(FOCUS)
    with deepworkzone.serving(server) as target:
        yield target, server.sessions


@contextmanager
def of_viben() -> Iterator[tuple[Target, Mapping[Any, Any]]]:
    """Sessions 1 to 60 are anybody's, for nobody shows credentials."""
    server = viben.Viben()
    server.number = 0
    for _ in range(MANY):
        server.create({"agent_id": viben.AGENT})
    with viben.serving(server) as url:
        yield Target(url), server.sessions


@contextmanager
def of_zipf() -> Iterator[tuple[Target, Mapping[Any, Any]]]:
    """Sessions 1 to 60 are the owner's own."""
    server = zipf.Zipf()
    server.number = 0
    for number in range(MANY):
        server.create({"name": f"Due diligence {number}"}, TOKENS["owner"])
    with zipf.serving(server) as url:
        yield (
            Target(url, actors={name: Actor(name, token) for name, token in TOKENS.items()}),
            server.sessions,
        )


@contextmanager
def of_mobilenext() -> Iterator[tuple[Target, Mapping[Any, Any]]]:
    """Sessions are devices in somebody's hands."""
    server = mobilenext.MobileNext()
    with mobilenext.serving(server) as target:
        yield target, {each["id"]: each for each in server.sessions}


SERVERS: Mapping[str, Any] = {
    "deepworkzone": of_deepworkzone,
    "mobilenext": of_mobilenext,
    "viben": of_viben,
    "zipf": of_zipf,
}


@pytest.mark.parametrize("quick", [True, pytest.param(False, marks=pytest.mark.deep)])
@pytest.mark.parametrize("api", apis.NAMES)
def test_nothing_that_was_there_before_is_changed(
    api: str, quick: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scripts, examples, boundary values, random requests and chains leave every old record as it was."""
    monkeypatch.setattr(expect, "PAUSE", 0.0)
    serving: AbstractContextManager[tuple[Target, Mapping[Any, Any]]] = SERVERS[api]()
    with serving as (target, records):
        before = deepcopy(dict(records))
        report = run(apis.suite(api), target, Options(tier=Tier.FULL, quick=quick))
        after = {id_: records.get(id_) for id_ in before}

    assert report.requests > MANY
    assert after == before
