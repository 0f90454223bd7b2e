"""Saboteurs of Zipf: searches and crawls."""

from collections.abc import Mapping, Sequence
from typing import Any

from mock_server.apis.zipf.errors import InsufficientCredits
from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.research import Outcome, Research
from mock_server.apis.zipf.service import Zipf
from mock_server.reply import Reply
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts

Body = Mapping[str, Any]


@saboteur.operations("ZIPF-SEARCH-01")
class ForgetsSearches(Operations):
    """A search is answered and not kept."""

    def search_in_session(self, zipf: Zipf, *, id_: str, body: Body) -> Reply:
        """Only pretends."""
        return super().search_in_session(zipf, id_=id_, body={**body, "dry_run": True})


@parts.research("ZIPF-SEARCH-02")
class NeverFilters(Research):
    """A search shows what the session has found, whatever was asked."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Switches the filter off."""
        return super().search(session_id, {**body, "filter_seen_urls": False})


@parts.research("ZIPF-SEARCH-03")
class FiltersByDefault(Research):
    """A search leaves out what the session has found unless told otherwise."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Switches the filter on."""
        return super().search(session_id, {"filter_seen_urls": True, **body})


@parts.research("ZIPF-SEARCH-04")
class ChargesForFiltering(Research):
    """A search with the filter costs two."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Takes the price of reranking."""
        return super().search(session_id, {**body, "rerank_results": body.get("filter_seen_urls", False)})


@parts.research("ZIPF-SEARCH-05")
class ReranksForNothing(Research):
    """Reranking costs nothing."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Does not rerank."""
        return super().search(session_id, {**body, "rerank_results": False})


@saboteur.reply("ZIPF-SEARCH-06", "search_in_session")
def cannot_count(body: Any) -> Any:
    """The count is not that of the results."""
    return {**body, "count": body["count"] + 1}


@saboteur.specification("ZIPF-SEARCH-07")
def takes_long_queries(contract: dict[str, Any]) -> None:
    """A query may have any length."""
    del contract["components"]["schemas"]["NewSearch"]["properties"]["query"]["maxLength"]


@saboteur.operations("ZIPF-CRAWL-01")
class ForgetsCrawls(Operations):
    """A crawl is answered and not kept."""

    def crawl_in_session(self, zipf: Zipf, *, id_: str, body: Body) -> Reply:
        """Only pretends."""
        return super().crawl_in_session(zipf, id_=id_, body={**body, "dry_run": True})


@parts.research("ZIPF-CRAWL-02")
class CrawlsAgainByDefault(Research):
    """A crawl takes what the session has crawled unless told otherwise."""

    def crawl(self, session_id: str | None, body: Body) -> Outcome:
        """Switches the filter off."""
        return super().crawl(session_id, {"filter_seen_urls": False, **body})


@parts.research("ZIPF-CRAWL-03")
class NeverCrawlsAgain(Research):
    """A crawl leaves out what the session has crawled, whatever was asked."""

    def crawl(self, session_id: str | None, body: Body) -> Outcome:
        """Switches the filter on."""
        return super().crawl(session_id, {**body, "filter_seen_urls": True})


@saboteur.reply("ZIPF-CRAWL-04", "crawl_in_session")
def counts_a_page_more(body: Any) -> Any:
    """The number of pages is one too many."""
    return {**body, "pages_crawled": body["pages_crawled"] + 1}


@parts.research("ZIPF-CREDIT-01")
class GivesCredit(Research):
    """Whoever has no credits searches all the same."""

    def _charged(self, cost: int, advanced: Sequence[str]) -> dict[str, Any]:
        try:
            return super()._charged(cost, advanced)
        except InsufficientCredits:
            return {"consumed": cost, "balance_after": 0, "pricing_tier": "basic", "advanced_features": []}


@parts.research("ZIPF-CREDIT-02")
class RunsInEarnest(Research):
    """A dry run is a search."""

    def search(self, session_id: str | None, body: Body) -> Outcome:
        """Takes no notice."""
        return super().search(session_id, {**body, "dry_run": False})
