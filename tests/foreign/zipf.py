"""An honest Zipf server that chooses otherwise wherever the document is silent.

Bare sessions with numeric ids, 200 for a creation, 204 for steps, 422 with another error body, 403 for
strangers, limits clamped and names cut instead of refused, `config` for updates, oldest first, tags at the
top, a timeline called `events`, times with an offset. Searches and crawls are jobs, accepted with 202. The
link graph is at another path.
"""

import csv
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.foreign.zipf_graph import link_graph

Answer = tuple[int, Any]
Record = dict[str, Any]

MEMBERS = {
    "o-1": {"wvr_anna", "wvr_bert"},
    "o-2": {"wvr_anna"},
    "o-9": {"wvr_otto"},
}
USERS = ("wvr_anna", "wvr_bert", "wvr_otto", "wvr_nora")
TEXTS = ("name", "description", "intent_context")
DEFAULTS = {"auto_deduplicate": True, "accumulate_context": True, "use_session_context": True}
STEPS = {"complete": ("active", "completed"), "archive": ("completed", "archived")}
READS_UNTIL_DONE = 2
REFUSAL = {"message": "no", "problems": []}


class Zipf:
    """The sessions and what can be done with them; sessions hold their operations."""

    def __init__(self) -> None:
        self.sessions: dict[str, Record] = {}
        self.number = 100
        self.lock = threading.Lock()

    def answer(self, method: str, path: str, query: dict[str, str], body: Any, user: str) -> Answer:
        """Do what the request asks."""
        with self.lock:
            match method, path.strip("/").split("/"):
                case "POST", ["_age"]:
                    return self.age(body)
                case "GET", ["api", "v1", "public", "sessions", id_, *rest]:
                    public = self.sessions.get(id_, {}).get("public", False)
                    return self.read(rest, self.sessions[id_], query, "") if public else (404, None)
                case "POST", ["api", "v1", "search" | "crawls" as kind] if user in USERS:
                    cost = len(body["urls"]) if kind == "crawls" else 1
                    return 202, {"job": {"status": "queued"}, "cost": cost}
                case _, ["api", "v1", "sessions", *rest] if user in USERS:
                    return self.private(method, rest, query, body, user)
        return 401, REFUSAL

    def private(self, method: str, rest: list[str], query: dict[str, str], body: Any, user: str) -> Answer:
        """Do what somebody known asks."""
        match method, rest:
            case "GET", []:
                return self.listed(query, user)
            case "POST", []:
                return self.create(body, user)
            case "GET", [id_, *end] if id_ in self.sessions:
                session = self.sessions[id_]
                return self.read(end, session, query, user) if self.level(session, user) else (403, REFUSAL)
            case _, [id_, *end] if id_ in self.sessions and self.sessions[id_]["user"] == user:
                return self.write(method, end, self.sessions[id_], body)
        return 403, REFUSAL

    def level(self, session: Record, user: str) -> str | None:
        """Return what a user is to a session."""
        if session["user"] == user:
            return "owner"
        member = user in MEMBERS.get(session["organization"] or "", ())
        return "org_viewer" if member else "public" if session["public"] else None

    def create(self, body: Any, user: str) -> Answer:
        """Make a session, its name cut to what fits."""
        mine = [each for each in self.sessions.values() if each["user"] == user]
        if not isinstance(body, dict) or not isinstance(body.get("name"), str) or len(mine) >= 100:
            return 422, REFUSAL
        config = {**DEFAULTS, **body.get("session_config", {})}
        if "max_operations" in config:
            config["max_operations"] = min(max(config["max_operations"], 1), 100)
        self.number += 1
        session = {
            **{name: body.get(name) for name in TEXTS}, "name": body["name"][:255], "id": str(self.number),
            "config": config, "tags": body.get("tags", []), "user": user, "public": False,
            "organization": None, "state": "active", "created": datetime.now(UTC), "operations": [],
        }  # fmt: skip
        self.sessions[session["id"]] = session
        return 200, self.shown(session)

    def listed(self, query: dict[str, str], user: str) -> Answer:
        """List the oldest first; limits beyond the bounds are clamped."""
        limit, offset = min(max(int(query.get("limit", 20)), 1), 100), int(query.get("offset", 0))
        passing = [each for each in self.sessions.values() if self.passes(each, query)]
        mine = [each for each in passing if each["user"] == user]
        shared = [each for each in passing if self.level(each, user) == "org_viewer"]
        reply: Record = {"sessions": [self.shown(each) for each in mine[offset : offset + limit]]}
        if query.get("include_shared") == "true":
            pages = {name: {"total": len(found), "limit": limit, "offset": offset, "more": False}
                     for name, found in (("owned", mine), ("shared", shared))}  # fmt: skip
            reply |= {"shared_sessions": [self.shown(each) for each in shared[:limit]], "pagination": pages}
            reply["user_organizations"] = self.organizations(user)
        return 200, reply

    def passes(self, session: Record, query: dict[str, str]) -> bool:
        """Say whether a session passes the filters."""
        age = datetime.now(UTC) - session["created"]
        return (
            query.get("status", self.status(session)) == self.status(session)
            and ("tag" not in query or query["tag"] in session["tags"])
            and age <= timedelta(days=int(query.get("days_back", 10_000)))
        )

    def read(self, end: list[str], session: Record, query: dict[str, str], user: str) -> Answer:
        """Show a session, its timeline or an export."""
        match end:
            case []:
                return 200, self.details(session, user)
            case ["timeline"]:
                return 200, {"events": [self.event(each) for each in session["operations"]]}
            case ["graph"]:
                crawls = [each for each in session["operations"] if each["kind"] == "crawl"]
                graph = link_graph([each["urls"] for each in crawls if each["reads"] < 0], query)
                return 200, {"session_id": session["id"], "link_graph": graph}
            case ["export"] if query.get("format") == "csv":
                return 200, self.table(session)
            case ["export"]:
                return 200, {
                    "name": session["name"],
                    "log": [self.event(each) for each in session["operations"]],
                }
        return 405, REFUSAL

    def write(self, method: str, end: list[str], session: Record, body: Any) -> Answer:
        """Change a session."""
        match method, end:
            case "PATCH", []:
                return self.update(session, body)
            case "DELETE", []:
                del self.sessions[session["id"]]
                return 204, None
            case "POST", ["complete" | "archive" as step]:
                return self.step(session, step)
            case "POST", ["share"]:
                return self.share(session, body)
            case "POST", ["search" | "crawl" as kind]:
                return self.operate(session, kind, body)
        return 405, REFUSAL

    def step(self, session: Record, step: str) -> Answer:
        """Take a session a step on in its life."""
        before, after = STEPS[step]
        if self.status(session) != before:
            return 422, REFUSAL
        session["state"] = after
        return 204, None

    def update(self, session: Record, body: Any) -> Answer:
        """Change what is given; the configuration is called `config`, and a status is none of it."""
        texts = {name: body[name] for name in TEXTS if name in body}
        if not all(isinstance(each, str) for each in texts.values()):
            return 422, REFUSAL
        session |= {name: text[:255] for name, text in texts.items()}
        session["config"] |= body.get("config", {})
        return 202, None

    def share(self, session: Record, body: Any) -> Answer:
        """Open and close."""
        organization = body.get("organization_id")
        if body.get("shared_with_org") and session["user"] not in MEMBERS.get(organization, ()):
            return 422, REFUSAL
        session["public"] = body.get("public_share", session["public"])
        reply: Record = {"session": self.shown(session)}
        if "shared_with_org" in body:
            session["organization"] = organization if body["shared_with_org"] else None
            kinds = [each["kind"] for each in session["operations"]]
            counts = {"searches": kinds.count("search"), "crawls": kinds.count("crawl"), "failed": 0}
            reply["operations_updated"] = {"org_share": counts, "public_share": {}}
        return 200, reply

    def operate(self, session: Record, kind: str, body: Any) -> Answer:
        """Accept a job that will be done later."""
        limit = session["config"].get("max_operations", 100)
        if self.status(session) != "active" or len(session["operations"]) >= limit:
            return 400, REFUSAL
        found = body["urls"] if kind == "crawl" else [f"https://found.example/{n}" for n in range(20)]
        urls = list(dict.fromkeys(found))
        if body.get("filter_seen_urls", kind == "crawl"):
            seen = {url for each in session["operations"] for url in each["urls"]}
            urls = [url for url in urls if url not in seen]
        cost = 2 if body.get("rerank_results") else len(urls) if kind == "crawl" else 1
        job = {"kind": kind, "asked": body, "urls": urls[:10], "cost": cost, "reads": READS_UNTIL_DONE,
               "at": datetime.now(UTC)}  # fmt: skip
        session["operations"].append(job)
        return 202, {"job": {"status": "queued"}}

    def event(self, operation: Record) -> Record:
        """Return an operation as the timeline shows it; each look brings it nearer to its end."""
        operation["reads"] -= 1
        done = operation["reads"] < 0
        return {
            "status": "completed" if done else "running",
            "at": operation["at"].astimezone().isoformat(),
            "created_at": operation["at"].astimezone().isoformat(),
            "what": operation["asked"],
            "results": {"items": [{"link": url} for url in operation["urls"] if done]},
            "credits": {"consumed": operation["cost"], "currency": "credits"},
        }

    def table(self, session: Record) -> str:
        """Return a session as CSV."""
        text = io.StringIO()
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(["When", "What", "Found"])
        writer.writerows([each["at"], each["asked"], len(each["urls"])] for each in session["operations"])
        return "\ufeff" + text.getvalue()

    def age(self, body: Record) -> Answer:
        """Make a session older."""
        self.sessions[body["session_id"]]["created"] -= timedelta(days=body["days"])
        return 204, None

    def status(self, session: Record) -> str:
        """Return where a session stands; after a week it is archived."""
        old = datetime.now(UTC) - session["created"] > timedelta(days=7)
        return "archived" if old else str(session["state"])

    def organizations(self, user: str) -> list[Record]:
        """Return the organisations of a user."""
        return [
            {"id": id_, "name": f"Organisation {id_}", "role": "x"}
            for id_, who in MEMBERS.items()
            if user in who
        ]

    def shown(self, session: Record) -> Record:
        """Return a session as replies show it."""
        kept = ("id", *TEXTS)
        return {**{name: session[name] for name in kept}, "status": self.status(session)}

    def details(self, session: Record, user: str) -> Record:
        """Return a session with all that belongs to it, in one object."""
        organization = session["organization"]
        return {
            **self.shown(session), "config": session["config"], "context_summary": "",
            "operations": [self.event(each) for each in session["operations"]],
            "access_level": self.level(session, user) if user else "public",
            "user_organizations": self.organizations(user),
            "organization_name": f"Organisation {organization}" if organization else None,
        }  # fmt: skip


def handler(zipf: Zipf) -> type[BaseHTTPRequestHandler]:
    """Return the HTTP side of a server."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts, user = urlsplit(self.path), self.headers.get("Authorization", "").removeprefix("Bearer ")
            try:
                body = json.loads(content) if content else None
                status, answer = zipf.answer(
                    self.command, parts.path, dict(parse_qsl(parts.query)), body, user
                )
            except (ValueError, TypeError, KeyError, AttributeError):
                status, answer = 422, REFUSAL
            self.reply(status, answer)

        do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = handle_any  # noqa: N815  # names of the base class

        def reply(self, status: int, body: Any) -> None:
            media_type = "text/csv" if isinstance(body, str) else "application/json"
            text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(zipf: Zipf) -> Iterator[str]:
    """Serve on a free port and yield the base URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(zipf))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
