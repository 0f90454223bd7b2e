"""Saboteurs of Deep Work Zone: deleting a session."""

from typing import Any

from mock_server.apis.deepworkzone.errors import SessionNotFound
from mock_server.apis.deepworkzone.model import entry
from mock_server.apis.deepworkzone.operations import Operations
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.service("DWZ-DELETE-01")
class DeletesNothing(Sessions):
    """A deletion is accepted and not carried out."""

    def delete(self, session_id: int, *, whole_series: bool) -> None:
        """Looks, and leaves it."""
        self._owned(session_id)


@saboteur.operations("DWZ-DELETE-02")
class ListsTheDeleted(Operations):
    """Deleted sessions stay in the list."""

    def __init__(self) -> None:
        self._deleted: list[Any] = []

    def delete_session(self, sessions: Sessions, *, id_: int, scope: str) -> Reply:
        """Deletes and remembers."""
        self._deleted.append(entry(sessions.get(id_)))
        return super().delete_session(sessions, id_=id_, scope=scope)

    def list_sessions(self, sessions: Sessions, **filters: Any) -> Reply:
        """Lists what was deleted, too."""
        return Reply(200, {"data": super().list_sessions(sessions, **filters).body["data"] + self._deleted})


@saboteur.service("DWZ-DELETE-03")
class DeletesNamesakes(Sessions):
    """A deletion removes every own session of the same name."""

    def delete(self, session_id: int, *, whole_series: bool) -> None:
        """Deletes too much."""
        name = self._owned(session_id)["name"]
        for other in [each for each in self.find(source="user") if each["name"] == name]:
            super().delete(other["id"], whole_series=whole_series)


@saboteur.operations("DWZ-DELETE-04")
class DeletesTheUnknown(Operations):
    """Deleting a session that does not exist is accepted."""

    def delete_session(self, sessions: Sessions, *, id_: int, scope: str) -> Reply:
        """Never refuses."""
        try:
            return super().delete_session(sessions, id_=id_, scope=scope)
        except SessionNotFound:
            return Reply(204)


@saboteur.answer("DWZ-DELETE-05")
def deletes_with_a_message(operation_id: str, answer: Reply) -> Reply:
    """A deletion is answered with 200 and a message."""
    return Reply(200, {"message": "Deleted."}) if operation_id == "delete_session" else answer
