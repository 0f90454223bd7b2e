"""Searches and crawls, in a session or alone: who may, what they find, and what they cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from conformance.apis.zipf import reading
from conformance.apis.zipf.model import accounts, rights
from conformance.apis.zipf.model.changes import MOST_OPERATIONS, sent
from conformance.apis.zipf.model.knowledge import Job, Knowledge, Session, caller
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import Json, is_ok, suspicion

ACCEPTED = 202  # the work is still to be done (RFC 9110, section 15.3.3)
MOST_PARTS = 20  # sub-queries of one search, each of which may count as an operation
PLAIN = ("query", "max_results", "filter_seen_urls", "session_id", "dry_run")
MAX_RESULTS = 10


@dataclass(frozen=True, slots=True)
class Work:
    """A search or crawl that was carried out: what was sent, and the reply."""

    kind: str
    exchange: Exchange
    body: Json

    @property
    def reply(self) -> Json:
        """The reply, empty when it is no object."""
        found = self.exchange.reply_json()
        return found if isinstance(found, dict) else {}

    @property
    def dry(self) -> bool:
        """Whether only the price was asked for."""
        return bool(self.body.get("dry_run"))

    @property
    def done(self) -> bool:
        """Whether the reply is that of an operation that has come to its end."""
        return self.exchange.status != ACCEPTED and not reading.busy([self.reply])

    @property
    def urls(self) -> list[str]:
        """The URLs that the reply shows."""
        return reading.urls(self.reply)

    def asks_only(self, *parameters: str) -> bool:
        """Say whether nothing else was asked for, which might change price or results."""
        return set(self.body) <= {*PLAIN, *parameters}


def inside(knowledge: Knowledge, session: Session, exchange: Exchange, kind: str) -> Iterator[Suspicion]:
    """Take in a request for a search or a crawl in a session."""
    body = sent(exchange)
    if body is None:
        knowledge.forget(session.id)
        return
    work = Work(kind, exchange, body)
    forbidden = rights.no_writer(knowledge, session.audience, exchange)
    if is_ok(exchange):
        yield from carried_out(knowledge, work, session.id)
        yield from taken(knowledge, session, work, forbidden)
    else:
        session.not_done(forbidden or unrecorded(session, exchange))


def alone(knowledge: Knowledge, exchange: Exchange, kind: str) -> Iterator[Suspicion]:
    """Take in a search or a crawl at its own path; its `session_id` may put it into a session."""
    body = sent(exchange) or {}
    session = knowledge.sessions.get(str(body.get("session_id")))
    if is_ok(exchange):
        work = Work(kind, exchange, body)
        yield from carried_out(knowledge, work, str(body.get("session_id") or exchange.target))
        if "session_id" not in body:
            note_job(knowledge, work, None)
        if session and work.reply.get("session_id") == session.id:
            yield from taken(
                knowledge, session, work, rights.no_writer(knowledge, session.audience, exchange)
            )
        elif session:  # whether the parameter is known at all, the page does not say
            added(session, work, sure=False)


def taken(knowledge: Knowledge, session: Session, work: Work, forbidden: str | None) -> Iterator[Suspicion]:
    """Judge and take in an operation that a session has taken."""
    rule = "ZIPF-DELETE-01" if session.gone else forbidden or full(session)
    if work.dry:
        session.not_done(rule or "ZIPF-CREDIT-02")
    elif rule:
        yield suspicion(rule, session.id, f"a refusal of the {work.kind}", work.exchange.status)
    else:
        session.last = f"{work.kind}_in_session"
        yield from repeated(session, work)
        added(session, work, sure=work.done)
        note_job(knowledge, work, session.id)


def full(session: Session) -> str | None:
    """Return the requirement by which a session takes no more operations, if there is one."""
    if session.worked_off:
        return "ZIPF-LIFE-02" if "completed" in session.possible else "ZIPF-LIFE-05"
    limit = session.certain("max_operations")
    if limit is not None and session.operations.low >= limit:
        return "ZIPF-LIFE-06"
    return "ZIPF-LIFE-07" if session.operations.low >= MOST_OPERATIONS else None


def unrecorded(session: Session, exchange: Exchange) -> str:
    """Return the requirement by which a refused operation leaves no trace."""
    no_credits = exchange.status == accounts.PAYMENT_REQUIRED
    return full(session) or ("ZIPF-CREDIT-01" if no_credits else "ZIPF-SEARCH-07")


def added(session: Session, work: Work, *, sure: bool) -> None:
    """Count an operation, as far as it is certain that it is one, and one only."""
    parts = MOST_PARTS if work.body.get("query_decomposition") else 0
    empty = work.kind == "crawl" and not work.urls  # what has nothing to do may not be kept
    low = int(sure and not empty)
    for span in (session.operations, session.searches if work.kind == "search" else session.crawls):
        span.add(low, 1 + parts)
    if work.kind == "crawl":
        session.crawled.update(work.urls)
        session.graphs.add(low, 1)
    else:
        session.found.update(work.urls)


def repeated(session: Session, work: Work) -> Iterator[Suspicion]:
    """Look for URLs that the operation should have left out."""
    asked = work.body.get("filter_seen_urls", work.kind == "crawl")
    if work.kind == "search" and asked is True:
        again = sorted(session.found.intersection(work.urls))
        if again:
            yield suspicion("ZIPF-SEARCH-02", session.id, "only URLs that no search of it has found", again)
    elif work.kind == "crawl" and isinstance(work.body.get("urls"), list):
        yield from recrawled(session, work, set(map(str, work.body["urls"])), only_new=asked is True)


def recrawled(session: Session, work: Work, given: set[str], *, only_new: bool) -> Iterator[Suspicion]:
    """Look for URLs of a crawl that it should have left out, or shown once."""
    again = sorted(session.crawled.intersection(given, work.urls))
    if again and only_new:
        yield suspicion("ZIPF-CRAWL-02", session.id, "only URLs that it has not crawled", again)
    twice = sorted(url for url in given if work.urls.count(url) > 1)
    if twice and session.certain("auto_deduplicate"):
        yield suspicion("ZIPF-DEDUP-01", session.id, "each page once", twice)


def carried_out(knowledge: Knowledge, work: Work, record: str) -> Iterator[Suspicion]:
    """Compare price, balance and number of results with what was asked for."""
    cost = reading.credits_of(work.reply)
    yield from accounts.charged(knowledge, work.exchange, record, 0 if work.dry else cost)
    if work.kind == "search":
        yield from priced(work, record, cost)
        most = work.body.get("max_results", MAX_RESULTS)
        if work.asks_only("rerank_results") and isinstance(most, int) and len(work.urls) > most:
            yield suspicion("ZIPF-SEARCH-06", record, f"at most {most} results", len(work.urls))


def priced(work: Work, record: str, cost: Any) -> Iterator[Suspicion]:
    """Compare the price of a search with what the page says."""
    reranked = work.body.get("rerank_results")
    if cost is None or not work.asks_only("rerank_results"):
        return
    if reranked is True and cost != 2:
        yield suspicion("ZIPF-SEARCH-05", record, "2 credits for a reranked search", cost)
    elif not reranked and cost != 1:
        yield suspicion("ZIPF-ALONE-06", record, "1 credit for a search", cost)


def note_job(knowledge: Knowledge, work: Work, session: str | None) -> None:
    """Remember whose job the reply names."""
    id_ = work.reply.get("search_job_id" if work.kind == "search" else "id")
    if isinstance(id_, str) and id_:
        knowledge.jobs[id_] = Job(caller(work.exchange), session)
