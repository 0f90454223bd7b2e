"""Saboteurs of Viben: updating a session."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from mock_server.apis.viben.model import Session
from mock_server.apis.viben.operations import Operations
from mock_server.apis.viben.service import Sessions
from mock_server.contract import MockApi
from mock_server.errors import InvalidRequest
from mock_server.reply import Reply
from tests.saboteurs import saboteur

Body = Mapping[str, Any]
STATUSES = ("created", "active", "paused", "completed", "failed")


@saboteur.service("VIBEN-UPDATE-01")
class KeepsTheStatus(Sessions):
    """An update accepts a status and does not change it."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Drops the status."""
        return super().update(session_id, {k: v for k, v in changes.items() if k != "status"})


@saboteur.service("VIBEN-UPDATE-02")
class KeepsOldData(Sessions):
    """An update adds data but never replaces a value that is there."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Prefers the old data."""
        data = {**changes.get("data", {}), **self.get(session_id)["data"]}
        return super().update(session_id, {**changes, "data": data})


def _any_status(api: MockApi, operations: Operations) -> MockApi:
    """Lets every text through to the operations, which may refuse it."""
    contract = deepcopy(dict(api.specification))
    contract["components"]["schemas"]["SessionStatus"].pop("enum")
    return replace(api, specification=contract, operations=operations)


@saboteur.record("VIBEN-UPDATE-01")
def fails_what_it_refuses(api: MockApi) -> MockApi:
    """An update with an unknown status is refused, and the session has failed."""

    class Fails(Operations):
        def update_session(self, sessions: Sessions, *, id_: str, body: Body) -> Reply:
            if body.get("status", "active") in STATUSES:
                return super().update_session(sessions, id_=id_, body=body)
            sessions._replace({**sessions.get(id_), "status": "failed"})
            raise InvalidRequest("no such status")

    return _any_status(api, Fails())


@saboteur.record("VIBEN-UPDATE-02")
def keeps_refused_data(api: MockApi) -> MockApi:
    """An update with an unknown status is refused, and its data is kept all the same."""

    class Keeps(Operations):
        def update_session(self, sessions: Sessions, *, id_: str, body: Body) -> Reply:
            if body.get("status", "active") in STATUSES:
                return super().update_session(sessions, id_=id_, body=body)
            sessions.update(id_, {"data": body.get("data", {})})
            raise InvalidRequest("no such status")

    return _any_status(api, Keeps())


@saboteur.specification("VIBEN-UPDATE-03")
def demands_a_status(contract: dict[str, Any]) -> None:
    """An update without a status is refused."""
    contract["components"]["schemas"]["SessionChanges"]["required"] = ["status"]


@saboteur.service("VIBEN-UPDATE-04")
class ClearsData(Sessions):
    """An update that names no data clears it."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Updates, then clears."""
        session = super().update(session_id, changes)
        return session if "data" in changes else self._replace({**session, "data": {}})


@saboteur.service("VIBEN-UPDATE-05")
class UpdatesTheWholeTask(Sessions):
    """An update changes every session of the same task."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Updates too much."""
        task_id = self.get(session_id)["task_id"]
        for other in list(self.find(task_id=task_id) if task_id else ()):
            if other["status"] not in ("completed", "failed"):
                super().update(other["id"], changes)
        return super().update(session_id, changes)


@saboteur.specification("VIBEN-UPDATE-06")
def takes_any_status(contract: dict[str, Any]) -> None:
    """An update may set any text as status."""
    contract["components"]["schemas"]["SessionStatus"].pop("enum")


@saboteur.service("VIBEN-UPDATE-07")
class UpdatesNothing(Sessions):
    """An update of a session that does not exist creates it."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Updates or creates."""
        if self._sessions.get(session_id) is None:
            self._sessions.insert(session_id, {**super().create("AMP"), "id": session_id})
        return super().update(session_id, changes)


@saboteur.answer("VIBEN-UPDATE-08")
def updates_silently(operation_id: str, answer: Reply) -> Reply:
    """An update is answered with 204."""
    return Reply(204) if operation_id == "update_session" else answer


@saboteur.service("VIBEN-UPDATE-09")
class ReplacesData(Sessions):
    """Data sent with an update replaces all data there was."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Updates, then replaces."""
        session = super().update(session_id, changes)
        return self._replace({**session, "data": changes.get("data", session["data"])})


@saboteur.service("VIBEN-UPDATE-10")
class ChangesTheAgent(Sessions):
    """An update may hand the session to another agent."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Changes the agent, too."""
        session = super().update(session_id, changes)
        return self._replace({**session, "agent_id": changes.get("agent_id", session["agent_id"])})


@saboteur.specification("VIBEN-UPDATE-11")
def takes_any_prompt(contract: dict[str, Any]) -> None:
    """An update may have a prompt that is no text."""
    contract["components"]["schemas"]["SessionChanges"]["properties"]["prompt"] = {}


@saboteur.service("VIBEN-UPDATE-12")
class UpdatesUnnoticed(Sessions):
    """An update leaves the time of last activity."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Updates, then puts the time back."""
        before = self.get(session_id)["last_active"]
        return self._replace({**super().update(session_id, changes), "last_active": before})
