"""Saboteurs of Zipf: changing sessions."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from mock_server.apis.zipf.errors import SessionArchived
from mock_server.apis.zipf.model import Session
from mock_server.apis.zipf.sessions import Sessions
from mock_server.contract import MockApi
from mock_server.errors import InvalidRequest
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts

Body = Mapping[str, Any]


@parts.sessions("ZIPF-UPDATE-01")
class KeepsTheIntent(Sessions):
    """The intent context cannot be changed."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Passes it over."""
        return super().update(session_id, {n: v for n, v in changes.items() if n != "intent_context"})


@saboteur.record("ZIPF-UPDATE-01")
def renames_when_it_refuses(api: MockApi) -> MockApi:
    """An update with a description that is no text is refused, and its name is kept all the same."""

    class Renames(Sessions):
        def update(self, session_id: str, changes: Body) -> Session:
            if isinstance(changes.get("description", ""), str):
                return super().update(session_id, changes)
            super().update(session_id, {"name": changes.get("name", "untitled")})
            raise InvalidRequest("the description is a text")

    contract = deepcopy(dict(api.specification))
    contract["components"]["schemas"]["SessionChanges"]["properties"]["description"] = {}
    return replace(api, specification=contract, service=parts.with_sessions(Renames))


@parts.sessions("ZIPF-UPDATE-02")
class KeepsTheConfiguration(Sessions):
    """The configuration cannot be changed."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Passes it over."""
        texts = {name: value for name, value in changes.items() if "config" not in name}
        return super().update(session_id, texts)


@parts.sessions("ZIPF-UPDATE-03")
class ReplacesTheSession(Sessions):
    """What an update does not name is gone."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Sets the description to nothing first."""
        return super().update(session_id, {"description": None, **changes})


@saboteur.specification("ZIPF-UPDATE-04")
def renames_at_length(contract: dict[str, Any]) -> None:
    """An update may give a session a name of any length."""
    contract["components"]["schemas"]["SessionChanges"]["properties"]["name"] = {"type": "string"}


@parts.sessions("ZIPF-UPDATE-05")
class SkipsSteps(Sessions):
    """An update may set any status."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Takes the status over."""
        session = super().update(session_id, changes)
        return self.save(session, status=changes.get("status", session["status"]))


@saboteur.reply("ZIPF-UPDATE-06", "update_session")
def updates_without_envelope(body: Any) -> Any:
    """An update is answered with the bare session."""
    return body["session"]


@parts.sessions("ZIPF-UPDATE-07")
class ChangesTheArchived(Sessions):
    """An archived session can be changed."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Never refuses."""
        try:
            return super().update(session_id, changes)
        except SessionArchived:
            return self.save(self.owned(session_id), name=changes["name"])


@parts.sessions("ZIPF-UPDATE-08")
class RefusesTooLate(Sessions):
    """The change of an archived session is refused when it has been made."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Changes the name before it refuses."""
        try:
            return super().update(session_id, changes)
        except SessionArchived:
            self.save(self.owned(session_id), name=changes["name"])
            raise
