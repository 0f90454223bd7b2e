"""Saboteurs of Deep Work Zone: recurring sessions."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from mock_server.apis.deepworkzone.errors import NoOccurrence
from mock_server.apis.deepworkzone.recurrence import FIELDS
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.store import Document
from tests.saboteurs import saboteur

Body = Mapping[str, Any]


@saboteur.specification("DWZ-RECUR-01")
def knows_no_recurrence(contract: dict[str, Any]) -> None:
    """A session that recurs is refused."""
    flag = {"type": "integer", "enum": [0]}
    contract["components"]["schemas"]["SessionFields"]["properties"]["is_recurring"] = flag


@saboteur.service("DWZ-RECUR-02")
class DeletesTheSeries(Sessions):
    """Whichever is chosen, the whole series is deleted."""

    def delete(self, session_id: int, *, whole_series: bool) -> None:
        """Deletes all."""
        super().delete(session_id, whole_series=True)


@saboteur.service("DWZ-RECUR-03")
class DeletesOneOccurrence(Sessions):
    """Whichever is chosen, one occurrence is deleted."""

    def delete(self, session_id: int, *, whole_series: bool) -> None:
        """Deletes one."""
        super().delete(session_id, whole_series=False)


@saboteur.service("DWZ-RECUR-03")
class DeletesEverySeries(Sessions):
    """With a series, all other series of the caller go."""

    def delete(self, session_id: int, *, whole_series: bool) -> None:
        """Deletes too much."""
        if whole_series:
            for other in {each["series_id"] for each in self.find(source="user")} - {None}:
                self._calendar.remove_series(other)
        else:
            super().delete(session_id, whole_series=False)


class _Creates(Sessions):
    def create(self, body: Body) -> Document:
        """Changes what recurs."""
        return super().create(self.changed(body) if body.get("is_recurring") else body)

    def changed(self, body: Body) -> Body:
        """What is created instead."""
        raise NotImplementedError


@saboteur.service("DWZ-RECUR-04")
class EndsADayEarly(_Creates):
    """The last day of a series does not belong to it."""

    def changed(self, body: Body) -> Body:
        """Ends a day early."""
        ends = body.get("recurring_ends")
        last = ends and (date.fromisoformat(ends) - timedelta(days=1)).isoformat()
        return {**body, "recurring_ends": last}


@saboteur.service("DWZ-RECUR-04")
class UpdatesTheSeries(Sessions):
    """An update of one occurrence changes all of its series."""

    def replace(self, session_id: int, body: Body) -> Document:
        """Updates all."""
        number = self._owned(session_id)["series_id"]
        for other in self._sessions.find("series", (number,)) if number else ():
            super().replace(other["id"], body)
        return super().replace(session_id, body)


@saboteur.service("DWZ-RECUR-05")
class CountsFromMonday(_Creates):
    """The days of the week are counted from 0 for Monday."""

    def changed(self, body: Body) -> Body:
        """Shifts the days."""
        days = [each + 1 if isinstance(each, int) else each for each in body["recurring_days"]]
        return {**body, "recurring_days": days}


@saboteur.service("DWZ-RECUR-06")
class KnowsNoWeeks(_Creates):
    """A monthly series always recurs on the day of its start."""

    def changed(self, body: Body) -> Body:
        """Drops the option."""
        return {**body, "recurring_month_option": "exact"}


@saboteur.service("DWZ-RECUR-07")
class SkipsShortMonths(_Creates):
    """A month without the day is always skipped."""

    def changed(self, body: Body) -> Body:
        """Drops the fallback."""
        return {**body, "fallback_option": 0}


@saboteur.service("DWZ-RECUR-08")
class EndsAfterAMonth(_Creates):
    """A series without an end ends after a month."""

    def changed(self, body: Body) -> Body:
        """Sets an end."""
        last = date.fromisoformat(body["schedule"]) + timedelta(days=30)
        return {**body, "recurring_ends": body.get("recurring_ends") or last.isoformat()}


@saboteur.specification("DWZ-RECUR-09")
def deletes_series_by_default(contract: dict[str, Any]) -> None:
    """Without a choice the whole series is deleted."""
    contract["components"]["parameters"]["DeletionScope"]["schema"]["default"] = "series"


@saboteur.specification("DWZ-RECUR-09")
def takes_any_scope(contract: dict[str, Any]) -> None:
    """Any choice is accepted."""
    contract["components"]["parameters"]["DeletionScope"]["schema"].pop("enum")


@saboteur.reply("DWZ-RECUR-10", "list_sessions")
def hides_the_series(body: Any) -> Any:
    """Occurrences do not show what they belong to."""
    return {"data": [{**each, "series_id": None} for each in body["data"]]}


@saboteur.service("DWZ-RECUR-11")
class KeepsTheRecurrence(Sessions):
    """An update accepts another recurrence and keeps the old one."""

    def replace(self, session_id: int, body: Body) -> Document:
        """Drops the recurrence."""
        return super().replace(session_id, {name: body[name] for name in body if name not in FIELDS})


@saboteur.service("DWZ-RECUR-12")
class CreatesOneAtLeast(Sessions):
    """A series without a day becomes a single session."""

    def create(self, body: Body) -> Document:
        """Never refuses."""
        try:
            return super().create(body)
        except NoOccurrence:
            return super().create({**body, "is_recurring": 0})


@saboteur.service("DWZ-RECUR-13")
class TakesTheLastForTheFifth(_Creates):
    """The fifth day of a week is always the last one."""

    def changed(self, body: Body) -> Body:
        """Falls back."""
        fifth = body["recurring_month_week_pos"] == 5
        return {**body, "fallback_option": 1 if fifth else body["fallback_option"]}
