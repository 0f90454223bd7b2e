"""Requirements on searches and crawls that stand alone, on their parameters, and on jobs."""

from typing import Any

from conformance import expect, needs
from conformance.addressing import segment
from conformance.apis.zipf import reading
from conformance.apis.zipf.client import QUERY, Zipf
from conformance.apis.zipf.needs import pages
from conformance.outcome import Inconclusive
from conformance.reply import Reply
from conformance.requirement import Level, assumed, documented, requirement

UNDONE = ("pending", "running")
ELSEWHERE = "It is on the pages on searches and crawls, https://www.zipf.ai/docs/api/search and /crawl."


def search(api: Zipf, body: Any, actor: str = "owner", cost: int = 1) -> Reply:
    """POST /search."""
    api.http.budget.pay(cost)
    return api.http.request("POST", "/search", actor=actor, body=body)


def crawl(api: Zipf, body: Any, actor: str = "owner", cost: int = 1) -> Reply:
    """POST /crawls."""
    api.http.budget.pay(cost)
    return api.http.request("POST", "/crawls", actor=actor, body=body)


def job_path(kind: str, id_: Any) -> str:
    """Return the path of a search or a crawl."""
    return ("/search/jobs/" if kind == "search" else "/crawls/") + segment(str(id_))


def get_job(api: Zipf, kind: str, id_: Any, actor: str = "owner") -> Reply:
    """GET /search/jobs/{id} or /crawls/{id}."""
    return api.http.request("GET", job_path(kind, id_), actor=actor)


def finished(api: Zipf, kind: str, id_: Any) -> Any:
    """Return a job that is done, or end as inconclusive where nothing but time makes it so."""

    def read() -> Any:
        return get_job(api, kind, id_).has_status(200).object()

    done = expect.settled(read, lambda job: job.get("status") not in UNDONE)
    if done.get("status") in UNDONE and "age" not in api.http.target.hooks:
        raise Inconclusive(f"the {kind} was still {done['status']} after a moment")
    return done


def balance(api: Zipf) -> Any:
    """Return the owner's credits."""
    account = api.http.request("GET", "/", actor="owner").has_status(200).object()
    return reading.found(account, "credits_balance")


def price(reply: Reply) -> int | float:
    """Return what a reply says an operation has cost."""
    body = reply.succeeded().exchange.reply_json()
    found = reading.credits_of(body) if isinstance(body, dict) else None
    if found is None:
        raise Inconclusive("the reply shows no credits")
    return found


@requirement(
    "ZIPF-ALONE-01",
    level=Level.MUST,
    origin=documented("POST /api/v1/sessions/{id}/search: Same parameters as POST /api/v1/search"),
    operations=["search_web", "search_in_session"],
    needs=[needs.credit],
)
def searches_take_the_same(api: Zipf) -> None:
    """What a search of its own takes, a search in a session takes as well."""
    body = {"query": QUERY, "max_results": 5}
    search(api, body).succeeded()
    api.search(api.given_session(), body).succeeded()


@requirement(
    "ZIPF-ALONE-02",
    level=Level.MUST,
    origin=documented("POST /api/v1/sessions/{id}/crawl: Same parameters as POST /api/v1/crawls"),
    operations=["crawl_pages", "crawl_in_session"],
    needs=[needs.credit, pages(1)],
)
def crawls_take_the_same(api: Zipf) -> None:
    """What a crawl of its own takes, a crawl in a session takes as well."""
    body = {"urls": api.pages(), "max_pages": 1}
    crawl(api, body).succeeded()
    api.crawl(api.given_session(), body).succeeded()


@requirement(
    "ZIPF-ALONE-03",
    level=Level.MUST,
    origin=documented("Credits: Same as individual operations (search/crawl)"),
    operations=["search_web", "search_in_session", "crawl_pages", "crawl_in_session", "get_timeline"],
    needs=[needs.credit, pages(1)],
)
def sessions_cost_nothing_extra(api: Zipf) -> None:
    """A search and a crawl cost in a session what they cost alone."""
    id_ = api.given_session()
    alone = [price(search(api, {"query": QUERY})), price(crawl(api, {"urls": api.pages()}))]
    inside = [reading.credits_of(each) for each in (api.given_search(id_), api.given_crawl(id_))]
    expect.equal("credits of search and crawl in a session", inside, alone)


