"""Deep Work Zone's operations: parameters in, status and view out."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.deepworkzone.model import entry
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.reply import Reply


class Operations:
    """One method per operationId of `openapi/deepworkzone.yaml`."""

    def create_session(self, sessions: Sessions, *, body: Mapping[str, Any]) -> Reply:
        """POST /sessions."""
        return Reply(201, {"data": sessions.details(sessions.create(body))})

    def list_sessions(self, sessions: Sessions, **filters: Any) -> Reply:
        """GET /sessions."""
        return Reply(200, {"data": [entry(session) for session in sessions.find(**filters)]})

    def get_session(self, sessions: Sessions, *, id_: int) -> Reply:
        """GET /sessions/{id}."""
        return Reply(200, {"data": sessions.details(sessions.get(id_))})

    def replace_session(self, sessions: Sessions, *, id_: int, body: Mapping[str, Any]) -> Reply:
        """PUT /sessions/{id}."""
        return Reply(200, {"data": sessions.details(sessions.replace(id_, body))})

    def delete_session(self, sessions: Sessions, *, id_: int, scope: str) -> Reply:
        """DELETE /sessions/{id}."""
        sessions.delete(id_, whole_series=scope == "series")
        return Reply(204)

    def join_session(self, sessions: Sessions, *, id_: int) -> Reply:
        """POST /sessions/{id}/join."""
        return Reply(200, {"data": sessions.details(sessions.join(id_))})

    def complete_session(self, sessions: Sessions, *, id_: int) -> Reply:
        """POST /sessions/{id}/complete."""
        return Reply(200, {"data": sessions.details(sessions.complete(id_))})
