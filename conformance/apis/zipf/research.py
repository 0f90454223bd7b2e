"""Requirements on searches and crawls within a session."""

from typing import Any

from conformance import expect, needs
from conformance.apis.zipf import reading
from conformance.apis.zipf.client import QUERY, Zipf, ids
from conformance.apis.zipf.needs import pages
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

ZERO_COST = "filter_seen_urls: Credits: No extra cost"


def found_twice(api: Zipf, **second: Any) -> tuple[set[str], set[str]]:
    """Search for the same twice in one session, and return the URLs of each."""
    id_ = api.given_session()
    first = set(reading.urls(api.given_search(id_)))
    if not first:
        raise Inconclusive("the search found nothing, or does not show what it found")
    return first, set(reading.urls(api.given_search(id_, **second)))


@requirement(
    "ZIPF-SEARCH-01",
    level=Level.MUST,
    origin=documented(
        'POST /api/v1/sessions/{id}/search. -d \'{"query": "AI startups", "filter_seen_urls": true}\''
    ),
    operations=["search_in_session", "get_timeline"],
    needs=[needs.credit],
)
def searches_are_taken(api: Zipf) -> None:
    """An active session takes the document's search, which is then one of its operations."""
    id_ = api.given_session()
    api.search(id_, {"query": QUERY, "filter_seen_urls": True}).succeeded()
    count = expect.settled(lambda: len(api.timeline(id_)), lambda found: found == 1)
    expect.equal("number of operations", count, 1)


@requirement(
    "ZIPF-SEARCH-02",
    level=Level.MUST,
    origin=documented("filter_seen_urls: Exclude URLs already in session. Hard filter. Exact URL only"),
    operations=["search_in_session"],
    needs=[needs.credit],
)
def seen_urls_are_excluded(api: Zipf) -> None:
    """With `filter_seen_urls` a search shows no URL that an earlier search of the session has found."""
    first, second = found_twice(api, filter_seen_urls=True)
    expect.that(
        not first & second, expected="only URLs the session had not found", got=sorted(first & second)
    )


@requirement(
    "ZIPF-SEARCH-03",
    level=Level.MUST,
    origin=documented("filter_seen_urls (Bool, default: false)"),
    operations=["search_in_session"],
    needs=[needs.credit],
)
def seen_urls_stay_by_default(api: Zipf) -> None:
    """Without `filter_seen_urls` the same search shows URLs again that the session has found."""
    elsewhere = set(reading.urls(api.given_search(api.given_session())))
    first, second = found_twice(api)
    if not elsewhere & first:
        raise Inconclusive("the same search finds something else each time, so a repetition proves nothing")
    expect.that(bool(first & second), expected="a URL that was found before", got=sorted(second))


@requirement(
    "ZIPF-SEARCH-04",
    level=Level.MUST,
    origin=documented(ZERO_COST),
    operations=["search_in_session", "get_timeline"],
    needs=[needs.credit],
)
def filtering_costs_nothing(api: Zipf) -> None:
    """A search with `filter_seen_urls` costs what the same search without it does."""
    id_ = api.given_session()
    plain, filtered = (api.given_search(id_, filter_seen_urls=each) for each in (False, True))
    expect.equal("credits of the filtered search", reading.credits_of(filtered), reading.credits_of(plain))


@requirement(
    "ZIPF-SEARCH-05",
    level=Level.MUST,
    origin=documented("rerank_results=true: Credits: Triggers advanced (2 credits)"),
    operations=["search_in_session", "get_timeline"],
    needs=[needs.credit],
)
def reranking_costs_two(api: Zipf) -> None:
    """A search with `rerank_results` costs two credits."""
    id_ = api.given_session()
    api.http.budget.pay(1)
    credits_ = reading.credits_of(api.given_search(id_, rerank_results=True))
    if credits_ is None:
        raise Inconclusive("the timeline shows no credits")
    expect.equal("credits of a reranked search", credits_, 2)


@requirement(
    "ZIPF-SEARCH-06",
    level=Level.MUST,
    origin=assumed(
        "The reply is on another page, https://www.zipf.ai/docs/api/search, not in this document."
    ),
    operations=["search_in_session"],
    needs=[needs.credit],
)
def search_reply_is_exact(api: Zipf) -> None:
    """A search is answered at once with 200, its id and its results, at most `max_results` and each URL
    once.
    """
    id_ = api.given_session()
    reply = api.search(id_, {"query": QUERY, "max_results": 3}).has_status(200).object()
    expected = {"session_id": id_, "status": "completed", "query": QUERY, "count": 3}
    expect.includes("the reply", reply, expected)
    expect.includes("credits", reply.get("credits"), {"consumed": 1, "pricing_tier": "basic"})
    expect.equal("number of different URLs", len(set(reading.urls(reply))), 3)
    expect.equal("ids in the timeline", ids(api.timeline(id_)), [reply.get("search_job_id")])


@requirement(
    "ZIPF-SEARCH-07",
    level=Level.MUST,
    origin=assumed(
        "Bounds are on the pages on searches and crawls; 400 is the usual code for invalid input."
    ),
    operations=["search_in_session", "crawl_in_session"],
    needs=[needs.credit, pages(1)],
)
def wrong_operations_are_refused(api: Zipf) -> None:
    """What is missing, of another type, or beyond its bound is refused with 400 and recorded nowhere."""
    id_ = api.given_session()
    searches: tuple[Any, ...] = (
        {},
        {"query": ""},
        {"query": 7},
        {"query": "q" * 1001},
        {"query": QUERY, "max_results": 21},
    )
    crawls: tuple[Any, ...] = (
        {},
        {"urls": []},
        {"urls": "text"},
        {"urls": ["no-url"]},
        {"urls": api.pages(), "max_pages": 0},
    )
    for search, crawl in zip(searches, crawls, strict=True):
        api.search(id_, search).has_status(400)
        api.crawl(id_, crawl).has_status(400)
    expect.equal("operations after the refusals", api.timeline(id_), [])


