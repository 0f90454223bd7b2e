"""What control does: namespaces, reset, clock, records, and what there is to know of the server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from typing import Any, Protocol

from mock_server.auth import Persona
from mock_server.bundles import bundle
from mock_server.clock import Clock, OutOfBounds, instant
from mock_server.control.browsing import Browser
from mock_server.control.disturbances import Disturbances
from mock_server.control.records import Records
from mock_server.control.requests import Requests
from mock_server.control.state import Checks, State
from mock_server.errors import InvalidRequest, UnknownPath
from mock_server.explanation import Explainer
from mock_server.kinds import Kinds
from mock_server.metrics import Metrics
from mock_server.settings import Validation
from mock_server.snapshots import Snapshots
from mock_server.store import CollectionPlan
from mock_server.world import World, Worlds


class ControlledApi(Protocol):
    """What control needs to know of an API."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def specification(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def personas(self) -> tuple[Persona, ...]: ...  # noqa: D102
    @property
    def collections(self) -> tuple[CollectionPlan, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Controlled:
    """What control has power over: the same for every request."""

    apis: Sequence[ControlledApi]
    kinds: Kinds
    worlds: Worlds
    explainer: Explainer
    snapshots: Snapshots
    metrics: Metrics


class Control:
    """Control bound to the world that the request named."""

    def __init__(self, controlled: Controlled, world: World) -> None:
        self._apis = controlled.apis
        self._kinds = controlled.kinds
        self._worlds = controlled.worlds
        self._metrics = controlled.metrics
        self._redactor = controlled.explainer.redactor
        self._world = world
        checks = Checks(controlled.apis, controlled.kinds)
        self.state = State(world, controlled.worlds, controlled.snapshots, checks)
        self.disturbances = Disturbances(controlled.apis, world)
        self.browser = Browser(controlled.apis, controlled.kinds, world)
        self.requests = Requests(world, controlled.worlds, controlled.explainer)

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

    def metrics(self) -> str:
        """Counts and sizes of the whole server, as Prometheus reads them."""
        journals = [world.journal for world in self._worlds]
        return self._metrics.text(
            [
                ("namespaces", "Namespaces there are.", len(journals)),
                ("journal_entries", "Requests in all journals.", sum(map(len, journals))),
                ("journal_bytes", "Memory of all journals.", sum(journal.size for journal in journals)),
                ("faults", "Faults in all worlds.", sum(len(world.faults) for world in self._worlds)),
            ]
        )

    def reset(self) -> World:
        """The world, back at its seed."""
        return self._worlds.reset(self._world.name)

    def create(self, name: str, **origin: Any) -> World:
        """A namespace, new or begun anew, from a `seed`, from a `snapshot`, or as a `fork` of another one.

        Raises `InvalidRequest` when it should be more than one of these, or when there is no such origin.
        """
        if len(origin) > 1:
            second = list(origin)[1]
            detail = f"{second}: a namespace has one origin; give one of {', '.join(origin)}"
            raise InvalidRequest(detail, pointer=f"/{second}")
        if "snapshot" in origin:
            return self._worlds.begin(name, self._snapshot(origin["snapshot"]))
        if "fork" in origin:
            return self._worlds.begin(name, self._fork(origin["fork"]))
        # JSON may write the whole number 7 as 7.0, which must not be another seed.
        return self._worlds.create(name, int(origin["seed"]) if "seed" in origin else None)

    def _snapshot(self, name: str) -> World:
        try:
            return self.state.snapshot(name)
        except UnknownPath as error:
            raise InvalidRequest(f"snapshot: {error.detail}", pointer="/snapshot") from None

    def _fork(self, name: str) -> World:
        world = self._worlds.find(name)
        if world is None:
            raise InvalidRequest(f"fork: there is no namespace {name[:64]!r}", pointer="/fork")
        return world.fork(name)

    def bundle(self) -> dict[str, Any]:
        """This world with its journal, to be brought back elsewhere."""
        return bundle(self._world, self._redactor)

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
        try:
            moment = None if now is None else instant(now)
            if mode == "system":
                self.clock.resume()
            elif mode == "frozen":
                self.clock.freeze(moment)
            elif moment is not None:
                self.clock.set(moment)
            else:
                raise ValueError("is required with mode 'offset'")
        except ValueError as error:
            raise InvalidRequest(f"now: {error}", pointer="/now") from None
        return self.clock

    def advance_clock(self, seconds: float) -> Clock:
        """Moves the clock forward. Raises `InvalidRequest` when that leads too far."""
        try:
            self.clock.advance(timedelta(seconds=seconds))
        except OutOfBounds as error:
            raise InvalidRequest(f"seconds: {error}", pointer="/seconds") from None
        return self.clock

    @property
    def validation(self) -> Validation:
        """What this world does with answers that break their contract."""
        return self._world.validation

    def set_validation(self, validation: Validation) -> None:
        """Changes it."""
        self._world.validation = validation

    def records(self, api: str, collection: str) -> Records:
        """The records of a collection in this world. Raises `UnknownPath`."""
        kind = self._kinds.get((api, collection))
        if kind is None:
            there = ", ".join("/".join(names) for names in self._kinds) or "none"
            raise UnknownPath(f"there are no records {api[:40]}/{collection[:40]}; there are {there}")
        return Records(kind, self._world)
