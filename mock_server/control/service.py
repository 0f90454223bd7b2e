"""What control does: namespaces, reset, clock, and what there is to know of the server."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any, Protocol

from mock_server.auth import Persona
from mock_server.clock import Clock
from mock_server.errors import InvalidRequest, UnknownPath
from mock_server.world import World, Worlds


class ControlledApi(Protocol):
    """What control needs to know of an API."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def personas(self) -> tuple[Persona, ...]: ...  # noqa: D102


class Control:
    """Control bound to the world that the request named."""

    def __init__(self, apis: Sequence[ControlledApi], worlds: Worlds, world: World) -> None:
        self._apis = apis
        self._worlds = worlds
        self._world = world

    def health(self) -> dict[str, Any]:
        """That the server answers, its version, and the names of its APIs."""
        return {
            "status": "ok",
            "version": version("session-contracts"),
            "apis": [api.name for api in self._apis],
        }

    def personas(self) -> list[dict[str, Any]]:
        """The well-known credentials of every API."""
        return [persona.published(api.name) for api in self._apis for persona in api.personas]

    def reset(self) -> World:
        """The world, back at its seed."""
        return self._worlds.reset(self._world.name)

    def create(self, name: str, seed: int | None) -> World:
        """A namespace, new or begun anew."""
        return self._worlds.create(name, seed)

    def namespaces(self) -> list[World]:
        """Every world there is."""
        return list(self._worlds)

    def delete(self, name: str) -> None:
        """Forgets a namespace. Raises `UnknownPath`."""
        if not self._worlds.delete(name):
            raise UnknownPath(f"there is no namespace {name[:64]!r}")

    @property
    def clock(self) -> Clock:
        """The clock of this world."""
        return self._world.clock

    def set_clock(self, mode: str, now: str | None) -> Clock:
        """Freezes, sets or resumes the clock; `now` is RFC 3339 text. Raises `InvalidRequest`."""
        instant = None if now is None else datetime.fromisoformat(now.upper())
        if mode == "frozen":
            self.clock.freeze(instant)
        elif mode == "system":
            self.clock.resume()
        elif instant is None:
            raise InvalidRequest("now: is required with mode 'offset'", pointer="/now")
        else:
            self.clock.set(instant)
        return self.clock

    def advance_clock(self, seconds: float) -> Clock:
        """Moves the clock forward. Raises `InvalidRequest` beyond the year 9999."""
        try:
            by = timedelta(seconds=seconds)
            _ = self.clock.now() + by
        except OverflowError:
            raise InvalidRequest("seconds: leads beyond the year 9999", pointer="/seconds") from None
        self.clock.advance(by)
        return self.clock
