"""How the intent and the context of a session change queries and the order of results."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from mock_server.apis.zipf.retrieval import Hit

INTENT_BOOST = 1.2
AUTHORITY_BOOST = 1.25
DOCUMENT_TYPE_BOOST = 1.15
NOVELTY_DECAY = 0.15


@dataclass(frozen=True, slots=True)
class Intent:
    """The effects of a research intent: words added to queries, kinds of document put forward."""

    additions: tuple[str, ...] = ()
    document_types: frozenset[str] = frozenset()


# The page gives effects for these four of the seven intents.
INTENTS: Mapping[str, Intent] = {
    "competitive_analysis": Intent(("vs", "comparison"), frozenset({"news", "analyst_report"})),
    "due_diligence": Intent(("risks", "financials"), frozenset({"legal", "regulatory"})),
    "technical_evaluation": Intent(("benchmarks", "specs"), frozenset({"documentation"})),
    "academic_research": Intent(("research", "paper"), frozenset({"academic"})),
}


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the AI features receive from a session; nothing when it does not use its context.

    `context` is the session's summary (`context.context_summary`), `intent` the name of its intent.
    """

    intent: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def effects(self) -> Intent:
        """The effects of the intent, of which some intents have none."""
        return INTENTS.get(self.intent or "", Intent())

    def rewritten(self, query: str) -> str:
        """The query with the words that the intent adds and it does not hold yet."""
        held = query.lower().split()
        return " ".join([query, *(word for word in self.effects.additions if word not in held)])

    def reranked(self, hits: Iterable[Hit]) -> list[Hit]:
        """The same hits in the order of their relevance times the session's factors."""
        weighed = [replace(hit, relevance=round(hit.relevance * self._factor(hit), 6)) for hit in hits]
        return sorted(weighed, key=lambda hit: -hit.relevance)

    def _factor(self, hit: Hit) -> float:
        """The page gives each factor and not how they combine; they are multiplied."""
        page, factor = hit.page, 1.0
        if page.document_type in self.effects.document_types:
            factor *= INTENT_BOOST
        if page.authority is not None and page.authority == self.context.get("authority_preference"):
            factor *= AUTHORITY_BOOST
        if page.document_type in self.context.get("dominant_document_types", ()):
            factor *= DOCUMENT_TYPE_BOOST
        domain_count = self.context.get("domain_frequency", {}).get(urlsplit(page.url).netloc, 0)
        return factor * math.exp(-NOVELTY_DECAY * domain_count)
