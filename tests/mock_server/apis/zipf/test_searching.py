"""The parameters of a search: sources, age, parts, and what the AI features add."""

import pytest

from tests.mock_server.apis.zipf.callers import Callers


def kinds(reply: dict[str, list[dict[str, dict[str, str]]]]) -> set[str]:
    """The kinds of document among classified results."""
    return {result["classification"]["document_type"] for result in reply["results"]}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("academic", {"academic"}),
        ("news", {"news"}),
        ("community", {"blog", "forum"}),
        ("commercial", {"analyst_report", "documentation"}),
    ],
)
def test_sources_are_of_the_kind_asked_for(zipf: Callers, source: str, expected: set[str]) -> None:
    """Only documents of that kind of source are found."""
    reply = zipf.post("/search", {"query": "grid storage", "source_type": source, "extract_metadata": True})

    assert reply["results"]
    assert kinds(reply) <= expected


@pytest.mark.parametrize(("freshness", "oldest"), [("week", "2026-02-22"), ("year", "2025-02-28")])
def test_fresh_results_are_no_older(zipf: Callers, freshness: str, oldest: str) -> None:
    """Nothing that was published before the time asked for is found."""
    zipf.freeze("2026-03-01T00:00:00Z")
    reply = zipf.post("/search", {"query": "grid storage", "freshness": freshness, "max_results": 20})

    assert reply["results"]
    assert min(result["published_date"] for result in reply["results"]) >= oldest


def test_a_query_is_split_into_its_aspects(zipf: Callers) -> None:
    """Each sub-query costs one credit and finds its own; a URL found twice is shown once."""
    body = {
        "query": "grid",
        "query_decomposition": True,
        "max_sub_queries": 3,
        "max_results_per_sub_query": 4,
    }
    reply = zipf.post("/search", body)
    urls = [result["url"] for result in reply["results"]]

    assert reply["credits"]["consumed"] == 4
    assert len(reply["decomposition"]["sub_queries"]) == 3
    assert reply["aggregation"]["total_before_dedup"] == 12
    assert len(urls) == len(set(urls)) == reply["aggregation"]["unique_urls"]


def test_repetitions_stay_where_nobody_removes_them(zipf: Callers) -> None:
    """Without `auto_deduplicate` a session shows what several sub-queries find as often as they do."""
    session_id = zipf.session(session_config={"auto_deduplicate": False})
    parts = {"query_decomposition": True, "max_sub_queries": 20, "max_results_per_sub_query": 50}
    reply = zipf.search(session_id, query="market outlook", **parts)

    assert reply["count"] == reply["aggregation"]["total_before_dedup"] > reply["aggregation"]["unique_urls"]


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        ("competitive_analysis", "vs comparison"),
        ("due_diligence", "risks financials"),
        ("technical_evaluation", "benchmarks specs"),
        ("academic_research", "research paper"),
    ],
)
def test_an_intent_adds_words(zipf: Callers, intent: str, words: str) -> None:
    """Interpretation adds the words of the session's intent, unless the session's context is not used."""
    for used, rewritten in ((True, f"storage {words}"), (False, "storage")):
        session_id = zipf.session(
            metadata={"intent": {"type": intent}}, session_config={"use_session_context": used}
        )
        reply = zipf.search(session_id, query="storage", interpret_query=True)
        assert reply["query_interpretation"]["rewritten_query"] == rewritten


@pytest.mark.parametrize("intent", ["market_research", "news_monitoring", "lead_generation"])
def test_other_intents_add_nothing(zipf: Callers, intent: str) -> None:
    """The document gives no effects for these."""
    session_id = zipf.session(metadata={"intent": {"type": intent}})
    reply = zipf.search(session_id, query="storage", interpret_query=True)

    assert reply["query_interpretation"]["rewritten_query"] == "storage"


def test_suggestions_follow_the_themes_of_the_session(zipf: Callers) -> None:
    """As many as asked for; in a session that knows something, its keywords come first."""
    session_id = zipf.session()
    zipf.search(session_id, query="battery storage")
    theme = zipf.get(f"/sessions/{session_id}")["context_summary"]["keywords"][0]
    reply = zipf.search(session_id, query="prices", generate_suggestions=True, num_suggestions=3)

    assert len(reply["suggested_queries"]) == 3
    assert reply["suggested_queries"][0]["query"] == f"prices {theme}"


@pytest.mark.parametrize(
    ("features", "cost"),
    [
        ({"generate_summary": True}, 1),
        ({"interpret_query": True, "rerank_results": True, "generate_suggestions": True}, 2),
        ({"query_decomposition": True}, 6),
        ({"query_decomposition": True, "max_sub_queries": 2, "extract_metadata": True}, 4),
    ],
)
def test_searches_have_their_price(zipf: Callers, features: dict[str, object], cost: int) -> None:
    """One, two with any advanced feature, one more for each sub-query; summaries are free."""
    before = zipf.get("/")["user"]["credits_balance"]
    credits_ = zipf.post("/search", {"query": "x", **features})["credits"]

    assert credits_["consumed"] == cost
    assert zipf.get("/")["user"]["credits_balance"] == before - cost == credits_["balance_after"]
