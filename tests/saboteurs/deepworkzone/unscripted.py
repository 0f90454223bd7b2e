"""Saboteurs of Deep Work Zone that keep to every script: only the model sees them, in generated requests."""

from collections.abc import Iterator, Mapping
from typing import Any

from mock_server.apis.deepworkzone.errors import SessionNotFound
from mock_server.apis.deepworkzone.model import entry, minutes
from mock_server.apis.deepworkzone.operations import Operations
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.reply import Reply
from mock_server.store import Document
from tests.saboteurs import saboteur

Body = Mapping[str, Any]
LONG_NAME = 12
LONG_SERIES = 12
OF_SCRIPTS = "Deep Work-"  # how the names of their sessions begin


@saboteur.service("DWZ-CREATE-01")
class LosesLongNames(Sessions):
    """A session whose name is longer than those of most, and not a script's, is not found."""

    def get(self, session_id: int) -> Document:
        """Does not find it."""
        session = super().get(session_id)
        if len(session["name"]) > LONG_NAME and not session["name"].startswith(OF_SCRIPTS):
            raise SessionNotFound(session_id)
        return session


@saboteur.service("DWZ-CREATE-02")
class RoundsDurations(Sessions):
    """A duration is kept in steps of five minutes."""

    def create(self, body: Body) -> Document:
        """Rounds up."""
        return super().create({**body, "duration": -(-body["duration"] // 5) * 5})


@saboteur.service("DWZ-UPDATE-01")
class RoundsNewDurations(Sessions):
    """An update keeps durations in steps of five minutes."""

    def replace(self, session_id: int, body: Body) -> Document:
        """Rounds up."""
        rounded = {"duration": -(-body["duration"] // 5) * 5} if "duration" in body else {}
        return super().replace(session_id, {**body, **rounded})


@saboteur.service("DWZ-JOIN-05")
class ShortensBeforeItRefuses(Sessions):
    """Who has not joined cannot complete, but by trying makes the session a minute long."""

    def complete(self, session_id: int) -> Document:
        """Changes the session first."""
        session = self.get(session_id)
        if self._owns(session) and self._participation(session) is None:
            self._calendar.update({**session, "duration": 1})
        return super().complete(session_id)


@saboteur.service("DWZ-UPDATE-06")
class StartsOver(Sessions):
    """An update of the status puts the duration back to an hour."""

    def replace(self, session_id: int, body: Body) -> Document:
        """Puts it back."""
        forgotten = "status" in body and "duration" not in body and set(body) != {"status"}
        return super().replace(session_id, {**body, "duration": 60} if forgotten else body)


@saboteur.operations("DWZ-DELETE-02")
class ListsTheDeleted(Operations):
    """A list by type, without a keyword, still holds sessions that were deleted."""

    def __init__(self) -> None:
        self._deleted: list[Document] = []

    def delete_session(self, sessions: Sessions, *, id_: int, scope: str) -> Reply:
        """Deletes and remembers."""
        session = entry(sessions.get(id_))
        reply = super().delete_session(sessions, id_=id_, scope=scope)
        self._deleted.append(session)
        return reply

    def list_sessions(self, sessions: Sessions, **filters: Any) -> Reply:
        """Lists what was deleted, too."""
        reply = super().list_sessions(sessions, **filters)
        if "type_" not in filters or "keyword" in filters:
            return reply
        shown = [*reply.body["data"], *self._deleted]
        return Reply(200, {"data": sorted(shown, key=lambda each: (each["schedule"], minutes(each["time"])))})


@saboteur.service("DWZ-FILTER-01")
class OneFilterAtATime(Sessions):
    """With a type, and no keyword beside it, the visibility is not looked at."""

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Drops a filter."""
        if "type_" in filters and "keyword" not in filters:
            filters.pop("channel", None)
        return super().find(org_id, source, **filters)


@saboteur.service("DWZ-JOIN-01")
class LeavesWithAnUpdate(Sessions):
    """Whoever had joined has not any more once the session is updated."""

    def replace(self, session_id: int, body: Body) -> Document:
        """Empties the session."""
        session = super().replace(session_id, body)
        for part in list(self._participations.find("session", (session_id,))):
            self._participations.delete(str(part["participant_id"]))
        return session


@saboteur.service("DWZ-OWNER-03")
class HandsOver(Sessions):
    """Once it is updated, a session that is no script's shows somebody else as its owner."""

    def get(self, session_id: int) -> Document:
        """Shows another owner."""
        session = super().get(session_id)
        changed = session["updated_at"] != session["created_at"]
        ours = session["name"].startswith(OF_SCRIPTS)
        return {**session, "created_by": 103} if changed and not ours else session


@saboteur.service("DWZ-RECUR-09")
class LeavesTheLast(Sessions):
    """Of a long series the last occurrence stays when it is deleted."""

    def delete(self, session_id: int, *, whole_series: bool) -> None:
        """Deletes one too few."""
        number = self._owned(session_id)["series_id"]
        occurrences = [] if number is None else list(self._sessions.find("series", (number,)))
        super().delete(session_id, whole_series=whole_series)
        if whole_series and len(occurrences) > LONG_SERIES:
            self._calendar.add(occurrences[-1])
