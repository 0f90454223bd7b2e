"""Reranking: results in the order of relevance, session intent and context."""

import math
from urllib.parse import urlsplit

import pytest

from tests.mock_server.apis.zipf.callers import Callers


def scores(reply: dict[str, list[dict[str, float]]]) -> dict[str, float]:
    """Relevance by URL."""
    return {str(result["url"]): result["relevance_score"] for result in reply["results"]}


def test_what_was_seen_goes_back(zipf: Callers) -> None:
    """Scores fall with what the session has of a domain; the same URLs are found, in another order."""
    session_id = zipf.session()
    plain = zipf.search(session_id)
    context = zipf.get(f"/sessions/{session_id}")["context_summary"]
    reranked = zipf.search(session_id, rerank_results=True, extract_metadata=True)

    assert set(scores(plain)) == set(scores(reranked))
    assert list(scores(reranked).values()) == sorted(scores(reranked).values(), reverse=True)
    for result in reranked["results"]:
        novelty = math.exp(-0.15 * context["domain_frequency"].get(urlsplit(result["url"]).netloc, 0))
        kind = result["classification"]["document_type"]
        dominant = 1.15 if kind in context["dominant_document_types"] else 1
        authority = {"academic": "academic", "news": "news", "documentation": "technical"}.get(kind)
        aligned = 1.25 if authority and authority == context["authority_preference"] else 1
        expected = scores(plain)[result["url"]] * novelty * dominant * aligned
        assert result["relevance_score"] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("intent", "kinds"),
    [
        ("competitive_analysis", {"news", "analyst_report"}),
        ("due_diligence", {"legal", "regulatory"}),
        ("technical_evaluation", {"documentation"}),
        ("academic_research", {"academic"}),
        ("market_research", set()),
    ],
)
def test_an_intent_puts_its_documents_forward(zipf: Callers, intent: str, kinds: set[str]) -> None:
    """In a session that knows nothing, documents of the intent score a fifth more, others as before."""
    session_id = zipf.session(metadata={"intent": {"type": intent}})
    plain = scores(zipf.post("/search", {"query": "grid storage", "max_results": 20}))
    reranked = zipf.search(
        session_id, query="grid storage", max_results=20, rerank_results=True, extract_metadata=True
    )

    for result in reranked["results"]:
        boost = 1.2 if result["classification"]["document_type"] in kinds else 1
        assert result["relevance_score"] == pytest.approx(plain[result["url"]] * boost, abs=1e-5)


@pytest.mark.parametrize("config", [{"use_session_context": False}, {"accumulate_context": False}])
def test_context_that_is_not_used_changes_nothing(zipf: Callers, config: dict[str, bool]) -> None:
    """Without context to use, reranking leaves the order as it is."""
    session_id = zipf.session(session_config=config)
    plain = zipf.search(session_id)

    assert scores(zipf.search(session_id, rerank_results=True)) == scores(plain)


def test_context_knows_what_was_found(zipf: Callers) -> None:
    """The summary names kinds, entities and keywords of what the session has found."""
    session_id = zipf.session()
    found = zipf.search(session_id, query="grid tenders", source_type="news", extract_metadata=True)
    context = zipf.get(f"/sessions/{session_id}")["context_summary"]

    assert context["dominant_document_types"] == ["news"]
    assert context["authority_preference"] == "news"
    assert context["dominant_content_types"]
    assert set(context["entities"]) & set(found["query_interpretation"]["extracted_metadata"]["entities"])