@requirement(
    "ZIPF-ALONE-04",
    level=Level.MUST,
    origin=assumed(ELSEWHERE),
    operations=["search_web", "crawl_pages", "get_search_job", "get_crawl", "get_timeline", "delete_session"],
    needs=[needs.credit, pages(1)],
)
def session_ids_link(api: Zipf) -> None:
    """With a `session_id` an operation belongs to the session, alone to none; either can be read again, and
    goes when its session goes.
    """
    id_ = api.given_session()
    for kind, act, body in (("search", search, {"query": QUERY}), ("crawl", crawl, {"urls": api.pages()})):
        for session in (None, id_):
            reply = act(api, {**body, "session_id": session} if session else body).has_status(200).object()
            expect.includes("the reply", reply, {"session_id": session, "status": "completed"})
            job = reply.get("search_job_id" if kind == "search" else "id")
            expect.equal(f"the {kind} read again", get_job(api, kind, job).has_status(200).object(), reply)
    linked = [each.get("id") for each in api.timeline(id_)]
    expect.equal("number of operations in the session", len(linked), 2)
    api.given(api.delete_session(id_))
    for kind, job in zip(("search", "crawl"), linked, strict=True):
        get_job(api, kind, job).has_status(404)


@requirement(
    "ZIPF-ALONE-05",
    level=Level.MUST,
    origin=assumed(ELSEWHERE),
    operations=["search_web", "crawl_pages", "get_search_job", "get_crawl"],
    needs=[needs.credit, pages(1)],
)
def jobs_are_done_later(api: Zipf) -> None:
    """With `processing_mode` async the reply comes without results; the job has them when it is completed."""
    mode = {"processing_mode": "async"}
    for kind, reply in (
        ("search", search(api, {"query": QUERY, **mode})),
        ("crawl", crawl(api, {"urls": api.pages(), **mode})),
    ):
        job = reply.has_status(200).object()
        expect.one_of("status", job.get("status"), UNDONE)
        expect.equal("results of a job that is not done", job.get("results"), [])
        if "age" in api.http.target.hooks:
            api.age(str(job.get("id")), 1 / 24)
        done = finished(api, kind, job.get("search_job_id", job.get("id")))
        expect.equal("status in the end", done.get("status"), "completed")
        expect.that(bool(done.get("results")), expected="results in the end", got=done)


@requirement(
    "ZIPF-ALONE-06",
    level=Level.MUST,
    origin=assumed(ELSEWHERE),
    operations=["search_web", "get_account"],
    needs=[needs.credit],
)
def features_have_their_price(api: Zipf) -> None:
    """A search costs one, two with advanced features, and one more for each sub-query; summaries are free.
    The balance falls by as much.
    """
    bodies: tuple[tuple[int, dict[str, Any]], ...] = (
        (1, {"generate_summary": True}),
        (2, {"generate_suggestions": True, "interpret_query": True}),
        (3, {"query_decomposition": True, "max_sub_queries": 2}),
    )
    for cost, body in bodies:
        (before,) = balance(api)
        expect.equal("credits", price(search(api, {"query": QUERY, **body}, cost=cost)), cost)
        expect.equal("balance", balance(api), [before - cost])


