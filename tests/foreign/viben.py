"""An honest Viben server that chooses otherwise wherever the document is silent.

200 for a creation, 422 for bad input, another error body, numeric ids, extra fields, data replaced, 204 for
updates and deletions, no task_id where there is no task, oldest first, transitions restricted, times in whole
seconds with an offset. Tests break one promise at a time in a subclass.
"""

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Answer = tuple[int, Any]
Record = dict[str, Any]

AGENT, TASK = "CLAUDE_CODE", "task-xyz"  # the document's own
MOVES = {
    "created": {"active", "failed"},
    "active": {"paused", "completed", "failed"},
    "paused": {"active", "completed", "failed"},
    "completed": {"active"},
    "failed": set[str](),
}
TEXTS = ("agent_id", "task_id", "prompt", "content", "status")


class Viben:
    """The sessions and what can be done with them."""

    initial_status = "created"
    headers: tuple[tuple[str, str], ...] = ()  # sent with every reply

    def __init__(self) -> None:
        self.sessions: dict[str, Record] = {}
        self.number = 1000
        self.lock = threading.Lock()

    def next_id(self) -> str:
        """Return a number that was never used."""
        self.number += 1
        return str(self.number)

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        """Do what the request asks."""
        with self.lock:
            match method, path.strip("/").split("/"):
                case "GET", ["api", "sessions"]:
                    return self.list(query)
                case "POST", ["api", "sessions"]:
                    return self.create(body)
                case _, ["api", "sessions", id_, *rest] if id_ in self.sessions:
                    return self.one(method, rest, self.sessions[id_], body)
                case _, ["api", "sessions", *_]:
                    return 410, {"message": "gone or never there"}
        return 501, {"message": "not implemented"}

    def one(self, method: str, rest: list[str], session: Record, body: Any) -> Answer:
        """Do what the request asks of one session."""
        match method, rest:
            case "GET", []:
                return 200, self.shown(session)
            case "PATCH", []:
                return self.update(session, body)
            case "DELETE", []:
                return self.delete(session)
            case "POST", ["message"]:
                return self.message(session, body)
        return 501, {"message": "not implemented"}

    def list(self, query: dict[str, str]) -> Answer:
        """List the sessions that pass the filters; refuse a status nobody has."""
        if query.get("status", "active") not in MOVES:
            return 422, {"message": "no such status"}
        wanted = {name: value for name, value in query.items() if name in ("task_id", "agent_id", "status")}
        passing = [each for each in self.sessions.values() if wanted.items() <= each.items()]
        return 200, {"sessions": [self.shown(each) for each in passing], "total": len(passing)}

    def create(self, body: Any) -> Answer:
        """Make a session."""
        if not isinstance(body, dict) or not isinstance(body.get("agent_id"), str) or wrong(body):
            return 422, {"message": "agent_id is required"}
        id_, time = self.next_id(), now()
        self.sessions[id_] = {
            "id": id_, "agent_id": body["agent_id"], "status": self.initial_status,
            "created_at": time, "last_active": time, "owner": None,
            "message_count": 1 if body.get("prompt") else 0,
        }  # fmt: skip
        if body.get("task_id"):
            self.sessions[id_]["task_id"] = body["task_id"]
        return 200, self.shown(self.sessions[id_])

    def update(self, session: Record, body: Any) -> Answer:
        """Change a session, where the move is allowed."""
        if not isinstance(body, dict) or not isinstance(body.get("data", {}), dict) or wrong(body):
            return 422, {"message": "wrong type"}
        status = body.get("status", session["status"])
        if status != session["status"] and status not in MOVES[session["status"]]:
            return 422, {"message": "no such move"}
        session["status"] = status
        if "data" in body:
            session["data"] = body["data"]
        return 204, None

    def delete(self, session: Record) -> Answer:
        """Remove a session."""
        del self.sessions[session["id"]]
        return 204, None

    def message(self, session: Record, body: Any) -> Answer:
        """Take a message; the agent's answer counts as well."""
        if not isinstance(body, dict) or wrong(body):
            return 422, {"message": "wrong type"}
        session["message_count"] += 2
        session["last_active"] = now()
        if session["status"] == "created":
            session["status"] = "active"
        return 202, {"message_id": self.next_id(), "status": "sent", "timestamp": now(), "queue": 1}

    def shown(self, session: Record) -> Record:
        """Return a session as replies show it."""
        return dict(session)


class Picky(Viben):
    """Another honest server: it knows its agents and tasks, starts sessions itself, shows null for nothing.

    Ids are UUIDs, 201 for a creation, 400 for an unknown session but 204 for deleting one, pages of twenty.
    """

    def next_id(self) -> str:
        """Return a UUID."""
        return str(uuid.uuid4())

    def create(self, body: Any) -> Answer:
        """Make a session of a known agent for a known task, and start it."""
        if isinstance(body, dict) and body.get("agent_id", AGENT) != AGENT:
            return 400, {"error": {"message": "unknown agent"}}
        if isinstance(body, dict) and body.get("task_id", TASK) != TASK:
            return 400, {"error": {"message": "unknown task"}}
        status, made = super().create(body)
        if status == 200:
            self.sessions[made["id"]] |= {"status": "active", "task_id": body.get("task_id"), "data": None}
            made["task_id"] = body.get("task_id")
        return (201 if status == 200 else status), made

    def list(self, query: dict[str, str]) -> Answer:
        """List the newest twenty."""
        status, listed = super().list(query)
        return status, {"sessions": listed["sessions"][::-1][:20]} if status == 200 else listed

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> Answer:
        """Answer otherwise for sessions that do not exist, and show what an update did."""
        status, found = super().answer(method, path, query, body)
        if status == 410:
            return (204, None) if method == "DELETE" else (400, {"error": "no such session"})
        return (200, {"ok": True}) if (method, status) == ("PATCH", 204) else (status, found)


def wrong(body: Record) -> bool:
    """Say whether a field that has to be a text is something else."""
    return any(name in body and not isinstance(body[name], str) for name in TEXTS)


def now() -> str:
    """Return the time in whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def handler(viben: Viben) -> type[BaseHTTPRequestHandler]:
    """Return the HTTP side of a server."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = urlsplit(self.path)
            try:
                body = json.loads(content) if content else None
            except ValueError:
                return self.reply(422, {"message": "not JSON"})
            return self.reply(*viben.answer(self.command, parts.path, dict(parse_qsl(parts.query)), body))

        do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = handle_any  # noqa: N815  # names of the base class

        def reply(self, status: int, body: Any) -> None:
            content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            if body is not None:
                self.send_header("Content-Type", "application/json; charset=utf-8")
            for name, value in viben.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(viben: Viben) -> Iterator[str]:
    """Serve on a free port and yield the base URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(viben))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
