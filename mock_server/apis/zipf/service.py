"""The rules of Zipf, put together for one caller in one world; each part has its module."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.zipf.accounts import Accounts
from mock_server.apis.zipf.graphs import Graphs
from mock_server.apis.zipf.model import Operation
from mock_server.apis.zipf.research import Research
from mock_server.apis.zipf.sessions import Sessions
from mock_server.apis.zipf.sharing import Sharing
from mock_server.apis.zipf.web import Web
from mock_server.apis.zipf.webhooks import send_results
from mock_server.apis.zipf.workflows import Workflows
from mock_server.auth import Persona
from mock_server.errors import NotAuthenticated
from mock_server.world import World


class Zipf:
    """What a caller can do. Somebody unknown has `sessions` only, of which the public ones can be read.

    Making it counts a request of the caller and raises `RateLimited` when there were too many.
    """

    def __init__(self, world: World, caller: Persona | None) -> None:
        self._world = world
        self._caller = caller
        self.clock = world.clock
        self.sessions = Sessions(world, caller)
        if caller is not None:
            self.accounts.admit()

    @property
    def accounts(self) -> Accounts:
        """The caller's account."""
        return Accounts(self._world, self._known_caller)

    @property
    def sharing(self) -> Sharing:
        """Who else may see the caller's sessions."""
        return Sharing(self.sessions, self._known_caller)

    @property
    def research(self) -> Research:
        """Searches and crawls in the caller's sessions."""
        return Research(self._world, self.sessions, self.accounts, self.web)

    @property
    def workflows(self) -> Workflows:
        """The caller's workflows."""
        return Workflows(self._world, self.sessions, self.sharing, self._known_caller)

    @property
    def graphs(self) -> Graphs:
        """The link graphs of sessions."""
        return Graphs(self._world.draw, self.sessions, self.web)

    @property
    def web(self) -> Web:
        """The web that everybody searches and crawls."""
        return Web(self._world.draw)

    def send_results(self, body: Mapping[str, Any], operation: Operation, reply: Mapping[str, Any]) -> None:
        """Has the reply to a search or crawl sent when it is done, if that was asked for."""
        send_results(self._world, body, operation, reply)

    @property
    def caller(self) -> Persona:
        """Whoever calls."""
        return self._known_caller

    @property
    def _known_caller(self) -> Persona:
        if self._caller is None:
            raise NotAuthenticated("this needs a token")
        return self._caller
