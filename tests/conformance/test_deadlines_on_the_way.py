"""Deadlines on the way to a deployment: proxies and TLS that go on talking do not hold a run up either."""

from collections.abc import Callable

import httpx
import pytest
import requests

from conformance.adapter import Adapter, Wire
from conformance.budget import Budget
from conformance.client import Http, connect, exchanged
from conformance.deadlines import UNREAD
from conformance.exchange import Exchange
from conformance.guard import Guard
from conformance.outcome import Broken
from conformance.target import Connection, Target
from tests.foreign import hostile

Ask = Callable[[Target], object]
SOMEWHERE = "https://127.0.0.1:9"
LONG = bytes(64 * 1024 * 1024)  # more than the system takes in for a server


def scripted(target: Target) -> None:
    """Send a request of a script."""
    with connect(target) as connection, pytest.raises(Broken, match=r"[Tt]ime"):
        Http(target, connection, "/api").request("GET", "/sessions")


def generated(target: Target) -> None:
    """Send a request as the generator does."""
    with requests.Session() as session:
        session.mount("https://", Adapter(Wire(target, Guard(), Budget(), bool, lambda *_: True)))
        way = target.connection
        proxies = {"https": way.proxy or ""}
        with pytest.raises(requests.RequestException, match=r"[Tt]ime"):
            session.get(f"{target.base_url}/api/sessions", proxies=proxies, verify=way.verify)


LAYERS = pytest.mark.parametrize("ask", [scripted, generated])


@LAYERS
def test_a_proxy_that_drips_its_reply_is_left(ask: Ask) -> None:
    """The reply to CONNECT has to end in time, as any other has."""
    with hostile.speaking(hostile.dripping) as proxy:
        ask(Target(SOMEWHERE, connection=Connection(timeout=0.3, proxy=proxy)))


@LAYERS
def test_a_handshake_that_drips_is_left(ask: Ask) -> None:
    """So has the handshake of TLS."""
    with hostile.speaking(hostile.shaking) as url:
        ask(Target(url.replace("http:", "https:"), connection=Connection(timeout=0.3)))


@LAYERS
def test_a_handshake_that_drips_behind_a_proxy_is_left(ask: Ask) -> None:
    """Also where the way to the proxy is encrypted itself, so that TLS is spoken within TLS."""
    with hostile.speaking(hostile.tunnelling(hostile.shaking), hostile.certified()) as proxy:
        ask(Target(SOMEWHERE, connection=Connection(timeout=0.3, proxy=proxy, verify=False)))


def test_a_request_that_is_taken_slowly_is_given_up() -> None:
    """A server that reads on and on, a little at a time, holds nobody up."""
    with hostile.listening(hostile.reading_slowly) as url, connect(Target(url)) as connection:
        request = Exchange("POST", "/api/sessions", (), LONG)
        with pytest.raises(httpx.WriteTimeout, match=UNREAD):
            exchanged(connection, Target(url), request, patience=0.3)
