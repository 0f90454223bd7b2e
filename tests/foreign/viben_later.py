"""A Viben server like the vendor's later gateway, whose code left the page behind.

See packages/core/src/gateway/routes/sessions.ts in LinXueyuanStdio/viben: requests are read in camelCase,
filters are not, sessions start `active`, their data is `session_data`, and there is no route for messages.
"""

import uuid
from datetime import UTC, datetime
from typing import Any

from tests.foreign.viben import Answer, Record, Viben


class LaterViben(Viben):
    """The same paths with the code's own names; what is undefined is left out."""

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        """Do what the request asks."""
        fields = body if isinstance(body, dict) else {}
        with self.lock:
            match method, path.strip("/").split("/"):
                case "GET", ["api", "sessions"]:
                    return 200, {"sessions": list(self.sessions.values())[::-1]}
                case "POST", ["api", "sessions"]:
                    return 201, self.made(fields)
                case _, ["api", "sessions", id_]:
                    return self.one_of(method, id_, fields)
        return 404, {"message": f"Route {method}:{path} not found", "error": "Not Found", "statusCode": 404}

    def one_of(self, method: str, id_: str, fields: Record) -> Answer:
        """Do what the request asks of one session; an unknown one is another matter for an update."""
        if id_ not in self.sessions:
            message = f'Session "{id_}" not found' if method == "PATCH" else f"Session not found: {id_}"
            return (400 if method == "PATCH" else 404), {"error": message}
        if method == "PATCH":
            return self.changed(id_, fields)
        if method == "DELETE":
            del self.sessions[id_]
            return 200, {"deleted": id_}
        return 200, self.sessions[id_]

    def made(self, fields: Record) -> Record:
        """Make a session from what the code reads of the request."""
        id_, time = fields.get("id") or str(uuid.uuid4()), now()
        session = {
            "id": id_,
            "agent_id": fields.get("agentId"),
            "task_id": fields.get("taskId"),
            "status": "active",
            "prompt": fields.get("prompt"),
            "session_data": fields.get("sessionData"),
            "created_at": time,
            "updated_at": time,
        }
        self.sessions[id_] = defined(session)
        return self.sessions[id_]

    def changed(self, id_: str, fields: Record) -> Answer:
        """Change a session; data is replaced, nothing is cleared, no status is refused."""
        changes = {
            "status": fields.get("status"),
            "prompt": fields.get("prompt"),
            "task_id": fields.get("taskId"),
            "session_data": fields.get("data"),
            "updated_at": now(),
        }
        self.sessions[id_] |= defined(changes)
        return 200, self.sessions[id_]


def defined(fields: Record) -> Record:
    """Return the fields that have a value: the others are not in a reply."""
    return {name: value for name, value in fields.items() if value is not None}


def now() -> str:
    """Return the time in milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
