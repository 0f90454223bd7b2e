"""An honest Deep Work Zone server that chooses otherwise wherever the document is silent.

Bare objects and arrays, 200 for creations, 204 for updates, 400 and 403 for every refusal, another error
body, flags as numbers, days with a time, times with 24 hours, owners as names, no fields on recurrence in
replies, the choice of deletion in the body, whole series by default, no days of the past, updates that need
every field, wrong filters that find nothing, keywords only as written. Tests break promises in subclasses.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from conformance.target import Actor, Target

Answer = tuple[int, Any]
Record = dict[str, Any]

# What each token stands for: a user and the organisations that the user belongs to.
CALLERS: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "mine": ("john.doe", (7,)),
    "colleagues": ("jane.doe", (7,)),
    "strangers": ("sam", (9,)),
    "twofold": ("alex", (7, 8)),
}
ACTORS = {"owner": "mine", "member": "colleagues", "outsider": "strangers", "dual": "twofold"}
ROLES: dict[str, str | int] = {"shared": 7, "second": 8, "foreign": 9}
SCOPE = {"in": "body", "name": "which", "occurrence": "this", "series": "all"}
NEEDED = ("name", "type", "duration", "schedule", "time", "is_public", "status")
KEPT = (
    *NEEDED,
    "collaborator",
    "website_blocker_enabled",
    "website_blocker",
    "snooze_enabled",
    "snooze_apps",
)
MOST = 400


class Refusal(Exception):
    """A request that is not carried out."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class DeepWorkZone:
    """The sessions, and what can be asked of them."""

    def __init__(self) -> None:
        self.sessions: dict[int, Record] = {}
        self.number = 5000
        self.lock = threading.Lock()

    def answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: Any
    ) -> Answer:
        """Do what the request asks."""
        caller = CALLERS.get((headers.get("Authorization") or "").removeprefix("Bearer "))
        if caller is None:
            return 401, {"error": {"reason": "who are you?"}}
        with self.lock:
            try:
                return self.routed(method, path.strip("/").split("/")[2:], caller, query, body)
            except Refusal as refusal:
                return refusal.status, {"error": {"reason": "no"}}

    def routed(
        self, method: str, path: list[str], caller: Any, query: Mapping[str, str], body: Any
    ) -> Answer:
        """Find the operation."""
        match method, path:
            case "GET", ["sessions"]:
                return 200, self.listed(caller, query)
            case "POST", ["sessions"]:
                return self.created(caller, body)
            case "GET", ["sessions", id_]:
                return 200, {**self.shown(self.visible(caller, id_)), "my_participation": {"joined": False}}
            case "PUT", ["sessions", id_]:
                return self.updated(caller, self.own(caller, id_), body)
            case "DELETE", ["sessions", id_]:
                return self.deleted(self.own(caller, id_), body)
        raise Refusal(400)

    def visible(self, caller: Any, id_: str) -> Record:
        """Return a session that the caller may see."""
        session = self.sessions.get(int(id_)) if id_.isdigit() else None
        if session is None:
            raise Refusal(400)
        if session["org_id"] not in caller[1] or not (
            session["is_public"] or session["created_by"] == caller[0]
        ):
            raise Refusal(403)
        return session

    def own(self, caller: Any, id_: str) -> Record:
        """Return a session of the caller's."""
        session = self.visible(caller, id_)
        if session["created_by"] != caller[0]:
            raise Refusal(403)
        return session

    def listed(self, caller: Any, query: Mapping[str, str]) -> Any:
        """Return the sessions that pass the filters, newest first."""
        organizations = [each for each in caller[1][:1] if "org_id" not in query]
        organizations += [each for each in caller[1] if str(each) == query.get("org_id")]
        return [
            self.shown(each)
            for each in reversed(self.sessions.values())
            if each["org_id"] in organizations
            and (each["is_public"] or each["created_by"] == caller[0])
            and self.passes(each, caller, query)
        ]

    def passes(self, session: Record, caller: Any, query: Mapping[str, str]) -> bool:
        """Say whether a session passes every filter; a day that is none is before all others."""
        channel = "public" if session["is_public"] else "private"
        return (
            query.get("channel", channel) == channel
            and query.get("type", session["type"]) == session["type"]
            and query.get("date", session["schedule"]) == session["schedule"]
            and query.get("completed", self.done(session)) == self.done(session)
            and (query.get("source") != "user" or session["created_by"] == caller[0])
            and query.get("keyword", "") in session["name"]
            and query.get("day_start", "") <= session["schedule"] <= query.get("day_ends", "~")
        )

    def done(self, session: Record) -> str:
        """Return 1 for a session that is done, else 0."""
        return "1" if session["status"] == "completed" else "0"

    def created(self, caller: Any, body: Any) -> Answer:
        """Make a session, or one for every day of a series; all recurrences are daily."""
        organization, fields = self.checked(caller, body)
        if organization not in caller[1]:
            raise Refusal(403)
        owned = {**fields, "org_id": organization, "created_by": caller[0], "series": None}
        if not body.get("is_recurring"):
            return 200, self.shown(self.added(owned))
        days = self.days(body.get("recurring_start") or fields["schedule"], body.get("recurring_ends"))
        occurrences = [self.added({**owned, "schedule": day, "series": self.number}) for day in days]
        series = occurrences[0]["id"]
        for each in occurrences:
            each["series"] = series
        return 200, self.shown(occurrences[0])

    def days(self, first: str, last: str | None) -> list[str]:
        """Return the days of a daily series, at most a few hundred."""
        start = date.fromisoformat(first)
        end = date.fromisoformat(last) if last else start + timedelta(days=30)
        count = min((end - start).days + 1, MOST)
        if count < 1:
            raise Refusal(400)
        return [(start + timedelta(days=number)).isoformat() for number in range(count)]

    def added(self, session: Record) -> Record:
        """Store a session under the next number."""
        self.number += 1
        self.sessions[self.number] = {**session, "id": self.number}
        return self.sessions[self.number]

    def checked(self, caller: Any, body: Any) -> tuple[int, Record]:
        """Return the organisation and the fields of a body; what is missing or past is refused."""
        if not isinstance(body, dict) or any(name not in body for name in NEEDED):
            raise Refusal(400)
        try:
            day = date.fromisoformat(body["schedule"])
        except (TypeError, ValueError):
            raise Refusal(400) from None
        if not datetime.now(UTC).date() <= day <= date(2999, 1, 1):
            raise Refusal(400)
        return body.get("org_id", caller[1][0]), {name: body.get(name) for name in KEPT}

    def updated(self, caller: Any, session: Record, body: Any) -> Answer:
        """Replace a session's fields; all of them are needed."""
        organization, fields = self.checked(caller, body)
        if organization != session["org_id"]:
            raise Refusal(403)
        session.update(fields)
        return 204, None

    def deleted(self, session: Record, body: Any) -> Answer:
        """Remove a session, or its series."""
        only_this = isinstance(body, dict) and body.get("which") == "this"
        series = None if only_this else session["series"]
        gone = [each["id"] for each in self.sessions.values() if series and each["series"] == series]
        for number in gone or [session["id"]]:
            del self.sessions[number]
        return 200, {"success": True, "removed": len(gone) or 1}

    def shown(self, session: Record) -> Record:
        """Return a session as replies show it: some fields are left out, others there in another form."""
        shown = {name: session[name] for name in ("id", "org_id", "created_by", *KEPT)}
        flags = {
            name: int(bool(shown[name])) for name in shown if name.endswith("_enabled") or name == "is_public"
        }
        day = {"schedule": f"{session['schedule']}T00:00:00.000000Z", "time": twenty_four(session["time"])}
        blocker = json.dumps(session["website_blocker"])
        return {**shown, **flags, **day, "website_blocker": blocker, "likes": 0, "host": {"id": 1}}


