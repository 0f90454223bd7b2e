"""What a search finds: which pages, in which order, and what the AI features add."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from mock_server.apis.zipf.ranking import Guidance
from mock_server.apis.zipf.retrieval import Hit, Retrieval
from mock_server.apis.zipf.web import Page

Body = Mapping[str, Any]
ADVANCED = ("interpret_query", "extract_metadata", "rerank_results", "generate_suggestions")
FRESHNESS = {"day": 1, "week": 7, "month": 31, "year": 366}
SOURCES = {
    "academic": ("academic",),
    "commercial": ("analyst_report", "documentation"),
    "news": ("news",),
    "community": ("blog", "forum"),
}
ASPECTS = (
    "overview", "market", "risks", "comparison", "pricing", "regulators", "suppliers", "forecast",
    "benchmarks", "lessons", "funding", "research", "guide", "outlook", "users", "margins", "patents",
    "demand", "safety", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """The pages of a search, its results as replies show them, and what else the reply holds."""

    pages: Sequence[Page]
    results: list[dict[str, Any]]
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Searcher:
    """Searches on one day of a world; `began` is the day from which the age of pages counts.

    `collapse` says whether a URL that several sub-queries find is shown once.
    """

    retrieval: Retrieval
    guidance: Guidance
    today: date
    began: date
    hidden: Container[str]
    collapse: bool

    def search(self, body: Body) -> Found:
        """Carries the search out."""
        query = self.guidance.rewritten(body["query"]) if body.get("interpret_query") else body["query"]
        all_hits = list(self._hits(query, body))
        hits = list({hit.page.url: hit for hit in all_hits}.values()) if self.collapse else all_hits
        if body.get("rerank_results"):
            hits = self.guidance.reranked(hits)
        pages = [hit.page for hit in hits]
        results = [self._shown(hit, classified=body.get("extract_metadata", False)) for hit in hits]
        return Found(pages, results, dict(self._details(body, query, all_hits)))

    def _hits(self, query: str, body: Body) -> Iterator[Hit]:
        """Unwanted pages are left out before the results are counted."""
        if not body.get("query_decomposition"):
            yield from islice(self._wanted(query, body), body.get("max_results", 10))
            return
        for sub_query in sub_queries(body):
            yield from islice(self._wanted(sub_query, body), body.get("max_results_per_sub_query", 10))

    def _wanted(self, query: str, body: Body) -> Iterator[Hit]:
        kinds = SOURCES.get(body.get("source_type", "mixed"))
        days = FRESHNESS.get(body.get("freshness", ""))
        oldest = date.min if days is None else self.today - timedelta(days=days)
        for hit in self.retrieval.hits(query):
            fitting = kinds is None or hit.page.document_type in kinds
            if fitting and published(hit.page, self.began) >= oldest and hit.page.url not in self.hidden:
                yield hit

    def _shown(self, hit: Hit, *, classified: bool) -> dict[str, Any]:
        shown = result(hit, self.began)
        return {**shown, "classification": classification(hit.page)} if classified else shown

    def _details(self, body: Body, query: str, hits: Sequence[Hit]) -> Iterator[tuple[str, Any]]:
        pages = [hit.page for hit in hits]
        if body.get("interpret_query") or body.get("extract_metadata"):
            yield "query_interpretation", self._interpretation(body, query, pages)
        if body.get("generate_suggestions"):
            yield "suggested_queries", self._suggestions(body)
        if body.get("query_decomposition"):
            unique = len({page.url for page in pages})
            yield "decomposition", {"enabled": True, "sub_queries": list(sub_queries(body))}
            yield "aggregation", {"total_before_dedup": len(pages), "unique_urls": unique}
        if body.get("generate_summary"):
            yield "summary", summary(pages)

    def _interpretation(self, body: Body, query: str, pages: Sequence[Page]) -> dict[str, Any]:
        interpretation = {
            "original_query": body["query"],
            "rewritten_query": query,
            "intent": self.guidance.intent,
        }
        if not body.get("extract_metadata"):
            return interpretation
        metadata = {
            "entities": _different(entity for page in pages for entity in page.entities),
            "keywords": _different(word for page in pages for word in page.keywords),
        }
        return {**interpretation, "extracted_metadata": metadata}

    def _suggestions(self, body: Body) -> list[dict[str, Any]]:
        """What to search for next: the session's themes first, then aspects of any subject."""
        themes = (*self.guidance.effects.additions, *self.guidance.context.get("keywords", ()), *ASPECTS)
        words = [word for word in dict.fromkeys(themes) if word not in body["query"].lower().split()]
        return [
            {"query": f"{body['query']} {word}", "type": "related"}
            for word in words[: body.get("num_suggestions", 5)]
        ]


def published(page: Page, began: date) -> date:
    """The day on which a page was published, in a world that began on the other."""
    return began - timedelta(days=page.age_days)


def result(hit: Hit, began: date) -> dict[str, Any]:
    """What a search shows of a page."""
    return {
        "url": hit.page.url,
        "title": hit.page.title,
        "description": hit.page.description,
        "published_date": published(hit.page, began).isoformat(),
        "relevance_score": hit.relevance,
    }


def sub_queries(body: Body) -> Iterator[str]:
    """The queries that a query is split into: one for each of its aspects."""
    return (f"{body['query']} {aspect}" for aspect in ASPECTS[: body.get("max_sub_queries", 5)])


def classification(page: Page) -> dict[str, Any]:
    """What kind of document a page is."""
    return {"document_type": page.document_type, "content_type": page.content_type}


def summary(pages: Sequence[Page]) -> dict[str, Any]:
    """A summary of pages, as replies show it."""
    sentences = " ".join(page.description for page in pages[:3]) or "Nothing was found."
    return {"status": "completed", "content": sentences}


def _different(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))[:10]
