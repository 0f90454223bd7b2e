"""Creations that are refused and stored all the same, on servers that look nothing like the mock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from conformance.apis import suite
from conformance.apis.viben.client import Viben
from conformance.client import Http, connect
from conformance.outcome import Breach, Inconclusive
from conformance.refused_creations import store_nothing
from conformance.result import Result
from conformance.runner import run_requirement
from conformance.target import Target
from conformance.verdict import Verdict
from tests.conformance.apis.zipf import test_fairness
from tests.foreign import deepworkzone, viben, zipf
from tests.foreign.viben import Answer

DAY = "2030-01-01"


class StoringViben(viben.Viben):
    """Stores first, and then says no."""

    def create(self, body: Any) -> Answer:
        """Make a session of what can be used."""
        refusal = super().create(body)
        if refusal[0] == 422 and isinstance(body, dict) and isinstance(body.get("task_id"), str):
            super().create({"agent_id": viben.AGENT, "task_id": body["task_id"]})
        return refusal


class StoringDeepWorkZone(deepworkzone.DeepWorkZone):
    """Stores first, and then says no."""

    def checked(self, caller: Any, body: Any) -> tuple[int, dict[str, Any]]:
        """Make a session of what can be used."""
        try:
            return super().checked(caller, body)
        except deepworkzone.Refusal:
            if isinstance(body, dict) and isinstance(body.get("time"), str):
                kept = {name: body.get(name) for name in deepworkzone.KEPT}
                self.added({**kept, "schedule": DAY, "org_id": 7, "created_by": caller[0], "series": None})
            raise


class StoringZipf(zipf.Zipf):
    """Stores first, and then says no."""

    def create(self, body: Any, user: str) -> Answer:
        """Make a session of what can be used."""
        refusal = super().create(body, user)
        if refusal[0] == 422 and isinstance(body, dict):
            super().create({**body, "name": "untitled"}, user)
        return refusal


def of_viben() -> Result:
    """Examine Viben."""
    with viben.serving(StoringViben()) as url:
        return run_requirement(suite("viben"), "VIBEN-CREATE-10", Target(url))


def of_deepworkzone() -> Result:
    """Examine Deep Work Zone."""
    with deepworkzone.serving(StoringDeepWorkZone()) as target:
        return run_requirement(suite("deepworkzone"), "DWZ-CREATE-12", target)


def of_zipf() -> Result:
    """Examine Zipf."""
    with zipf.serving(StoringZipf()) as url:
        return run_requirement(suite("zipf"), "ZIPF-CREATE-13", test_fairness.target(url))


@pytest.mark.parametrize("examined", [of_viben, of_deepworkzone, of_zipf])
def test_what_was_refused_must_not_be_there(examined: Callable[[], Result]) -> None:
    """The requirement fails, and shows how to see it."""
    result = examined()

    assert result.verdict is Verdict.FAIL, result.reason
    assert "no session of a creation that was refused" in result.expected
    assert any("curl" in line for line in result.reproduce)


@contextmanager
def client(server: viben.Viben) -> Iterator[Viben]:
    """Serve, and yield a client of the suite's."""
    with viben.serving(server) as url, connect(Target(url)) as connection:
        yield Viben(Http(Target(url), connection, "/api"))


def test_what_was_stored_is_deleted() -> None:
    """A session that should not be there goes with what else the examination made."""
    server = StoringViben()
    with client(server) as api:
        with pytest.raises(Breach):
            store_nothing(
                {"x": {"task_id": "x"}}, api.create_session, api.of_task, api.http, api.delete_session
            )
        stored = len(server.sessions)
        api.http.clean_up()

    assert (stored, server.sessions) == (1, {})


def test_where_nothing_is_refused_nothing_is_known() -> None:
    """A server that takes everything is not judged."""
    body = {"agent_id": viben.AGENT, "task_id": "x"}
    with client(viben.Viben()) as api, pytest.raises(Inconclusive, match="none of the creations"):
        store_nothing({"x": body}, api.create_session, api.of_task, api.http, api.delete_session)
