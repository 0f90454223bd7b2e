"""Replies of which a part has another type than the contract says: whoever reads them must not trip."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from conformance import expect
from conformance.apis import NAMES, suite
from conformance.exchange import Exchange
from conformance.misshapen import Shapes
from conformance.options import Options
from conformance.requirement import Tier
from conformance.runner import run
from conformance.serving import organizations
from conformance.target import Actor, Target
from conformance.verdict import Verdict
from mock_server import apis
from mock_server.app import create_app
from mock_server.settings import Settings
from tests.servers import listening

OTHERS: tuple[Any, ...] = (None, "x", 7, 1.5, True, [], {}, [None], {"id": None}, "")
SEEDS = (1, *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(2, 11)))


@dataclass(frozen=True, slots=True)
class Misshaping:
    """Puts something else into every fifth reply, or leaves a member out."""

    app: ASGIApp
    chance: random.Random

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, and its reply back when it is whole."""
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, keep)
        body = b"".join(each.get("body", b"") for each in sent)
        if body and self.chance.random() < 0.2:
            body = self.misshapen(body)
        headers = [each for each in sent[0].get("headers", []) if each[0].lower() != b"content-length"]
        await send({**sent[0], "headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})

    def misshapen(self, body: bytes) -> bytes:
        """Return a JSON document with another value somewhere."""
        document = {"": json.loads(body)}
        parent, key = self.chance.choice(list(places(document)))
        if isinstance(parent, dict) and key and self.chance.random() < 0.3:
            del parent[key]
        else:
            parent[key] = self.chance.choice(OTHERS)
        return json.dumps(document[""]).encode()


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Go through the members and elements of a document, with what holds them."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        yield node, key
        yield from places(value)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("api", NAMES)
def test_no_script_and_no_model_trips_over_them(api: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each requirement ends with a verdict on the deployment, none with a fault of the suite."""
    monkeypatch.setattr(expect, "PAUSE", 0.0)
    mock = apis.load(api)
    app = Misshaping(create_app([mock], Settings(seed=seed)), random.Random(seed))
    scripted = tuple(each.id for each in suite(api).requirements if each.check)
    with listening(app) as url:
        actors = {each.name: Actor(each.name, each.token) for each in mock.personas}
        shared = organizations({each.name: list(each.organizations) for each in mock.personas})
        target = Target(url, actors=actors, organizations=shared, disposable=True)
        report = run(suite(api), target, Options(tier=Tier.FULL, only=scripted, seed=seed))

    faults = [(each.requirement.id, each.reason) for each in report.results if each.verdict is Verdict.ERROR]
    assert faults == []
    assert Verdict.FAIL in {each.verdict for each in report.results}


@pytest.mark.parametrize(
    ("status", "reply", "wrong"),
    [
        (200, {"sessions": []}, ""),
        (200, {"sessions": 7}, "`reply.sessions.type`"),
        (200, {}, "`reply.required.sessions`"),
        (200, "sessions", "`reply.type`"),
        (418, "teapot", ""),
    ],
)
def test_what_is_misshapen_is_named(status: int, reply: Any, wrong: str) -> None:
    """It is told of which operation, and where; of statuses that the contract does not have nothing is."""
    viben = suite("viben")
    shapes = Shapes(viben.contract(), viben.base_path)
    said = shapes.wrong(Exchange("GET", "/api/sessions", (), None, status, (), json.dumps(reply).encode()))

    assert said.partition(": ")[2] == wrong
    assert said == "" or said.startswith("the reply to GET /api/sessions is not as the contract has it")
