"""Saboteurs of Deep Work Zone: reading a single session."""

from typing import Any

from mock_server.apis.deepworkzone.errors import SessionNotFound
from mock_server.apis.deepworkzone.operations import Operations
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.operations("DWZ-GET-01")
class ReadsTheFirst(Operations):
    """Whichever session is asked for, the first of the list is read."""

    def get_session(self, sessions: Sessions, *, id_: int) -> Reply:
        """Reads another one."""
        return Reply(200, {"data": sessions.details(next(sessions.find()))})


@saboteur.reply("DWZ-GET-02", "get_session")
def hides_participation(body: Any) -> Any:
    """The session is shown without the caller's participation."""
    return {"data": {name: value for name, value in body["data"].items() if name != "participation"}}


@saboteur.operations("DWZ-GET-03")
class ReadsTheUnknown(Operations):
    """A session that does not exist is read as an empty one."""

    def get_session(self, sessions: Sessions, *, id_: int) -> Reply:
        """Never refuses."""
        try:
            return super().get_session(sessions, id_=id_)
        except SessionNotFound:
            return Reply(200, {"data": {"id": id_}})


@saboteur.refusal("DWZ-GET-04")
def says_gone(answer: Reply) -> Reply:
    """What is not found is refused with 410."""
    return Reply(410, answer.body) if answer.status == 404 else answer
