"""Searches and crawls as jobs: alone or in a session, done later, read by whom."""

import pytest

from tests.mock_server.apis.zipf.callers import NORTHWIND, Callers, refusal

SEARCH = {"query": "AI startups"}
CRAWL = {"urls": ["https://a.example/"]}
KINDS = [("/search", "/search/jobs/", "search_job_id", SEARCH), ("/crawls", "/crawls/", "id", CRAWL)]
each_kind = pytest.mark.parametrize(("create", "read", "name", "body"), KINDS, ids=["search", "crawl"])


@each_kind
def test_a_job_is_done_when_its_time_is_over(
    zipf: Callers, create: str, read: str, name: str, body: dict[str, object]
) -> None:
    """It waits, runs, and has results when the world's clock has gone on."""
    zipf.freeze("2026-03-01T00:00:00Z")
    job = zipf.post(create, {**body, "processing_mode": "async"})
    statuses = [job["status"]]
    for _ in range(2):
        zipf.advance(seconds=1)
        statuses.append(zipf.get(read + job[name])["status"])

    assert statuses == ["pending", "running", "completed"]
    assert job["results"] == []
    assert zipf.get(read + job[name])["results"]


@each_kind
def test_a_job_can_be_read_again(
    zipf: Callers, create: str, read: str, name: str, body: dict[str, object]
) -> None:
    """What was done at once reads as it was answered, and it belongs to no session."""
    job = zipf.post(create, body)

    assert zipf.get(read + job[name]) == job
    assert (job["session_id"], job["status"]) == (None, "completed")


@each_kind
def test_a_job_in_a_session_is_an_operation_of_it(
    zipf: Callers, create: str, read: str, name: str, body: dict[str, object]
) -> None:
    """With a `session_id` the operation stands in the timeline, and goes when the session goes."""
    session_id = zipf.session()
    job = zipf.post(create, {**body, "session_id": session_id})

    assert [each["id"] for each in zipf.get(f"/sessions/{session_id}/timeline")["operations"]] == [job[name]]
    zipf.send("DELETE", f"/sessions/{session_id}").raise_for_status()
    assert refusal(zipf.send("GET", read + job[name])) == (404, "Job not found")


@each_kind
def test_jobs_are_shared_with_their_session(
    zipf: Callers, create: str, read: str, name: str, body: dict[str, object]
) -> None:
    """A member reads the job while the session is shared, not before and not after; a stranger never does."""
    session_id = zipf.session()
    path = read + zipf.post(create, {**body, "session_id": session_id})[name]
    seen = [zipf.send("GET", path, by="member").status_code]
    zipf.share(session_id, shared_with_org=True, organization_id=NORTHWIND)
    seen += [zipf.send("GET", path, by=each).status_code for each in ("member", "outsider")]
    zipf.share(session_id, shared_with_org=False)
    seen.append(zipf.send("GET", path, by="member").status_code)

    assert seen == [404, 200, 404, 404]


def test_a_running_job_adds_nothing_yet(zipf: Callers) -> None:
    """Aggregates, context and the filter of seen URLs know its results when it is completed."""
    zipf.freeze("2026-03-01T00:00:00Z")
    session_id = zipf.session()
    zipf.search(session_id, processing_mode="async")
    before = zipf.get(f"/sessions/{session_id}")
    zipf.advance(seconds=2)
    after = zipf.get(f"/sessions/{session_id}")

    assert [each["session"]["aggregates"]["unique_urls"] for each in (before, after)] == [0, 10]
    assert [bool(each["context_summary"]["domain_frequency"]) for each in (before, after)] == [False, True]


def test_alone_nothing_is_seen(zipf: Callers) -> None:
    """What stands alone has no session to have seen anything: the same URL is crawled again."""
    pages = [zipf.post("/crawls", CRAWL)["pages_crawled"] for _ in range(2)]

    assert pages == [1, 1]
