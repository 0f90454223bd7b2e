"""Requirements on the context of a session, on intents, and on reranking by both."""

import json
import math
from typing import Any
from urllib.parse import urlsplit

from conformance import expect, needs
from conformance.apis.zipf import reading
from conformance.apis.zipf.client import QUERY, Zipf
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

INTENTS = {
    "competitive_analysis": ("vs comparison", ("news", "analyst_report")),
    "due_diligence": ("risks financials", ("legal", "regulatory")),
    "technical_evaluation": ("benchmarks specs", ("documentation",)),
    "academic_research": ("research paper", ("academic",)),
}
AUTHORITIES = {"academic": "academic", "news": "news", "documentation": "technical"}
PARTS = (
    "recent_queries", "domain_frequency", "dominant_document_types", "dominant_content_types",
    "authority_preference", "entities", "keywords",
)  # fmt: skip
RERANKED: dict[str, Any] = {"rerank_results": True, "extract_metadata": True}


def ranked(reply: dict[str, Any]) -> dict[str, float]:
    """Return the relevance of the results of a search by URL, in their order."""
    return {str(each["url"]): float(each["relevance_score"]) for each in reply["results"]}


def searched(api: Zipf, id_: str, **body: Any) -> dict[str, Any]:
    """Search, and return the reply."""
    return api.search(id_, {"query": QUERY, **body}, cost=2).has_status(200).object()


def context(api: Zipf, id_: str) -> dict[str, Any]:
    """Return the context summary of a session."""
    found = expect.member("the details", api.details(id_), "context_summary")
    expect.that(isinstance(found, dict), expected="context_summary an object", got=found)
    return dict(found)


@requirement(
    "ZIPF-CONTEXT-01",
    level=Level.MUST,
    origin=documented("session_config.accumulate_context Bool: Build context from previous operations"),
    operations=["search_in_session", "get_session"],
    needs=[needs.credit],
)
def context_can_be_declined(api: Zipf) -> None:
    """With `accumulate_context` false the context summary knows nothing of what was searched for."""
    id_ = api.given_session(session_config={"accumulate_context": False})
    query = "sodium cathode supply"
    api.given_search(id_, query)
    summary = json.dumps(api.details(id_).get("context_summary"))
    expect.that(query not in summary, expected="a context summary without the query", got=summary)


@requirement(
    "ZIPF-CONTEXT-02",
    level=Level.MUST,
    origin=assumed("The page names the data of the context, and not the names under which they are shown."),
    operations=["search_in_session", "get_session"],
    needs=[needs.credit],
)
def context_holds_its_parts(api: Zipf) -> None:
    """The context summary holds the queries, newest first, and how often each domain was found."""
    id_ = api.given_session()
    replies = [searched(api, id_, query=query) for query in ("grid storage", "battery recycling")]
    summary = context(api, id_)
    for name in PARTS:
        expect.member("context_summary", summary, name)
    expect.equal("recent_queries", summary["recent_queries"], ["battery recycling", "grid storage"])
    found = {url for reply in replies for url in reading.urls(reply)}
    counts = {urlsplit(url).netloc: 0 for url in found}
    for url in found:
        counts[urlsplit(url).netloc] += 1
    expect.that(summary["domain_frequency"] == counts, expected=f"domain_frequency {counts}", got=summary)
    expect.that(bool(summary["entities"] and summary["keywords"]), expected="themes", got=summary)


@requirement(
    "ZIPF-INTENT-01",
    level=Level.MUST,
    origin=assumed("The page names the words an intent adds; where they show is on the page on searches."),
    operations=["search_in_session"],
    needs=[needs.credit],
)
def intents_add_words(api: Zipf) -> None:
    """An interpreted query has the words of the session's intent, unless the context is not used."""
    for intent, (words, _) in INTENTS.items():
        for used, expected in ((True, f"storage {words}"), (False, "storage")):
            id_ = api.given_session(
                metadata={"intent": {"type": intent}}, session_config={"use_session_context": used}
            )
            reply = searched(api, id_, query="storage", interpret_query=True)
            rewritten = reading.found(reply.get("query_interpretation"), "rewritten_query")
            expect.equal("rewritten_query", rewritten, [expected])


