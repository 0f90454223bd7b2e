"""Decorators for one part of Zipf's rules, which the saboteur puts in the place of the honest one."""

from collections.abc import Callable
from typing import Any

from mock_server.apis.zipf.graphs import Graphs
from mock_server.apis.zipf.research import Research
from mock_server.apis.zipf.service import Zipf
from mock_server.apis.zipf.sessions import Sessions
from mock_server.apis.zipf.sharing import Sharing
from mock_server.apis.zipf.workflows import Workflows
from mock_server.auth import Persona
from mock_server.world import World
from tests.saboteurs import saboteur
from tests.saboteurs.saboteur import Saboteur


def sessions(requirement: str) -> Callable[[type[Sessions]], Saboteur]:
    """Decorates a subclass of `Sessions`."""
    return lambda broken: saboteur.service(requirement)(_named(with_sessions(broken), broken))


def sharing(requirement: str) -> Callable[[type[Sharing]], Saboteur]:
    """Decorates a subclass of `Sharing`."""
    return lambda broken: saboteur.service(requirement)(_named(with_sharing(broken), broken))


def research(requirement: str) -> Callable[[type[Research]], Saboteur]:
    """Decorates a subclass of `Research`."""
    return lambda broken: saboteur.service(requirement)(_named(with_research(broken), broken))


def graphs(requirement: str) -> Callable[[type[Graphs]], Saboteur]:
    """Decorates a subclass of `Graphs`."""
    return lambda broken: saboteur.service(requirement)(_named(with_graphs(broken), broken))


def workflows(requirement: str) -> Callable[[type[Workflows]], Saboteur]:
    """Decorates a subclass of `Workflows`."""
    return lambda broken: saboteur.service(requirement)(_named(with_workflows(broken), broken))


def with_sessions(broken: type[Sessions]) -> type[Zipf]:
    """A service whose sessions are broken."""

    class Broken(Zipf):
        def __init__(self, world: World, caller: Persona | None) -> None:
            super().__init__(world, caller)
            self.sessions = broken(world, caller)

    return Broken


def with_sharing(broken: type[Sharing]) -> type[Zipf]:
    """A service whose sharing is broken."""

    class Broken(Zipf):
        @property
        def sharing(self) -> Sharing:
            return broken(self.sessions, self._known_caller)

    return Broken


def with_research(broken: type[Research]) -> type[Zipf]:
    """A service whose searches and crawls are broken."""

    class Broken(Zipf):
        @property
        def research(self) -> Research:
            return broken(self._world, self.sessions, self.accounts, self.web)

    return Broken


def with_graphs(broken: type[Graphs]) -> type[Zipf]:
    """A service whose link graphs are broken."""

    class Broken(Zipf):
        @property
        def graphs(self) -> Graphs:
            return broken(self._world.draw, self.sessions, self.web)

    return Broken


def with_workflows(broken: type[Workflows]) -> type[Zipf]:
    """A service whose workflows are broken."""

    class Broken(Zipf):
        @property
        def workflows(self) -> Workflows:
            return broken(self._world, self.sessions, self.sharing, self._known_caller)

    return Broken


def _named(service: type[Zipf], broken: type[Any]) -> type[Zipf]:
    service.__name__, service.__doc__ = broken.__name__, broken.__doc__
    return service
