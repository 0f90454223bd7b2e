"""Saboteurs of Deep Work Zone: the list of sessions as such."""

from typing import Any

from mock_server.apis.deepworkzone.service import Sessions
from mock_server.reply import Reply
from mock_server.store import Document
from tests.saboteurs import saboteur


@saboteur.reply("DWZ-LIST-01", "list_sessions")
def hides_the_newest(body: Any) -> Any:
    """The list lags one session behind."""
    newest = max((each["id"] for each in body["data"]), default=0)
    return {"data": [each for each in body["data"] if each["id"] != newest]}


@saboteur.reply("DWZ-LIST-01", "list_sessions")
def lists_twice(body: Any) -> Any:
    """Every session is listed twice."""
    return {"data": body["data"] * 2}


@saboteur.reply("DWZ-LIST-02", "list_sessions")
def lists_without_envelope(body: Any) -> Any:
    """The list is an array without an object around it."""
    return body["data"]


@saboteur.reply("DWZ-LIST-02", "list_sessions")
def lists_names_only(body: Any) -> Any:
    """Entries of the list have id, name and day only."""
    return {"data": [{name: each[name] for name in ("id", "name", "schedule")} for each in body["data"]]}


@saboteur.reply("DWZ-LIST-03", "list_sessions")
def lists_by_name_of_time(body: Any) -> Any:
    """Sessions of a day are ordered by their time as a text."""
    return {"data": sorted(body["data"], key=lambda each: (each["schedule"], each["time"]))}


@saboteur.answer("DWZ-LIST-04")
def finds_nothing_loudly(operation_id: str, answer: Reply) -> Reply:
    """A list with nothing in it is answered with 404."""
    if operation_id == "list_sessions" and not answer.body["data"]:
        return Reply(404, {"message": "No sessions."})
    return answer


@saboteur.specification("DWZ-LIST-05")
def takes_any_channel(contract: dict[str, Any]) -> None:
    """The filter by visibility may have any value."""
    contract["components"]["parameters"]["ChannelFilter"]["schema"].pop("enum")


@saboteur.service("DWZ-LIST-06")
class ShowsPrivateSessions(Sessions):
    """Colleagues see what is private."""

    def _sees(self, session: Document) -> bool:
        return session["org_id"] in self._caller.organizations


@saboteur.service("DWZ-LIST-06")
class HidesFromCollaborators(Sessions):
    """Collaborators do not see the private session they are to work on."""

    def _sees(self, session: Document) -> bool:
        return super()._sees({**session, "collaborator": []})