@requirement(
    "ZIPF-INTENT-02",
    level=Level.MUST,
    origin=assumed("The page gives the boost as +20%; that scores show it and nothing else is our choice."),
    operations=["search_in_session"],
    needs=[needs.credit],
)
def intents_boost_their_documents(api: Zipf) -> None:
    """Reranked by an intent alone, documents of its kinds score a fifth more and all others as before."""
    plain = ranked(searched(api, api.given_session(), query="grid storage", max_results=20))
    for intent, (_, kinds) in INTENTS.items():
        id_ = api.given_session(metadata={"intent": {"type": intent}})
        reply = searched(api, id_, query="grid storage", max_results=20, **RERANKED)
        for result in (each for each in reply["results"] if each["url"] in plain):
            boost = 1.2 if result["classification"]["document_type"] in kinds else 1.0
            near("score", result["relevance_score"], plain[result["url"]] * boost)


@requirement(
    "ZIPF-RERANK-01",
    level=Level.MUST,
    origin=documented("rerank_results=true: Soft penalty. Visibility: URLs deprioritized"),
    operations=["search_in_session"],
    needs=[needs.credit],
)
def reranking_hides_nothing(api: Zipf) -> None:
    """A reranked search still shows URLs that the session has found."""
    id_ = api.given_session()
    first = set(reading.urls(api.given_search(id_)))
    again = set(reading.urls(api.given_search(api.given_session())))
    if not first & again:
        raise Inconclusive("the same search finds something else each time, or does not show what it found")
    api.http.budget.pay(1)
    second = set(reading.urls(api.given_search(id_, rerank_results=True)))
    expect.that(bool(first & second), expected="a URL that was found before", got=sorted(second))


@requirement(
    "ZIPF-RERANK-02",
    level=Level.MUST,
    origin=assumed("The page gives each factor and not how they combine; ours are multiplied."),
    operations=["search_in_session", "get_session"],
    needs=[needs.credit],
)
def scores_follow_the_factors(api: Zipf) -> None:
    """Reranked scores are those without it times 1.25 for the preferred authority, 1.15 for dominant kinds of
    document, and exp(-0.15 n) for a domain found n times; the order follows, nothing is lost.
    """
    id_ = api.given_session()
    plain = ranked(searched(api, id_, max_results=20))
    summary = context(api, id_)
    reply = searched(api, id_, max_results=20, **RERANKED)
    again = ranked(reply)
    expect.equal("URLs", sorted(again), sorted(plain))
    expect.equal("scores in their order", list(again.values()), sorted(again.values(), reverse=True))
    for result in reply["results"]:
        near("score", result["relevance_score"], plain[result["url"]] * factor(result, summary))


def factor(result: dict[str, Any], summary: dict[str, Any]) -> float:
    """Return what a context makes of a result's score."""
    kind = result["classification"]["document_type"]
    seen = summary["domain_frequency"].get(urlsplit(result["url"]).netloc, 0)
    authority = AUTHORITIES.get(kind)
    aligned = 1.25 if authority and authority == summary["authority_preference"] else 1.0
    dominant = 1.15 if kind in summary["dominant_document_types"] else 1.0
    return aligned * dominant * math.exp(-0.15 * seen)


def near(what: str, got: float, expected: float) -> None:
    """Expect a number to be close to another."""
    expect.that(abs(got - expected) < 1e-5, expected=f"{what} {expected}", got=got)


@requirement(
    "ZIPF-RERANK-03",
    level=Level.MUST,
    origin=assumed("The page says that AI features receive context with use_session_context true."),
    operations=["search_in_session"],
    needs=[needs.credit],
)
def context_is_not_used_uninvited(api: Zipf) -> None:
    """With `use_session_context` false, or without accumulated context, reranking changes no score."""
    for config in ({"use_session_context": False}, {"accumulate_context": False}):
        id_ = api.given_session(session_config=config)
        plain = ranked(searched(api, id_))
        expect.equal("scores", ranked(searched(api, id_, rerank_results=True)), plain)
