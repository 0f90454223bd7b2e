"""Searches and crawls: what they find, what they cost, what refuses them."""

import pytest

from tests.mock_server.apis.zipf.callers import Callers, refusal


def urls(reply: dict[str, list[dict[str, str]]]) -> list[str]:
    """The URLs of an operation's results."""
    return [result["url"] for result in reply["results"]]


def test_the_same_query_finds_the_same(zipf: Callers) -> None:
    """The web does not change: the same words find the same pages, as many as were asked for."""
    session_id = zipf.session()
    first, second = (
        zipf.search(session_id, query=text, max_results=20) for text in ("AI  startups", "ai startups")
    )

    assert urls(first) == urls(second)
    assert len(set(urls(first))) == first["count"] == 20


def test_seen_urls_are_left_out_before_results_are_counted(zipf: Callers) -> None:
    """With `filter_seen_urls` a search finds as many new URLs, at the same price."""
    session_id = zipf.session()
    first = zipf.search(session_id)
    second = zipf.search(session_id, filter_seen_urls=True)

    assert not set(urls(first)) & set(urls(second))
    assert (second["count"], second["credits"]["consumed"]) == (10, 1)


def test_crawling_again_is_declined_unless_asked_for(zipf: Callers) -> None:
    """A crawl leaves out what the session has crawled, unless `filter_seen_urls` is false."""
    session_id = zipf.session()
    again = [zipf.crawl(session_id, **body) for body in ({}, {}, {"filter_seen_urls": False})]

    assert [each["pages_crawled"] for each in again] == [1, 0, 1]
    assert [each["credits"]["consumed"] for each in again] == [1, 0, 1]


def test_what_was_found_can_be_crawled(zipf: Callers) -> None:
    """Found is not crawled: a search leaves its results to the crawl that follows."""
    session_id = zipf.session()
    found = urls(zipf.search(session_id))

    assert urls(zipf.crawl(session_id, *found)) == found


@pytest.mark.parametrize(("collapse", "pages"), [(True, 1), (False, 2)])
def test_repeated_urls_collapse_by_configuration(zipf: Callers, collapse: bool, pages: int) -> None:
    """`auto_deduplicate` decides whether a URL given twice is crawled twice."""
    session_id = zipf.session(session_config={"auto_deduplicate": collapse})

    assert zipf.crawl(session_id, "https://a.example/", "https://a.example/")["pages_crawled"] == pages


def test_max_pages_bounds_a_crawl(zipf: Callers) -> None:
    """No more pages are fetched than asked for."""
    session_id = zipf.session()

    assert urls(zipf.crawl(session_id, "https://a.example/", "https://b.example/", max_pages=1)) == [
        "https://a.example/"
    ]


def test_advanced_features_cost_double(zipf: Callers) -> None:
    """Reranking makes a search cost two, classifying a page; the balance falls by as much."""
    session_id = zipf.session()
    search = zipf.search(session_id, rerank_results=True)["credits"]
    crawl = zipf.crawl(session_id, "https://a.example/", "https://b.example/", classify_documents=True)[
        "credits"
    ]

    assert (search["consumed"], search["pricing_tier"]) == (2, "advanced")
    assert (crawl["consumed"], crawl["advanced_features"]) == (4, ["classify_documents"])
    assert search["balance_after"] - crawl["balance_after"] == 4
    assert zipf.get(f"/sessions/{session_id}")["session"]["aggregates"]["total_credits"] == 6


def test_a_dry_run_does_nothing(zipf: Callers) -> None:
    """It tells the price; there is no operation, and nobody pays."""
    session_id = zipf.session(session_config={"max_operations": 1})
    before = zipf.search(session_id, dry_run=True)["credits"]
    after = zipf.crawl(session_id, dry_run=True)["credits"]

    assert (before["consumed"], before["balance_after"]) == (1, after["balance_after"])
    assert zipf.get(f"/sessions/{session_id}/timeline")["operations"] == []


def test_without_credits_nothing_is_done(zipf: Callers) -> None:
    """Whoever has no credits gets 402, and the session stays as it was."""
    session_id = zipf.session(by="penniless")
    response = zipf.send("POST", f"/sessions/{session_id}/search", {"query": "x"}, by="penniless")

    assert refusal(response) == (402, "Insufficient credits")
    assert zipf.get(f"/sessions/{session_id}/timeline", by="penniless")["operations"] == []


@pytest.mark.parametrize("limit", [1, 3])
def test_max_operations_is_the_limit(zipf: Callers, limit: int) -> None:
    """Searches and crawls count alike; the one too many answers 409, and the session stays active."""
    session_id = zipf.session(session_config={"max_operations": limit})
    for _ in range(limit):
        zipf.crawl(session_id)

    assert refusal(zipf.send("POST", f"/sessions/{session_id}/search", {"query": "x"}))[0] == 409
    assert zipf.get(f"/sessions/{session_id}")["session"]["status"] == "active"


def test_a_session_without_a_limit_takes_a_hundred(zipf: Callers) -> None:
    """Nobody gets beyond 100 operations."""
    session_id = zipf.session()
    for _ in range(100):
        zipf.crawl(session_id)

    assert refusal(zipf.send("POST", f"/sessions/{session_id}/search", {"query": "x"})) == (
        409,
        "Operation limit reached",
    )


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("search", {}),
        ("search", {"query": ""}),
        ("search", {"query": "x" * 1001}),
        ("search", {"query": "x", "max_results": 21}),
        ("crawl", {}),
        ("crawl", {"urls": []}),
        ("crawl", {"urls": ["ftp://a.example/"]}),
        ("crawl", {"urls": ["https://a.example/"], "max_pages": 0}),
    ],
)
def test_what_is_out_of_range_is_refused(zipf: Callers, kind: str, body: object) -> None:
    """Parameters outside their range answer 400."""
    assert refusal(zipf.send("POST", f"/sessions/{zipf.session()}/{kind}", body)) == (400, "Invalid request")


def test_context_builds_up_only_where_wanted(zipf: Callers) -> None:
    """Queries and domains are in the summary of a session that accumulates context, and of no other."""
    for wanted, queries in ((True, ["second", "first"]), (False, [])):
        session_id = zipf.session(session_config={"accumulate_context": wanted})
        for query in ("first", "second"):
            zipf.search(session_id, query=query)
        summary = zipf.get(f"/sessions/{session_id}")["context_summary"]
        assert (summary["recent_queries"], bool(summary["domain_frequency"])) == (queries, wanted)
