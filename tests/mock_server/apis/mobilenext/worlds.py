"""A world of Mobile Next without a server, and its sessions as a persona sees them."""

from datetime import datetime
from uuid import UUID

from mock_server import apis
from mock_server.apis.mobilenext.service import Sessions
from mock_server.clock import rfc3339
from mock_server.store import Document
from mock_server.world import World
from tests.mock_server.worlds import EPOCH, baseline

API = apis.load("mobilenext")
PERSONAS = {persona.name: persona for persona in API.personas}
DEVICE = {"id": "emulator-1", "platform": "android", "type": "emulator", "name": "Pixel 8", "osVersion": "14"}


def seeded(seed: int = 42) -> World:
    """A seeded world whose clock stands at the epoch."""
    world = baseline([API], seed)
    world.clock.freeze(EPOCH)
    return world


def empty() -> World:
    """A world without sessions whose clock stands at the epoch."""
    world = seeded()
    collection = world.collection("mobilenext", "sessions")
    for session in list(collection.find("organization and createdAt")):
        collection.delete(session["id"])
    return world


def seen_by(name: str, world: World) -> Sessions:
    """The sessions as a persona sees them."""
    return Sessions(world, PERSONAS[name])


def add(
    world: World, created: datetime, released: datetime | None = None, organization: str = "1"
) -> Document:
    """A session in the world."""
    session = {
        "id": str(UUID(int=world.next_ordinal("test"))),
        "organization": organization,
        "user": PERSONAS["member"].user,
        "device": DEVICE,
        "createdAt": rfc3339(created, "microseconds"),
        "releasedAt": released and rfc3339(released, "microseconds"),
    }
    stored: Document = world.collection("mobilenext", "sessions").insert(session["id"], session)
    return stored
