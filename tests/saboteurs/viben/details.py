"""Saboteurs of Viben: the details of a session."""

from typing import Any

from mock_server.apis.viben.errors import SessionNotFound
from mock_server.apis.viben.model import Session
from mock_server.apis.viben.operations import Operations
from mock_server.apis.viben.service import Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur

LONG_AGO = "2001-01-01T00:00:00Z"


@saboteur.reply("VIBEN-GET-01", "get_session")
def shows_another_agent(body: Any) -> Any:
    """The details name another agent than the creation."""
    return {**body, "agent_id": "SOMEBODY"}


@saboteur.reply("VIBEN-GET-02", "get_session")
def details_without_data(body: Any) -> Any:
    """The details lack the data."""
    return {name: value for name, value in body.items() if name != "data"}


@saboteur.reply("VIBEN-GET-02", "get_session")
def active_before_created(body: Any) -> Any:
    """A session was last active before it was created."""
    return {**body, "last_active": LONG_AGO}


@saboteur.operations("VIBEN-GET-03")
class InventsSessions(Operations):
    """The details of a session that does not exist are made up."""

    def get_session(self, sessions: Sessions, *, id_: str) -> Reply:
        """Never refuses."""
        try:
            return super().get_session(sessions, id_=id_)
        except SessionNotFound:
            known = super().get_session(sessions, id_=sessions.create("AMP")["id"]).body
            return Reply(200, {**known, "id": id_})


@saboteur.service("VIBEN-GET-04")
class CountsThePrompt(Sessions):
    """The prompt of a creation counts as a message."""

    def create(self, agent_id: str, task_id: str | None = None, prompt: str | None = None) -> Session:
        """Creates with a message in it."""
        session = super().create(agent_id, task_id, prompt)
        return self._replace({**session, "message_count": 1 if prompt else 0})
