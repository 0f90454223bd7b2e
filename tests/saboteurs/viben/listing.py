"""Saboteurs of Viben: the list and its filters."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from mock_server.apis.viben.model import Session
from mock_server.apis.viben.operations import Operations
from mock_server.apis.viben.service import Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.reply("VIBEN-LIST-01", "list_sessions")
def lists_without_envelope(body: Any) -> Any:
    """The list is an array without an object around it."""
    return body["sessions"]


@saboteur.reply("VIBEN-LIST-01", "list_sessions")
def lists_without_counts(body: Any) -> Any:
    """Entries of the list lack the number of messages."""
    shown = [{k: v for k, v in each.items() if k != "message_count"} for each in body["sessions"]]
    return {"sessions": shown}


@saboteur.reply("VIBEN-LIST-02", "list_sessions")
def hides_the_newest(body: Any) -> Any:
    """The list lags one session behind."""
    return {"sessions": body["sessions"][1:]}


@saboteur.reply("VIBEN-LIST-02", "list_sessions")
def lists_twice(body: Any) -> Any:
    """The newest session is listed twice."""
    return {"sessions": body["sessions"][:1] + body["sessions"]}


class _IgnoresFilter(Sessions):
    ignored: str

    def find(self, **filters: str) -> Iterator[Session]:
        """Drops a filter."""
        filters.pop(self.ignored, None)
        return super().find(**filters)


@saboteur.service("VIBEN-LIST-03")
class IgnoresTheTaskFilter(_IgnoresFilter):
    """The list ignores the filter by task."""

    ignored = "task_id"


@saboteur.service("VIBEN-LIST-04")
class IgnoresTheAgentFilter(_IgnoresFilter):
    """The list ignores the filter by agent."""

    ignored = "agent_id"


class _MatchesTheBeginning(Sessions):
    """Finds sessions of which a field begins as was asked for."""

    field: str

    def find(self, **filters: str) -> Iterator[Session]:
        """Compares with less care."""
        wanted = filters.pop(self.field, None)
        for each in super().find(**filters):
            if wanted is None or self.is_alike(str(dict(each)[self.field]), wanted):
                yield each

    def is_alike(self, shown: str, wanted: str) -> bool:
        """Looks at the beginning."""
        return shown.startswith(wanted)


@saboteur.service("VIBEN-LIST-03")
class FindsTasksByTheirBeginning(_MatchesTheBeginning):
    """The filter by task finds every task whose id begins so."""

    field = "task_id"


@saboteur.service("VIBEN-LIST-03")
class TakesTasksForPatterns(_MatchesTheBeginning):
    """The filter by task takes an underscore for any character, as LIKE does."""

    field = "task_id"

    def is_alike(self, shown: str, wanted: str) -> bool:
        """Compares as LIKE does."""
        return fnmatchcase(shown, wanted.replace("_", "?"))


@saboteur.service("VIBEN-LIST-04")
class FindsAgentsByTheirBeginning(_MatchesTheBeginning):
    """The filter by agent finds every agent whose id begins so."""

    field = "agent_id"


@saboteur.service("VIBEN-LIST-04")
class FindsAgentsByTheirEnd(_MatchesTheBeginning):
    """The filter by agent finds every agent whose id ends so."""

    field = "agent_id"

    def is_alike(self, shown: str, wanted: str) -> bool:
        """Looks at the end."""
        return shown.endswith(wanted)


@saboteur.service("VIBEN-LIST-05")
class IgnoresTheStatusFilter(_IgnoresFilter):
    """The list ignores the filter by status."""

    ignored = "status"


@saboteur.service("VIBEN-LIST-06")
class HeedsOneFilter(Sessions):
    """Of several filters the list heeds the last one only."""

    def find(self, **filters: str) -> Iterator[Session]:
        """Keeps one filter."""
        return super().find(**dict(list(filters.items())[-1:]))


@saboteur.reply("VIBEN-LIST-07", "list_sessions")
def lists_oldest_first(body: Any) -> Any:
    """The list begins with the oldest session."""
    return {"sessions": body["sessions"][::-1]}


@saboteur.answer("VIBEN-LIST-08")
def finds_nothing_loudly(operation_id: str, answer: Reply) -> Reply:
    """A list with nothing in it is answered with 404."""
    if operation_id == "list_sessions" and not answer.body["sessions"]:
        return Reply(404, {"error": "no sessions", "code": "NOT_FOUND"})
    return answer


@saboteur.operations("VIBEN-LIST-09")
class ListsData(Operations):
    """The list shows each session's data."""

    def list_sessions(self, sessions: Sessions, **filters: str) -> Reply:
        """Lists too much."""
        reply = super().list_sessions(sessions, **filters)
        shown = [{**each, "data": sessions.get(each["id"])["data"]} for each in reply.body["sessions"]]
        return Reply(200, {"sessions": shown})
