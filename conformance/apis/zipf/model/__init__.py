"""Zipf's shadow model: what the records of a run must show, by what was asked of them and by whom.

It knows only records it saw created, for others are changed by others; what the document leaves open stays
open. Each module beside this one knows one kind of reply.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from conformance.apis.zipf.model import (
    accounts,
    changes,
    graphs,
    lists,
    operations,
    records,
    rights,
    shown,
    workflows,
)
from conformance.apis.zipf.model.knowledge import Knowledge, Session
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import is_ok, may_have_changed, suspicion

BASE = "/api/v1/"
WRITES = ("POST", "PUT", "PATCH", "DELETE")
READS = ("", "timeline", "export", "link-graph")
CHANGES = (("PATCH", ""), ("DELETE", ""), ("POST", "complete"), ("POST", "archive"), ("POST", "share"))


@dataclass(slots=True)
class ZipfModel:
    """Watches sessions, and what belongs to them, from their creation to their deletion."""

    knowledge: Knowledge = field(default_factory=Knowledge)

    @property
    def transitions(self) -> Counter[str]:
        """How often an operation led a session from one status to another."""
        return self.knowledge.transitions

    def watch(self, exchange: Exchange) -> Iterable[Suspicion]:
        """Take an exchange in and say what it seems to break."""
        if not exchange.path.startswith(BASE):
            return []
        steps = [unquote(each) for each in exchange.path.removeprefix(BASE).split("/")]
        if may_have_changed(exchange):
            self._doubt(exchange, steps)
            return []
        return list(self._seen(exchange, steps))

    def forget(self, record: str) -> None:
        """Know nothing of a record any more."""
        self.knowledge.forget(record)

    def _doubt(self, exchange: Exchange, steps: list[str]) -> None:
        """Forget what may have changed: the record itself, the session of a workflow, that of a search."""
        known = self.knowledge
        match steps:
            case ["sessions", id_, *_]:
                known.forget(id_)
            case ["workflows", id_, *_] if id_ in known.workflows:
                known.forget(known.workflows[id_].session or "")
                known.forget(id_)
            case ["search"] | ["crawls"]:
                known.forget(str((changes.sent(exchange) or {}).get("session_id")))

    def _seen(self, exchange: Exchange, steps: list[str]) -> Iterator[Suspicion]:
        known = self.knowledge
        match exchange.method, steps:
            case "POST", ["sessions"]:
                changes.create(known, exchange)
            case "GET", ["sessions"]:
                yield from lists.listed(known, exchange)
            case _, ["sessions", id_, *end] if id_ in known.sessions and len(end) <= 1:
                yield from self._session(exchange, known.sessions[id_], "".join(end))
            case _, ["public", "sessions", id_, *end] if id_ in known.sessions and len(end) <= 1:
                yield from self._public(exchange, known.sessions[id_], "".join(end))
            case "GET", [""]:
                yield from accounts.shown(known, exchange)
            case _:
                yield from self._beside(exchange, steps)

    def _beside(self, exchange: Exchange, steps: list[str]) -> Iterator[Suspicion]:
        """What is no session: searches and crawls alone, jobs, workflows."""
        known = self.knowledge
        match exchange.method, steps:
            case "POST", ["search"]:
                yield from operations.alone(known, exchange, "search")
            case "POST", ["crawls"]:
                yield from operations.alone(known, exchange, "crawl")
            case "GET", ["search", "jobs", id_] | ["crawls", id_] if id_ in known.jobs:
                yield from workflows.job(known, id_, known.jobs[id_], exchange)
            case "POST", ["workflows"]:
                yield from workflows.create(known, exchange)
            case "GET", ["workflows", id_] if id_ in known.workflows:
                yield from workflows.read(known, id_, known.workflows[id_], exchange)
            case "POST", ["workflows", id_, "share"] if id_ in known.workflows:
                yield from workflows.share(known, id_, known.workflows[id_], exchange)

    def _session(self, exchange: Exchange, session: Session, end: str) -> Iterator[Suspicion]:
        """One session on the private path."""
        if exchange.method == "POST" and end in ("search", "crawl"):
            yield from operations.inside(self.knowledge, session, exchange, end)
        elif (exchange.method, end) in CHANGES:
            found = list(changes.change(self.knowledge, session, exchange, end))
            yield from found
            if is_ok(exchange) and not found:
                yield from shown.answered(session, exchange.reply_json(), end)
        elif exchange.method == "GET" and end in READS and session.gone:
            if is_ok(exchange):
                yield suspicion("ZIPF-DELETE-01", session.id, "a deleted session gone", exchange.status)
        elif exchange.method == "GET" and end in READS:
            found = list(rights.read(self.knowledge, session, exchange, end))
            yield from found
            if is_ok(exchange) and not found:
                yield from self._shown(exchange, session, end)

    def _shown(self, exchange: Exchange, session: Session, end: str) -> Iterator[Suspicion]:
        """A read that was rightly answered."""
        reader = rights.level(self.knowledge, session.audience, exchange)
        if end == "timeline":
            rule = "ZIPF-SHARE-04" if reader == "org_viewer" else "ZIPF-TIMELINE-01"
            yield from records.timeline(self.knowledge, session, exchange, rule)
        elif end == "export":
            yield from records.export(session, exchange)
        elif end == "link-graph":
            yield from graphs.compare(session, exchange)
        else:
            yield from self._details(exchange, session, reader)

    def _details(self, exchange: Exchange, session: Session, reader: str | None) -> Iterator[Suspicion]:
        body = exchange.reply_json()
        details = shown.view(body)
        accounts.remember(self.knowledge, exchange, details, "user_organizations")
        yield from shown.compare(self.knowledge, session, details)
        yield from records.in_details(session, body)
        if reader in ("owner", "org_viewer"):
            yield from shown.sharing(session, self.knowledge.account(exchange), details)

    def _public(self, exchange: Exchange, session: Session, end: str) -> Iterator[Suspicion]:
        """One session on the public path, where nothing can be changed."""
        if exchange.method != "GET":
            if is_ok(exchange) and exchange.method in WRITES:
                yield suspicion("ZIPF-PUBLIC-06", session.id, "a refusal to the public", exchange.status)
        elif session.gone:
            if is_ok(exchange):
                yield suspicion("ZIPF-DELETE-03", session.id, "a deleted session gone", exchange.status)
        else:
            found = list(rights.viewed(session, exchange, end))
            yield from found
            if is_ok(exchange) and not found:
                yield from self._published(exchange, session, end)

    def _published(self, exchange: Exchange, session: Session, end: str) -> Iterator[Suspicion]:
        """A public view that is rightly open."""
        body = exchange.reply_json()
        yield from records.private(session, body)
        if end == "timeline":
            yield from records.numbered(session, records.entries(body), "ZIPF-PUBLIC-02")
        elif end == "export":
            yield from records.export(session, exchange)
        elif not end:
            yield from shown.compare(self.knowledge, session, shown.view(body))
