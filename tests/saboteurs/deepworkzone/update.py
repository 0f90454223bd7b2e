"""Saboteurs of Deep Work Zone: updating a session."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from mock_server.apis.deepworkzone.errors import SessionNotFound
from mock_server.apis.deepworkzone.model import DEFAULTS
from mock_server.apis.deepworkzone.operations import Operations
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.contract import MockApi
from mock_server.errors import InvalidRequest
from mock_server.reply import Reply
from mock_server.store import Document
from tests.saboteurs import saboteur

Body = Mapping[str, Any]


class _Keeps(Sessions):
    kept: str

    def replace(self, session_id: int, body: Body) -> Document:
        """Drops a field."""
        return super().replace(session_id, {name: value for name, value in body.items() if name != self.kept})


@saboteur.service("DWZ-UPDATE-01")
class KeepsTheDuration(_Keeps):
    """An update accepts a duration and does not change it."""

    kept = "duration"


@saboteur.service("DWZ-UPDATE-01")
class KeepsTheBlocker(_Keeps):
    """An update accepts websites to block and does not change them."""

    kept = "website_blocker"


@saboteur.record("DWZ-UPDATE-01")
def lasts_as_long_as_it_refused(api: MockApi) -> MockApi:
    """An update with a day that does not exist is refused, and its duration is kept all the same."""

    class Lasts(Sessions):
        def replace(self, session_id: int, body: Body) -> Document:
            if body.get("schedule") != "2030-02-30":
                return super().replace(session_id, body)
            super().replace(session_id, {"duration": body["duration"]})
            raise InvalidRequest("there is no such day")

    contract = deepcopy(dict(api.specification))
    contract["components"]["schemas"]["SessionFields"]["properties"]["schedule"] = {"type": "string"}
    return replace(api, specification=contract, service=Lasts)


@saboteur.service("DWZ-UPDATE-02")
class RewritesTheCreation(Sessions):
    """An update takes the time of creation from the body."""

    def replace(self, session_id: int, body: Body) -> Document:
        """Updates, then rewrites."""
        session = super().replace(session_id, body)
        return self._calendar.update({**session, "created_at": body.get("created_at", session["created_at"])})


@saboteur.service("DWZ-UPDATE-03")
class UpdatesNamesakes(Sessions):
    """An update changes every own session of the same name."""

    def replace(self, session_id: int, body: Body) -> Document:
        """Updates too much."""
        name = self.get(session_id)["name"]
        for other in [each for each in self.find(source="user") if each["name"] == name]:
            super().replace(other["id"], body)
        return self.get(session_id)


@saboteur.operations("DWZ-UPDATE-04")
class UpdatesNothing(Operations):
    """An update of a session that does not exist is accepted."""

    def replace_session(self, sessions: Sessions, *, id_: int, body: Body) -> Reply:
        """Never refuses."""
        try:
            return super().replace_session(sessions, id_=id_, body=body)
        except SessionNotFound:
            return Reply(200, {"data": {**body, "id": id_}})


@saboteur.service("DWZ-UPDATE-05")
class KeepsTheDay(_Keeps):
    """An update accepts another day and leaves the session on the old one."""

    kept = "schedule"


@saboteur.service("DWZ-UPDATE-06")
class ReplacesAll(Sessions):
    """What an update does not name goes back to its default."""

    def replace(self, session_id: int, body: Body) -> Document:
        """Replaces."""
        defaults = {name: value for name, value in DEFAULTS.items() if value is not None}
        return super().replace(session_id, {**defaults, **body})


@saboteur.answer("DWZ-UPDATE-07")
def updates_silently(operation_id: str, answer: Reply) -> Reply:
    """An update is answered with 204."""
    return Reply(204) if operation_id == "replace_session" else answer


@saboteur.specification("DWZ-UPDATE-08")
def takes_any_fallback(contract: dict[str, Any]) -> None:
    """The fallback may be any number."""
    contract["components"]["schemas"]["FallbackOption"].pop("enum")