@requirement(
    "ZIPF-CRAWL-01",
    level=Level.MUST,
    origin=documented("POST /api/v1/sessions/{id}/crawl: Crawl within a session context."),
    operations=["crawl_in_session", "get_timeline"],
    needs=[needs.credit, pages(1)],
)
def crawls_are_taken(api: Zipf) -> None:
    """An active session takes a crawl, which is then one of its operations."""
    id_ = api.given_session()
    api.crawl(id_, {"urls": api.pages()}).succeeded()
    count = expect.settled(lambda: len(api.timeline(id_)), lambda found: found == 1)
    expect.equal("number of operations", count, 1)


@requirement(
    "ZIPF-CRAWL-02",
    level=Level.MUST,
    origin=documented("crawl: filter_seen_urls (Bool, default: true) - Exclude URLs already in session"),
    operations=["crawl_in_session"],
    needs=[needs.credit, pages(1)],
)
def crawled_urls_are_excluded_by_default(api: Zipf) -> None:
    """A crawl leaves out a URL that the session has crawled, unless told otherwise."""
    id_, (page,) = api.given_session(), api.pages()
    crawled(api, id_, page)
    again = api.crawl(id_, {"urls": [page]})
    if not again.ok:  # nothing is left to crawl, which a deployment may refuse
        return
    entries = expect.settled(
        lambda: api.timeline(id_), lambda found: len(found) > 1 and not reading.busy(found)
    )
    expect.that(page not in reading.urls(entries[-1]), expected=f"a crawl without {page}", got=entries[-1])


@requirement(
    "ZIPF-CRAWL-03",
    level=Level.MUST,
    origin=documented("crawl: filter_seen_urls (Bool, default: true)"),
    operations=["crawl_in_session"],
    needs=[needs.credit, pages(1)],
)
def crawled_urls_can_be_crawled_again(api: Zipf) -> None:
    """With `filter_seen_urls` false a crawl takes a URL that the session has crawled before."""
    id_, (page,) = api.given_session(), api.pages()
    crawled(api, id_, page)
    again = reading.urls(api.given_crawl(id_, page, filter_seen_urls=False))
    expect.that(page in again, expected=f"a crawl of {page}", got=again)


@requirement(
    "ZIPF-CRAWL-04",
    level=Level.MUST,
    origin=assumed("The reply is on another page, https://www.zipf.ai/docs/api/crawl, not in this document."),
    operations=["crawl_in_session"],
    needs=[needs.credit, pages(2)],
)
def crawl_reply_is_exact(api: Zipf) -> None:
    """A crawl is answered at once with 200, its id and its pages; what is left out costs nothing."""
    id_, pages = api.given_session(), api.pages(2)
    for count in (2, 0):
        reply = api.crawl(id_, {"urls": pages}, cost=2).has_status(200).object()
        expected = {"session_id": id_, "status": "completed", "urls": pages, "pages_crawled": count}
        expect.includes("the reply", reply, expected)
        expect.equal("credits", reading.found(reply.get("credits"), "consumed"), [count])
        expect.equal("pages", reading.urls(reply), pages[:count])


@requirement(
    "ZIPF-CREDIT-01",
    level=Level.MUST,
    origin=assumed(
        "The page says that operations cost credits; 402 is the code the vendor's client has for too few."
    ),
    operations=["search_in_session", "crawl_in_session", "get_timeline"],
    actors=["penniless"],
    without_owner=True,
    needs=[needs.credit, pages(1)],
)
def operations_need_credits(api: Zipf) -> None:
    """Without credits searches and crawls are refused with 402, and recorded nowhere."""
    id_ = api.given_session("penniless")
    api.search(id_, {"query": QUERY}, "penniless").has_status(402)
    api.crawl(id_, {"urls": api.pages()}, "penniless").has_status(402)
    expect.equal("operations after the refusals", api.timeline(id_, "penniless"), [])


@requirement(
    "ZIPF-CREDIT-02",
    level=Level.MUST,
    origin=assumed(
        "Dry runs are on the pages on searches and crawls; what is not done is neither kept nor paid."
    ),
    operations=["search_in_session", "crawl_in_session", "get_timeline"],
    needs=[needs.credit, pages(1)],
)
def dry_runs_do_nothing(api: Zipf) -> None:
    """A dry run tells the price; it is no operation and takes no credits."""
    id_ = api.given_session()
    replies = [
        api.search(id_, {"query": QUERY, "dry_run": True}),
        api.crawl(id_, {"urls": api.pages(), "dry_run": True}),
    ]
    credits_ = [each.has_status(200).object().get("credits") for each in replies]
    expect.equal("prices", [reading.found(each, "consumed") for each in credits_], [[1], [1]])
    balances = reading.found(credits_, "balance_after")
    expect.equal("balance after the second", balances[1:], balances[:1])
    expect.equal("operations after the dry runs", api.timeline(id_), [])


def crawled(api: Zipf, id_: str, page: str) -> None:
    """Crawl a page in a session, or end as inconclusive when the timeline does not show it."""
    if page not in reading.urls(api.given_crawl(id_, page)):
        raise Inconclusive("the crawl does not show the page it fetched")
