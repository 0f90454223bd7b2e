"""Searches and crawls, within a session or alone: who may, what is left out, what it costs, what is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mock_server.apis.zipf import crawling, searching
from mock_server.apis.zipf.accounts import Accounts, price
from mock_server.apis.zipf.context import context_summary, traits
from mock_server.apis.zipf.model import Operation, Session, timestamp
from mock_server.apis.zipf.ranking import Guidance
from mock_server.apis.zipf.retrieval import Retrieval
from mock_server.apis.zipf.sessions import Sessions
from mock_server.apis.zipf.web import Page, Web
from mock_server.apis.zipf.webhooks import check_webhook
from mock_server.world import World

Body = Mapping[str, Any]
JOB_TIME = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a search or crawl. After a dry run there is no operation, and `credits` is an estimate."""

    operation: Operation | None
    credits: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """What an operation is kept with: its kind, what was asked, what came of it."""

    type: str
    asked: Mapping[str, Any]
    results: Sequence[Mapping[str, Any]]
    pages: Sequence[Page]
    details: Mapping[str, Any]


class Research:
    """Carries out operations of the caller. What is to be done in a session needs one that takes it."""

    def __init__(self, world: World, sessions: Sessions, accounts: Accounts, web: Web) -> None:
        self._world = world
        self._sessions = sessions
        self._accounts = accounts
        self._web = web

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """A search. Raises what `Sessions.ready` does, `WebhookRefused` and `InsufficientCredits`.

        URLs that the session holds already are left out before the results are counted, if that is asked for.
        """
        check_webhook(self._world, body)
        session = self._session(session_id)
        advanced = [name for name in searching.ADVANCED if body.get(name)]
        cost = self._search_price(body, advanced)
        if body.get("dry_run"):
            return self._estimate(cost, advanced)
        credits_ = self._charged(cost, advanced)
        found = self._searcher(session, body).search(body)
        details = {**found.details, "credits": credits_}
        work = Work("search", {"query": body["query"]}, found.results, found.pages, details)
        return Outcome(self._kept(session, body, cost, work), credits_)

    def crawl(self, session_id: str | None, body: Body) -> Outcome:
        """A crawl. Raises what `Sessions.ready` does, `WebhookRefused` and `InsufficientCredits`.

        URLs that the session has crawled before are left out unless that is declined; found is not crawled,
        or a search would leave nothing to crawl.
        """
        check_webhook(self._world, body)
        session = self._session(session_id)
        urls = self._to_crawl(session, body)
        advanced = crawling.advanced_features(body)
        cost = len(urls) * crawling.page_price(body)
        if body.get("dry_run"):
            return self._estimate(cost, advanced)
        credits_ = self._charged(cost, advanced)
        pages = [self._web.page(url) for url in urls]
        results = [crawling.result(page, self._web.links(page.url), body) for page in pages]
        details = {**crawling.details(pages, body), "credits": credits_}
        work = Work("crawl", {"urls": list(body["urls"])}, results, pages, details)
        return Outcome(self._kept(session, body, cost, work), credits_)

    def _session(self, session_id: str | None) -> Session | None:
        return None if session_id is None else self._sessions.ready(session_id)

    def _search_price(self, body: Body, advanced: Sequence[str]) -> int:
        """One or, with an advanced feature, two credits, and one for each sub-query."""
        parts = len(list(searching.sub_queries(body))) if body.get("query_decomposition") else 0
        return (2 if advanced else 1) + parts

    def _searcher(self, session: Session | None, body: Body) -> searching.Searcher:
        return searching.Searcher(
            retrieval=Retrieval(self._world.draw, self._web),
            guidance=self._guidance(session),
            today=self._world.clock.now().date(),
            began=self._began(),
            hidden=self._seen(session, ("search", "crawl")) if body.get("filter_seen_urls", False) else set(),
            collapse=self._collapses(session),
        )

    def _began(self) -> date:
        """The day from which the age of pages counts: that on which the world began, if that is known."""
        kept = self._world.collection("zipf", "web").get("web")
        return self._world.clock.now().date() if kept is None else date.fromisoformat(kept["began"])

    def _guidance(self, session: Session | None) -> Guidance:
        if session is None or not session["session_config"]["use_session_context"]:
            return Guidance()
        summary = context_summary(session, self._sessions.operations(session["id"]))
        return Guidance(session["metadata"].get("intent", {}).get("type"), summary)

    def _to_crawl(self, session: Session | None, body: Body) -> list[str]:
        hidden = self._seen(session, ("crawl",)) if body.get("filter_seen_urls", True) else set()
        return crawling.urls_to_crawl(self._web, body, hidden, collapse=self._collapses(session))

    def _collapses(self, session: Session | None) -> bool:
        return session is None or bool(session["session_config"]["auto_deduplicate"])

    def _seen(self, session: Session | None, types: Sequence[str]) -> set[str]:
        operations = [] if session is None else self._sessions.operations(session["id"])
        return {result["url"] for each in operations if each["type"] in types for result in each["results"]}

    def _kept(self, session: Session | None, body: Body, cost: int, work: Work) -> Operation:
        """The operation with what came of it, which a job shows only when its time is over."""
        now = self._world.clock.now()
        done = now if body.get("processing_mode", "sync") == "sync" else now + JOB_TIME
        operation = {
            "type": work.type,
            "status": "completed",
            "created_at": timestamp(now),
            "completed_at": timestamp(done),
            "credits_consumed": cost,
            "query": None,
            "urls": None,
            **work.asked,
            "results": list(work.results),
            "traits": traits(work.pages),
            "details": work.details,
        }
        if session is None:
            return self._sessions.add_alone(operation)
        return self._sessions.add(session, operation)

    def _charged(self, cost: int, advanced: Sequence[str]) -> dict[str, Any]:
        return price(cost, self._accounts.charge(cost), advanced)

    def _estimate(self, cost: int, advanced: Sequence[str]) -> Outcome:
        return Outcome(None, price(cost, self._accounts.balance, advanced))
