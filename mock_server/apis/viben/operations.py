"""Viben's operations: parameters in, status and view out."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.viben.model import creation, detail, summary
from mock_server.apis.viben.service import Sessions
from mock_server.reply import Reply


class Operations:
    """One method per operationId of `openapi/viben.yaml`."""

    def create_session(self, sessions: Sessions, *, body: Mapping[str, Any]) -> Reply:
        """POST /sessions."""
        session = sessions.create(body["agent_id"], body.get("task_id"), body.get("prompt"))
        return Reply(201, creation(session))

    def list_sessions(self, sessions: Sessions, **filters: str) -> Reply:
        """GET /sessions."""
        return Reply(200, {"sessions": [summary(session) for session in sessions.find(**filters)]})

    def get_session(self, sessions: Sessions, *, id_: str) -> Reply:
        """GET /sessions/{id}."""
        return Reply(200, detail(sessions.get(id_)))

    def update_session(self, sessions: Sessions, *, id_: str, body: Mapping[str, Any]) -> Reply:
        """PATCH /sessions/{id}."""
        return Reply(200, detail(sessions.update(id_, body)))

    def delete_session(self, sessions: Sessions, *, id_: str) -> Reply:
        """DELETE /sessions/{id}."""
        sessions.delete(id_)
        return Reply(200, {"deleted": id_})

    def send_message(self, sessions: Sessions, *, id_: str, body: Mapping[str, Any]) -> Reply:
        """POST /sessions/{id}/message."""
        message = sessions.send(id_, body["content"])
        receipt = {"message_id": message["id"], "status": "sent", "timestamp": message["timestamp"]}
        return Reply(200, receipt)
