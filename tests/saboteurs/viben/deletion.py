"""Saboteurs of Viben: deleting a session."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.viben.errors import SessionNotFound
from mock_server.apis.viben.model import summary
from mock_server.apis.viben.operations import Operations
from mock_server.apis.viben.service import Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur

Body = Mapping[str, Any]


@saboteur.service("VIBEN-DELETE-01")
class DeletesNothing(Sessions):
    """A deletion is confirmed and does nothing."""

    def delete(self, session_id: str) -> None:
        """Only looks."""
        self.get(session_id)


@saboteur.operations("VIBEN-DELETE-01")
class MessagesTheDeleted(Operations):
    """A deleted session still takes messages."""

    def send_message(self, sessions: Sessions, *, id_: str, body: Body) -> Reply:
        """Never refuses."""
        try:
            return super().send_message(sessions, id_=id_, body=body)
        except SessionNotFound:
            return super().send_message(sessions, id_=sessions.create("AMP")["id"], body=body)


@saboteur.operations("VIBEN-DELETE-02")
class ListsTheDeleted(Operations):
    """A deleted session stays in the list."""

    def __init__(self) -> None:
        self._deleted: list[Any] = []

    def delete_session(self, sessions: Sessions, *, id_: str) -> Reply:
        """Deletes and remembers."""
        session = sessions.get(id_)
        self._deleted.append(summary(session))
        return super().delete_session(sessions, id_=id_)

    def list_sessions(self, sessions: Sessions, **filters: str) -> Reply:
        """Lists what was deleted, too."""
        reply = super().list_sessions(sessions, **filters)
        gone = [each for each in self._deleted if all(each[k] == v for k, v in filters.items())]
        return Reply(200, {"sessions": gone + reply.body["sessions"]})


@saboteur.service("VIBEN-DELETE-03")
class DeletesTheWholeTask(Sessions):
    """A deletion takes every session of the same task with it."""

    def delete(self, session_id: str) -> None:
        """Deletes too much."""
        task_id = self.get(session_id)["task_id"]
        for other in list(self.find(task_id=task_id) if task_id else ()):
            if other["id"] != session_id:
                super().delete(other["id"])
        super().delete(session_id)


@saboteur.answer("VIBEN-DELETE-04")
def deletes_silently(operation_id: str, answer: Reply) -> Reply:
    """A deletion is answered with 204."""
    return Reply(204) if operation_id == "delete_session" else answer
