"""Deadlines for whole replies: a server that goes on talking does not hold a run up."""

import time

import httpcore
import pytest
import requests

from conformance.adapter import Adapter, Wire
from conformance.budget import Budget
from conformance.client import Http, connect
from conformance.deadlines import LATE, Stream
from conformance.guard import Guard
from conformance.outcome import Broken, BudgetSpent
from conformance.target import Connection, Target
from tests.foreign import hostile

ENDLESS = [hostile.dripping, hostile.announcing, hostile.slow]


def impatient(url: str) -> Target:
    """Return a target that is waited for only shortly."""
    return Target(url, connection=Connection(timeout=0.3))


@pytest.mark.parametrize("speak", ENDLESS)
def test_scripted_requests_end(speak: hostile.Speak) -> None:
    """A header or body that drips, or announcements without end, are no usable reply."""
    with hostile.speaking(speak) as url, connect(impatient(url)) as connection:
        http = Http(impatient(url), connection, "/api")
        with pytest.raises(Broken, match=LATE):
            http.request("GET", "/sessions")


@pytest.mark.parametrize("speak", ENDLESS)
def test_generated_requests_end(speak: hostile.Speak) -> None:
    """The same holds for the generator's requests, and what was cut short is not taken for a reply."""
    with hostile.speaking(speak) as url, requests.Session() as session:
        seen: list[int] = []
        guard = Guard(observers=(lambda exchange: seen.append(exchange.status),))
        session.mount("http://", Adapter(Wire(impatient(url), guard, Budget(), bool, lambda *_: True)))
        with pytest.raises(requests.RequestException, match="time"):
            session.get(f"{url}/api/sessions")

        assert seen == [0]


def test_the_time_of_the_run_goes_before_the_time_out() -> None:
    """Who waits for a reply when the run's time is over learns that, not that the target is silent."""
    with hostile.speaking(hostile.silence) as url, connect(Target(url)) as connection:
        http = Http(Target(url), connection, "/api", budget=Budget(max_time=0.3))
        with pytest.raises(BudgetSpent, match=r"time of 0\.3 s is spent"):
            http.request("GET", "/sessions")


def test_the_time_begins_anew_with_each_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a connection that is kept, each reply has the whole time."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    stream = Stream(httpcore.MockStream([b"first", b"second"]))
    now[0] = 9.0
    assert stream.read(99, timeout=10) == b"first"
    now[0] = 11.0
    with pytest.raises(httpcore.ReadTimeout):
        stream.read(99, timeout=10)
    stream.write(b"GET / HTTP/1.1\r\n")
    assert stream.read(99, timeout=10) == b"second"
