"""Changes whose reply never comes, on real sockets: nobody is accused of what they did, or did not do."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from conformance import apis, expect
from conformance.options import Options
from conformance.result import Report
from conformance.runner import run
from conformance.target import Target
from conformance.verdict import Verdict
from tests.conformance.apis.zipf import test_fairness
from tests.foreign import deepworkzone, viben, zipf
from tests.foreign.viben import Answer

EVERY = 7


class Loss:
    """What becomes of the reply to every seventh change that is asked for: a gateway's, or none."""

    def __init__(self, gateway: bool) -> None:
        self.gateway, self.changes, self.lost = gateway, 0, 0

    def of(self, method: str, answer: Answer) -> Answer:
        """Return what is heard of a request that was carried out."""
        self.changes += method != "GET"
        if method == "GET" or self.changes % EVERY:
            return answer
        self.lost += 1
        if self.gateway:
            return 504, {"message": "no answer from the application"}
        raise ConnectionAbortedError


class LossyViben(viben.Viben):
    """Loses replies."""

    def __init__(self, loss: Loss) -> None:
        super().__init__()
        self.loss = loss

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        """Answer."""
        return self.loss.of(method, super().answer(method, path, query, body))


class LossyZipf(zipf.Zipf):
    """Loses replies."""

    def __init__(self, loss: Loss) -> None:
        super().__init__()
        self.loss = loss

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Answer."""
        return self.loss.of(method, super().answer(method, path, query, body, user))


class LossyDeepWorkZone(deepworkzone.DeepWorkZone):
    """Loses replies."""

    def __init__(self, loss: Loss) -> None:
        super().__init__()
        self.loss = loss

    def answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: Any
    ) -> Answer:
        """Answer."""
        return self.loss.of(method, super().answer(method, path, query, headers, body))


@contextmanager
def of_viben(loss: Loss) -> Iterator[Target]:
    """Serve Viben."""
    with viben.serving(LossyViben(loss)) as url:
        yield Target(url)


@contextmanager
def of_zipf(loss: Loss) -> Iterator[Target]:
    """Serve Zipf."""
    with zipf.serving(LossyZipf(loss)) as url:
        yield test_fairness.target(url)


@contextmanager
def of_deepworkzone(loss: Loss) -> Iterator[Target]:
    """Serve Deep Work Zone."""
    server = LossyDeepWorkZone(loss)
    with deepworkzone.serving(server, delete_scope=deepworkzone.SCOPE) as target:
        yield target


SERVERS: Mapping[str, Callable[[Loss], AbstractContextManager[Target]]] = {
    "viben": of_viben,
    "zipf": of_zipf,
    "deepworkzone": of_deepworkzone,
}


def examined(api: str, target: Target) -> Report:
    """Examine what scripts look at; the model watches all of it."""
    scripted = tuple(each.id for each in apis.suite(api).requirements if each.check)
    return run(apis.suite(api), target, Options(only=scripted))


@pytest.mark.parametrize("gateway", [False, True], ids=["dropped", "gateway"])
@pytest.mark.parametrize("api", SERVERS)
def test_a_lost_reply_is_nobodys_fault(api: str, gateway: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """An honest server whose replies are lost on the way is accused of nothing; much is left unjudged."""
    monkeypatch.setattr(expect, "PAUSE", 0.0)
    loss = Loss(gateway)
    with SERVERS[api](loss) as target:
        report = examined(api, target)

    accused = [(each.requirement.id, each.reason) for each in report.results if each.verdict is Verdict.FAIL]
    assert loss.lost
    assert accused == []
