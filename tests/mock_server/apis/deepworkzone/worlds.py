"""A world of Deep Work Zone without a server, and its sessions as a persona sees them."""

from typing import Any

from mock_server import apis
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.world import World
from tests.mock_server.worlds import EPOCH, baseline

API = apis.load("deepworkzone")
PERSONAS = {persona.name: persona for persona in API.personas}
EXAMPLE: dict[str, Any] = API.specification["components"]["examples"]["NewSession"]["value"]


def seeded(seed: int = 42) -> World:
    """A seeded world whose clock stands at the epoch, 2026-03-01."""
    world = baseline([API], seed)
    world.clock.freeze(EPOCH)
    return world


def seen_by(name: str, world: World) -> Sessions:
    """The sessions as a persona sees them."""
    return Sessions(world, PERSONAS[name])


def body(**fields: Any) -> dict[str, Any]:
    """What a client sends to create a session: the fields without which there is none, and `fields`."""
    needed = {
        "name": "Juggling",
        "type": "standard",
        "duration": 60,
        "schedule": "2026-03-02",
        "time": "9:00 AM",
    }
    return {**needed, **fields}


def days(sessions: Sessions, name: str = "Juggling", **filters: Any) -> list[str]:
    """The days of the sessions of this name that a list shows."""
    return [session["schedule"] for session in sessions.find(keyword=name, **filters)]