def twenty_four(text: str) -> str:
    """Return a time of day with 24 hours and seconds."""
    form = "%I:%M%p" if text[-1] in "Mm" else "%H:%M"
    return datetime.strptime(text.replace(" ", ""), form).replace(tzinfo=UTC).strftime("%H:%M:%S")


class Paged(DeepWorkZone):
    """Another honest server: `data` with pages of fifteen, oldest first, and ids as texts.

    The reply to a creation has no session. What is hidden is not found; a series is one session, on its first
    day; sessions do not show who created them.
    """

    def answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: Any
    ) -> Answer:
        """Answer in an envelope."""
        status, found = super().answer(method, path, query, headers, body)
        if status in (400, 403):
            return (404 if path.count("/") > 3 else 422), {"message": "The given data was invalid."}
        if method == "GET" and isinstance(found, list):
            return status, {"data": {"data": found[::-1][:15], "current_page": 1, "total": len(found)}}
        if method == "GET" and status == 200:
            return status, {"status": "success", "data": {**found, "my_participation": None, "joined": False}}
        return (201, {"message": "Created."}) if method == "POST" and status == 200 else (status, found)

    def days(self, first: str, last: str | None) -> list[str]:
        """Return the first day only."""
        return super().days(first, last)[:1]

    def shown(self, session: Record) -> Record:
        """Leave the owner out, and write the id as a text."""
        shown = super().shown(session)
        return {name: value for name, value in shown.items() if name != "created_by"} | {
            "id": str(shown["id"])
        }


def handler(server: DeepWorkZone) -> type[BaseHTTPRequestHandler]:
    """Return the HTTP side of a server."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = urlsplit(self.path)
            try:
                body = json.loads(content) if content else None
            except ValueError:
                return self.reply(400, {"error": {"reason": "not JSON"}})
            query, headers = dict(parse_qsl(parts.query)), dict(self.headers)
            return self.reply(*server.answer(self.command, parts.path, query, headers, body))

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815  # names of the base class

        def reply(self, status: int, body: Any) -> None:
            content = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            if body is not None:
                self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(server: DeepWorkZone, **settings: Any) -> Iterator[Target]:
    """Serve on a free port and yield the server as a target of the suite with these settings."""
    listener = ThreadingHTTPServer(("127.0.0.1", 0), handler(server))
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    actors = {name: Actor(name, token) for name, token in ACTORS.items()}
    target = Target(f"http://127.0.0.1:{listener.server_port}", actors=actors, organizations=ROLES)
    try:
        yield replace(target, settings=settings)
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
