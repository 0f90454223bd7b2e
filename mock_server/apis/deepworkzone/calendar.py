"""Sessions in the store: single ones, and the occurrences of series, which are made as time goes on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from mock_server.apis.deepworkzone.errors import NoOccurrence
from mock_server.apis.deepworkzone.model import occurrence
from mock_server.apis.deepworkzone.recurrence import HORIZON, Series, later, start_of
from mock_server.store import Document
from mock_server.world import World


class Calendar:
    """Adds, changes and removes sessions. Every occurrence of a series is a session of its own.

    The collection `series` keeps of each its first session as a template, its start, and the day up to which
    its occurrences have been made.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._sessions = world.collection("deepworkzone", "sessions")
        self._series = world.collection("deepworkzone", "series")
        self._participations = world.collection("deepworkzone", "participations")

    def add(self, session: Document) -> Document:
        """A session under the next id."""
        ordinal = self._world.next_ordinal("deepworkzone.sessions")
        return self._stored(
            self._sessions.insert(str(ordinal), {**session, "id": ordinal, "sequence": ordinal})
        )

    def add_series(self, template: Document) -> Document:
        """A series as `template` describes it; returns its first occurrence. Raises `NoOccurrence`."""
        series = Series.of(template, start_of(template))
        days = self._days(series)
        number = self._begin(template, series)
        first = self.add(occurrence(template, number, days[0]))
        self._add_occurrences(template, number, days[1:])
        return first

    def update(self, session: Document) -> Document:
        """The session in its new form."""
        return self._stored(self._sessions.update(str(session["id"]), session))

    def replan(self, session: Document, changed: Document) -> Document:
        """Gives `session` another recurrence: it and the later ones of its series follow the new one.

        Raises `NoOccurrence`, and has then changed nothing.
        """
        if not changed["is_recurring"]:
            self._cut(session)
            return self.update({**changed, "series_id": None})
        start = start_of(changed)
        if session["series_id"] is not None:
            start = max(start, date.fromisoformat(session["schedule"]))
        series = Series.of(changed, start)
        days = self._days(series)
        self._cut(session)
        number = self._begin(changed, series)
        self._add_occurrences(changed, number, days[1:])
        return self.update(occurrence(changed, number, days[0]))

    def remove(self, session: Document) -> None:
        """Removes one session with everybody's part in it."""
        self._sessions.delete(str(session["id"]))
        for part in self._participations.find("session", (session["id"],)):
            self._participations.delete(str(part["participant_id"]))

    def remove_series(self, number: int) -> None:
        """Removes all occurrences of a series, and makes no more."""
        for session in self._sessions.find("series", (number,)):
            self.remove(session)
        self._end(number)

    def extend(self, organization: int) -> None:
        """Makes the occurrences that have come within the horizon since they were last made."""
        today = self._today
        horizon = later(today, HORIZON).isoformat()
        for kept in self._series.find("to_be_continued", (organization,), high=(horizon,)):
            series = Series.of(kept["template"], date.fromisoformat(kept["start"]))
            days = [day for day in series.days(today) if day.isoformat() > kept["known_until"]]
            self._add_occurrences(kept["template"], kept["id"], days)
            known_until = series.horizon(today).isoformat()
            self._series.update(str(kept["id"]), {**kept, "known_until": known_until})

    @property
    def _today(self) -> date:
        return self._world.clock.now().date()

    def _days(self, series: Series) -> list[date]:
        days = series.days(self._today)
        if not days:
            raise NoOccurrence(series.start, series.end)
        return days

    def _begin(self, template: Document, series: Series) -> int:
        number = self._world.next_ordinal("deepworkzone.series")
        kept: dict[str, Any] = {
            "id": number,
            "template": template,
            "start": series.start.isoformat(),
            "known_until": series.horizon(self._today).isoformat(),
        }
        self._series.insert(str(number), {**kept, "sequence": number})
        return number

    def _add_occurrences(self, template: Document, number: int, days: Iterable[date]) -> None:
        for day in days:
            self.add(occurrence(template, number, day))

    def _cut(self, session: Document) -> None:
        """Ends the session's series before it."""
        number = session["series_id"]
        if number is None:
            return
        for each in self._sessions.find("series", (number,), low=(session["schedule"],)):
            if each["id"] != session["id"]:
                self.remove(each)
        self._end(number)

    def _end(self, number: int) -> None:
        if self._series.get(str(number)) is not None:
            self._series.delete(str(number))

    @staticmethod
    def _stored(session: Any) -> Document:
        stored: Document = session
        return stored
