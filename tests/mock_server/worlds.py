"""Worlds without a server, for tests of rules and of what is generated."""

from collections.abc import Sequence
from datetime import UTC, datetime

import fixtures
from mock_server import apis, seeding
from mock_server.contract import MockApi
from mock_server.world import World

EPOCH = datetime(2026, 3, 1, tzinfo=UTC)


def baseline(served: Sequence[MockApi] = (), seed: int = 42) -> World:
    """A seeded world of `served` (default: Viben) whose generated times lead up to `EPOCH`."""
    return seeding.baseline(served or [apis.load("viben")], fixtures.world(), seed, EPOCH)


def documents(world: World, api: str, collection: str, index: str) -> list[dict[str, object]]:
    """All documents of a collection, in the order of an index."""
    return [dict(document) for document in world.collection(api, collection).find(index)]
