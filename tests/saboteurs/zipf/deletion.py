"""Saboteurs of Zipf: deleting sessions."""

from typing import Any

from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.service import Zipf
from mock_server.apis.zipf.sessions import Filters, Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts


@parts.sessions("ZIPF-DELETE-01")
class NeverDeletes(Sessions):
    """A deletion does nothing."""

    def delete(self, session_id: str) -> None:
        """Only looks whether it might."""
        self.owned(session_id)


@saboteur.operations("ZIPF-DELETE-02")
class ListsTheDeleted(Operations):
    """A deleted session stays in the list."""

    def __init__(self) -> None:
        self._deleted: list[Any] = []

    def delete_session(self, zipf: Zipf, *, id_: str) -> Reply:
        """Deletes and remembers."""
        self._deleted.append(super().get_session(zipf, id_=id_).body["session"])
        return super().delete_session(zipf, id_=id_)

    def list_sessions(self, zipf: Zipf, **query: Any) -> Reply:
        """Adds what it remembers."""
        reply = super().list_sessions(zipf, **query)
        return Reply(200, {**reply.body, "sessions": [*self._deleted, *reply.body["sessions"]]})


@saboteur.operations("ZIPF-DELETE-03")
class PublishesTheDeleted(Operations):
    """The public timeline of a deleted session stays open."""

    def __init__(self) -> None:
        self._seen: dict[str, Reply] = {}

    def delete_session(self, zipf: Zipf, *, id_: str) -> Reply:
        """Remembers, then deletes."""
        self._seen[id_] = super().get_timeline(zipf, id_=id_)
        return super().delete_session(zipf, id_=id_)

    def get_public_timeline(self, zipf: Zipf, *, id_: str) -> Reply:
        """Shows what it remembers, too."""
        return self._seen.get(id_) or super().get_public_timeline(zipf, id_=id_)


@parts.sessions("ZIPF-DELETE-04")
class DeletesTooMuch(Sessions):
    """A deletion removes the operations of every session of its owner."""

    def delete(self, session_id: str) -> None:
        """Deletes, then goes on."""
        super().delete(session_id)
        for session in self.mine(Filters()):
            for operation in self.operations(session["id"]):
                self._operations.delete(operation["id"])


@saboteur.reply("ZIPF-DELETE-05", "delete_session")
def says_nothing(body: Any) -> Any:
    """A deletion is answered with an empty object."""
    return {}
