"""Searches and crawls within a session: what is left out, what it costs, what is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mock_server.apis.zipf.accounts import Accounts
from mock_server.apis.zipf.model import Operation, Session, timestamp
from mock_server.apis.zipf.sessions import Sessions
from mock_server.apis.zipf.web import Web
from mock_server.clock import Clock

Body = Mapping[str, Any]
ADVANCED_SEARCH = ("rerank_results",)
ADVANCED_CRAWL = ("classify_documents",)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a search or crawl. After a dry run there is no operation, and `credits` is an estimate."""

    operation: Operation | None
    credits: Mapping[str, Any]


class Research:
    """Carries out operations in the caller's sessions, at once."""

    def __init__(self, sessions: Sessions, accounts: Accounts, web: Web, clock: Clock) -> None:
        self._sessions = sessions
        self._accounts = accounts
        self._web = web
        self._clock = clock

    def search(self, session_id: str, body: Body) -> Outcome:
        """A search. Raises what `Sessions.ready` does, and `InsufficientCredits`.

        URLs that the session holds already are left out before the results are counted, if that is asked for.
        """
        session = self._sessions.ready(session_id)
        advanced = [name for name in ADVANCED_SEARCH if body.get(name)]
        cost = 2 if advanced else 1
        if body.get("dry_run"):
            return self._estimate(cost, advanced)
        credits_ = self._charged(cost, advanced)
        hidden = self._seen(session, ("search", "crawl")) if body.get("filter_seen_urls", False) else ()
        results = self._web.search(body["query"], body.get("max_results", 10), hidden)
        return Outcome(self._kept(session, "search", cost, results, query=body["query"]), credits_)

    def crawl(self, session_id: str, body: Body) -> Outcome:
        """A crawl. Raises what `Sessions.ready` does, and `InsufficientCredits`.

        URLs that the session has crawled before are left out unless that is declined; found is not crawled,
        or a search would leave nothing to crawl.
        """
        session = self._sessions.ready(session_id)
        urls = self._to_crawl(session, body)
        advanced = [name for name in ADVANCED_CRAWL if body.get(name)]
        cost = len(urls) * (2 if advanced else 1)
        if body.get("dry_run"):
            return self._estimate(cost, advanced)
        credits_ = self._charged(cost, advanced)
        results = [self._fetched(url, classified=bool(advanced)) for url in urls]
        return Outcome(self._kept(session, "crawl", cost, results, urls=list(body["urls"])), credits_)

    def _to_crawl(self, session: Session, body: Body) -> list[str]:
        hidden = self._seen(session, ("crawl",)) if body.get("filter_seen_urls", True) else set()
        urls = [url for url in body["urls"] if url not in hidden]
        if session["session_config"]["auto_deduplicate"]:
            urls = list(dict.fromkeys(urls))
        return urls[: body.get("max_pages", 10)]

    def _seen(self, session: Session, types: Sequence[str]) -> set[str]:
        operations = [each for each in self._sessions.operations(session["id"]) if each["type"] in types]
        return {result["url"] for operation in operations for result in operation["results"]}

    def _fetched(self, url: str, *, classified: bool) -> dict[str, Any]:
        page = self._web.fetch(url)
        if not classified:
            return page
        return {**page, "classification": {"document_type": self._web.document_type(url)}}

    def _kept(  # what differs between the two, by keyword
        self, session: Session, type_: str, cost: int, results: Sequence[Mapping[str, Any]], **what: Any
    ) -> Operation:
        now = timestamp(self._clock.now())
        operation = {
            "type": type_,
            "status": "completed",
            "created_at": now,
            "completed_at": now,
            "credits_consumed": cost,
            "query": None,
            "urls": None,
            "results": list(results),
            **what,
        }
        return self._sessions.add(session, operation)

    def _charged(self, cost: int, advanced: Sequence[str]) -> dict[str, Any]:
        return _credits(cost, self._accounts.charge(cost), advanced)

    def _estimate(self, cost: int, advanced: Sequence[str]) -> Outcome:
        return Outcome(None, _credits(cost, self._accounts.balance, advanced))


def _credits(cost: int, balance: int, advanced: Sequence[str]) -> dict[str, Any]:
    return {
        "consumed": cost,
        "balance_after": balance,
        "pricing_tier": "advanced" if advanced else "basic",
        "advanced_features": list(advanced),
    }
