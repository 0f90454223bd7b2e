"""An honest Mobile Next server that chooses otherwise wherever the document is silent.

Another `object`, extra fields, a reference that is not what the header takes, times with an offset, no
`releasedAt` while a device is held, null for no cursor and an empty page at the end, 403 for what is hidden
and for strangers, 422 for bad input, too large a limit cut, other people's organization ignored. Sessions
begin while it is examined. Tests break promises in subclasses.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from conformance.target import Actor, Target

Answer = tuple[int, Any]
Record = dict[str, Any]

ZONE = timezone(timedelta(hours=1))
NOON = datetime(2026, 6, 1, 12, tzinfo=ZONE)
# What each token stands for: a user, the organizations it may select, and the one it does without selecting.
CALLERS: Mapping[str, tuple[int, tuple[str, ...], str]] = {
    "mine": (1, ("red",), "red"),
    "colleagues": (2, ("red",), "red"),
    "strangers": (3, ("green",), "green"),
    "twofold": (4, ("red", "blue"), "blue"),
    "mob_red": (4, ("red",), "red"),
    "empty": (5, ("grey",), "grey"),
}
ACTORS = {
    "owner": "mine",
    "member": "colleagues",
    "outsider": "strangers",
    "dual": "twofold",
    "key": "mob_red",
    "spare": "empty",
}
DEVICE = {"platform": "iOS", "type": "rack", "name": "", "osVersion": "17 beta"}
ROLES = {"shared": "red", "second": "blue", "foreign": "green"}


class MobileNext:
    """The sessions, newest last, and what can be asked of them."""

    def __init__(self, count: int = 640) -> None:
        self.sessions = [self.made(number) for number in range(count)]
        self.lock = threading.Lock()

    def made(self, number: int) -> Record:
        """Return the session of this number; each tenth one is another organization's."""
        organization = {3: "blue", 7: "green"}.get(number % 10, "red")
        created = NOON + number * timedelta(seconds=37, milliseconds=250)
        session: Record = {
            "id": str(UUID(int=(0xA1 << 120) + number)),
            "organization": organization,
            "user": str(UUID(int=number % 5)),
            "device": {**DEVICE, "id": f"udid-{number % 9}"},
            "createdAt": created.isoformat(timespec="milliseconds"),
            "notes": None,
        }
        if number % 4:
            session["releasedAt"] = (created + timedelta(minutes=3)).isoformat()
        return session

    def answer(self, path: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Do what a GET request asks."""
        caller = CALLERS.get((headers.get("Authorization") or "").removeprefix("Bearer "))
        if caller is None:
            return 403, {"reason": "who are you?"}
        selected = headers.get("X-Organization-Id")
        organization = selected if selected in caller[1] else caller[2]
        match path.strip("/").split("/"):
            case ["api", "v1", "sessions"]:
                return self.listed(organization, query)
            case ["api", "v1", "sessions", id_]:
                return self.read(organization, id_)
        return 404, {"reason": "no such path"}

    def listed(self, organization: str, query: Mapping[str, str]) -> Answer:
        """Return a page, after one more session has begun."""
        try:
            limit = int(query.get("limit", 100))
            before = _instant(query["before"]) if "before" in query else None
        except ValueError:
            return 422, {"reason": "what is that?"}
        with self.lock:
            self.sessions.append(self.made(len(self.sessions)))
            newest = [each for each in reversed(self.sessions) if each["organization"] == organization]
        passing = [each for each in newest if before is None or _instant(each["createdAt"]) < before]
        return 200, self.page(passing[: self.bounded(limit)], self.bounded(limit))

    def bounded(self, limit: int) -> int:
        """Return how long a page is: what is beyond the bounds is cut."""
        return min(limit, 500) if limit > 0 else 100

    def page(self, sessions: list[Record], limit: int) -> Record:
        """Return a page; a full one has a cursor, whether or not anything follows."""
        cursor = f"{sessions[-1]['createdAt'][:23]}000000+01:00" if len(sessions) == limit else None
        shown = [self.shown(each) for each in sessions]
        return {"object": "session.page", "data": shown, "nextCursor": cursor, "count": len(shown)}

    def read(self, organization: str, id_: str) -> Answer:
        """Return a session, if the caller may see it."""
        found = next((each for each in self.sessions if each["id"] == id_), None)
        if found is None:
            return 404, {"reason": "there is none"}
        if found["organization"] != organization:
            return 403, {"reason": "not yours"}
        return 203, self.shown(found)

    def shown(self, session: Record) -> Record:
        """Return a session as replies show it."""
        return {**session, "organization": f"organizations/{session['organization']}"}


def _instant(text: str) -> datetime:
    """Return the instant of RFC 3339 text, whose digits beyond microseconds are zeros."""
    moment = datetime.fromisoformat(text.upper())
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def handler(server: MobileNext) -> type[BaseHTTPRequestHandler]:
    """Return the HTTP side of a server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is the base class's
            parts = urlsplit(self.path)
            status, body = server.answer(parts.path, dict(parse_qsl(parts.query)), dict(self.headers))
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(server: MobileNext, **known: tuple[str, ...]) -> Iterator[Target]:
    """Serve on a free port and yield the server as a target of the suite, which may know some records."""
    listener = ThreadingHTTPServer(("127.0.0.1", 0), handler(server))
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    actors = {name: Actor(name, token) for name, token in ACTORS.items()}
    try:
        url = f"http://127.0.0.1:{listener.server_port}"
        yield Target(url, actors=actors, organizations=ROLES, known=known)
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