@requirement(
    "ZIPF-ALONE-07",
    level=Level.MUST,
    origin=assumed(ELSEWHERE),
    operations=["search_web"],
    needs=[needs.credit],
)
def searches_keep_to_their_parameters(api: Zipf) -> None:
    """Results are of the kind of source asked for and no older; a split query shows its parts and each URL
    once.
    """
    asked = {"query": "grid storage", "max_results": 20, "extract_metadata": True}
    news = search(api, {**asked, "source_type": "news"}, cost=2).has_status(200).object()
    expect.equal("kinds of document", set(reading.found(news["results"], "document_type")), {"news"})
    every, fresh = (
        search(api, {**asked, **more}, cost=2).object()["results"] for more in ({}, {"freshness": "month"})
    )
    days = [min(reading.found(each, "published_date"), default="") for each in (every, fresh)]
    expect.that(days[1] > days[0], expected=f"results after {days[0]}", got=days[1])
    parts = {"query_decomposition": True, "max_sub_queries": 3, "max_results_per_sub_query": 4}
    split = search(api, {"query": "market", **parts}, cost=4).has_status(200).object()
    expect.equal("number of sub-queries", [len(each) for each in reading.found(split, "sub_queries")], [3])
    urls = reading.urls(split)
    expect.equal("number of different URLs", len(set(urls)), len(urls))


@requirement(
    "ZIPF-ALONE-08",
    level=Level.MUST,
    origin=assumed(ELSEWHERE),
    operations=["crawl_pages"],
    needs=[needs.credit, pages(1)],
)
def crawls_follow_links(api: Zipf) -> None:
    """A crawl follows links within the site when it is asked to, one link far, to `max_pages` at the most; a
    budget is kept.
    """
    (page,) = api.pages()
    variants: dict[str, dict[str, Any]] = {
        "none": {},
        "internal": {"expansion": "internal"},
        "budget": {"expansion": "internal", "budget_config": {"max_credits": 2}},
        "limit": {"expansion": "both", "max_pages": 3},
    }
    replies = {name: crawl(api, {"urls": [page], **more}, cost=10) for name, more in variants.items()}
    counts = {name: len(reading.urls(reply.has_status(200).object())) for name, reply in replies.items()}
    expect.that(counts["internal"] > 1, expected="more than the page where it began", got=counts)
    expect.includes("numbers of pages", counts, {"none": 1, "budget": 2, "limit": 3})
    too_many = {"urls": [page], "processing_mode": "sync", "max_pages": 11}
    crawl(api, too_many).has_status(400)


@requirement(
    "ZIPF-ALONE-09",
    level=Level.MUST,
    origin=assumed("webhook_url is required for processing_mode webhook. " + ELSEWHERE),
    operations=["search_web", "crawl_pages"],
    needs=[needs.credit, pages(1)],
)
def a_webhook_needs_an_address(api: Zipf) -> None:
    """Results that are to be sent without an address to send them to are refused with 400."""
    mode = {"processing_mode": "webhook"}
    search(api, {"query": QUERY, **mode}).has_status(400)
    crawl(api, {"urls": api.pages(), **mode}).has_status(400)


@requirement(
    "ZIPF-DEDUP-01",
    level=Level.MUST,
    origin=documented("session_config.auto_deduplicate Bool true: Auto-remove duplicate URLs"),
    operations=["crawl_in_session"],
    needs=[needs.credit, pages(1)],
)
def repeated_urls_are_removed(api: Zipf) -> None:
    """A crawl to which the same URL is given twice shows its page once, unless the session says otherwise."""
    (page,) = api.pages()
    found = reading.urls(api.given_crawl(api.given_session(), page, page))
    expect.that(found.count(page) <= 1, expected=f"{page} once", got=found)


@requirement(
    "ZIPF-DEDUP-02",
    level=Level.MUST,
    origin=documented("filter_seen_urls=true: Scope: Exact URL only"),
    operations=["crawl_in_session"],
    needs=[needs.credit, pages(1)],
)
def only_exact_urls_are_excluded(api: Zipf) -> None:
    """A crawl takes a URL that differs from one the session has crawled in its query only."""
    id_, (page,) = api.given_session(), api.pages()
    other = f"{page}?conformance=1"
    api.given_crawl(id_, page)
    found = reading.urls(api.given_crawl(id_, other))
    expect.that(other in found, expected=f"a crawl of {other}", got=found)
