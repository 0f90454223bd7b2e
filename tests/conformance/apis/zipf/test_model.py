"""Zipf's shadow model: what it suspects of sessions and of what belongs to them."""

from typing import Any

import pytest

from conformance.apis.zipf.model import ZipfModel
from tests.conformance.apis.zipf.steps import (
    ANNA,
    BERT,
    CREATED,
    DELETED,
    DETAILS,
    NOBODY,
    OTTO,
    SESSION,
    Step,
    completed,
    crawled,
    entry,
    graph,
    listed,
    refused,
    searched,
    session,
    shared,
    shown,
    step,
    suspected,
    timeline,
    updated,
)

URL = "https://found.example/1"
OPEN = shared({"public_share": True})
CLOSED = shared({"public_share": False})
TEAM = shared({"shared_with_org": True, "organization_id": "o-1"})
ALONE = shared({"shared_with_org": False})
MEMBERSHIPS = [step("GET", "/", 200, {"user": {"organizations": [{"id": id_}]}}, who=who)
               for who, id_ in ((BERT, "o-1"), (OTTO, "o-9"))]  # fmt: skip
SHARED_LIST = "?include_shared=true&limit=100"
ARCHIVED = step("POST", "/sessions/s-1/archive", 200, {"session": session(status="archived")})
PUBLIC = "/public/sessions/s-1"

TEXTS: list[tuple[str, list[Step]]] = [
    ("CREATE-01", [step("GET", "/sessions/s-1", 404)]),
    ("CREATE-03", [shown(name="another")]),
    ("CREATE-05", [shown(session_config={"auto_deduplicate": False})]),
    ("CREATE-08", [updated(name=7), completed(), shown(status="completed", name="n" * 256)]),
    ("CREATE-09", [shown(session_config={"max_operations": 3})]),
    ("UPDATE-01", [updated(name="new"), shown(name="AI")]),
    ("UPDATE-02", [updated(config={"max_operations": 5}), shown(session_config={"max_operations": 9})]),
    ("UPDATE-03", [updated(name="new"), shown(name="new", description="gone")]),
    ("UPDATE-03", [shown(), shown(description="of itself")]),
    ("UPDATE-04", [updated(name="n" * 256), shown(name="n" * 256)]),
    ("UPDATE-06", [step("PATCH", "/sessions/s-1", 200, {"session": SESSION}, {"name": "new"})]),
    ("UPDATE-08", [refused("PATCH", "", {"name": "new"}), shown(name="new")]),
    (
        "UPDATE-08",
        [refused("PATCH", "", {"name": "new"}), updated(description="x"), shown(name="new", description="x")],
    ),
    ("GET-02", [shown(access_level="org_viewer")]),
    ("GET-07", [shown(organization_name="Acme")]),
]
LIFE: list[tuple[str, list[Step]]] = [
    ("CREATE-04", [shown(status="completed")]),
    ("LIFE-01", [completed(), shown(status="active")]),
    ("LIFE-03", [step("POST", "/sessions/s-1/archive", 200)]),
    ("LIFE-03", [refused("POST", "/archive"), shown(status="completed")]),
    ("LIFE-04", [completed(), ARCHIVED, shown(status="completed")]),
    ("LIFE-04", [completed(), ARCHIVED, step("GET", "/sessions/s-1", 404)]),
    ("LIFE-09", [completed(), refused("POST", "/complete"), shown(status="active")]),
    ("LIFE-10", [step("POST", "/sessions/s-1/complete", 200, {"session": SESSION})]),
    ("UPDATE-05", [updated(status="completed"), shown(status="completed")]),
    ("LIFE-02", [completed(), searched()]),
    ("LIFE-02", [completed(), refused("POST", "/crawl"), timeline(entry())]),
    ("LIFE-05", [completed(), ARCHIVED, crawled()]),
    ("LIFE-06", [searched(), searched(), searched()]),
    ("LIFE-06", [searched(), searched(), refused("POST", "/search"), timeline(*[entry()] * 3)]),
    ("DELETE-01", [DELETED, shown()]),
    ("DELETE-01", [DELETED, updated(name="revived")]),
    ("DELETE-01", [DELETED, step("POST", "/search", 200, {"session_id": "s-1"}, {"session_id": "s-1"})]),
    ("DELETE-02", [DELETED, listed("", SESSION)]),
    ("DELETE-03", [OPEN, DELETED, step("GET", f"{PUBLIC}/timeline", 200, {"operations": []})]),
    ("DELETE-05", [DELETED, DELETED]),
]
WORK: list[tuple[str, list[Step]]] = [
    ("TIMELINE-01", [searched(), timeline()]),
    ("TIMELINE-01", [timeline(entry())]),
    ("TIMELINE-01", [searched(), searched(), timeline(entry(id="j-1"), entry(id="j-1"))]),
    ("TIMELINE-02", [searched(), searched(), timeline(entry(at=2), entry(at=1))]),
    ("TIMELINE-03", [searched(), timeline(entry(id="j-1")), timeline(entry(id="j-1", credits_consumed=2))]),
    ("TIMELINE-04", [searched(), timeline(entry(), total_credits=9)]),
    ("GET-05", [searched(), shown(operations=[])]),
    ("EXPORT-01", [step("GET", "/sessions/s-1/export?format=json", 200, {"name": "another"})]),
    ("EXPORT-02", [step("GET", "/sessions/s-1/export?format=csv", 200, b"a,b\n1\n")]),
    ("EXPORT-05", [step("GET", "/sessions/s-1/export?format=csv", 200, b"a,b\n1,=2\n")]),
    ("SEARCH-02", [searched(URL), searched(URL, filter_seen_urls=True)]),
    ("SEARCH-05", [searched(cost=1, rerank_results=True)]),
    ("SEARCH-06", [searched(URL, f"{URL}0", max_results=1)]),
    ("SEARCH-07", [refused("POST", "/search", {}), timeline(entry())]),
    ("SEARCH-07", [refused("POST", "/crawl", {}), completed(), refused("POST", "/crawl"), timeline(entry())]),
    ("SEARCH-07", [refused("POST", "/crawl", who=OTTO), refused("POST", "/crawl", {}), timeline(entry())]),
    ("ACCESS-04", [refused("POST", "/crawl", {}, who=OTTO), timeline(entry())]),
    ("CREDIT-01", [refused("POST", "/crawl", {}, status=402), timeline(entry())]),
    ("CREDIT-02", [searched(dry_run=True), timeline(entry())]),
    ("CRAWL-02", [crawled(URL), crawled(URL)]),
    ("DEDUP-01", [crawled(URL, URL)]),
    ("ALONE-06", [searched(cost=3)]),
    ("ALONE-06", [searched(balance=9), searched(balance=9)]),
    ("GRAPH-02", [crawled(URL), graph("", operations_included=0)]),
    ("GRAPH-03", [graph("?include_nodes=false", pageranks=[1])]),
    ("GRAPH-04", [graph("", edges=[1])]),
    ("GRAPH-05", [graph("?node_limit=1", pageranks=[0.5, 0.5])]),
    ("GRAPH-06", [graph("", pageranks=[0.1, 0.9])]),
    ("GRAPH-07", [graph("?min_importance=0.5", pageranks=[0.9, 0.1])]),
    ("GRAPH-08", [graph("?metadata_only=true", pageranks=[1])]),
]
ACCESS: list[tuple[str, list[Step]]] = [
    ("AUTH-01", [shown(who=NOBODY)]),
    ("AUTH-01", [updated(name="new", who=NOBODY)]),
    ("ACCESS-01", [shown(who=BERT)]),
    ("ACCESS-01", [*MEMBERSHIPS, TEAM, step("GET", "/sessions/s-1", 404, who=BERT)]),
    ("ACCESS-01", [*MEMBERSHIPS, TEAM, shown(who=BERT, access_level="owner", organization_name="Acme")]),
    ("ACCESS-02", [*MEMBERSHIPS, TEAM, step("GET", "/sessions/s-1/timeline", 403, who=BERT)]),
    ("ACCESS-03", [*MEMBERSHIPS, TEAM, updated(name="new", who=BERT)]),
    ("ACCESS-03", [*MEMBERSHIPS, TEAM, refused("PATCH", "", {"name": "new"}, who=BERT), shown(name="new")]),
    ("ACCESS-04", [*MEMBERSHIPS, TEAM, shown(who=OTTO)]),
    ("ACCESS-04", [*MEMBERSHIPS, searched(who=OTTO)]),
    ("ACCESS-05", [step("GET", "/", 200, {"user": {"organizations": []}}), TEAM]),
    ("SHARE-02", [searched(), shared({"shared_with_org": True, "organization_id": "o-1"}, searches=0)]),
    ("SHARE-03", [crawled(URL), TEAM, shared({"shared_with_org": False}, crawls=0)]),
    ("SHARE-04", [*MEMBERSHIPS, TEAM, searched(), timeline(who=BERT)]),
    ("SHARE-05", [*MEMBERSHIPS, TEAM, ALONE, timeline(who=BERT)]),
    ("SHARE-06", [*MEMBERSHIPS, OPEN, TEAM,
                  shown(who=BERT, access_level="public", organization_name="Acme")]),
    ("SHARE-07", [searched(), timeline(entry(shared_with_org=True))]),
    ("SHARE-08", [TEAM, shown(organization_name="Acme", organization_id="o-2")]),
    ("GET-03", [TEAM, shown(organization_name=None)]),
    ("PUBLIC-01", [OPEN, step("GET", PUBLIC, 404, who=NOBODY)]),
    ("PUBLIC-02", [OPEN, searched(), step("GET", f"{PUBLIC}/timeline", 200, {"operations": []})]),
    ("PUBLIC-03", [OPEN, step("GET", f"{PUBLIC}/export", 404)]),
    ("PUBLIC-04", [step("GET", PUBLIC, 200, DETAILS)]),
    ("PUBLIC-05", [OPEN, CLOSED, step("GET", PUBLIC, 200, DETAILS)]),
    ("PUBLIC-06", [OPEN, step("PATCH", PUBLIC, 200, None, {})]),
    ("PUBLIC-07", [OPEN, step("GET", PUBLIC, 200, {"session": {"customer_id": "u-1"}})]),
    ("PUBLIC-09", [*MEMBERSHIPS, OPEN, shown(who=OTTO, access_level="owner")]),
]  # fmt: skip
LISTS: list[tuple[str, list[Step]]] = [
    ("CREATE-03", [listed("", session(name="another"))]),
    ("LIST-01", [listed("?limit=9")]),
    ("LIST-01", [listed("", SESSION, SESSION)]),
    ("LIST-01", [listed("", SESSION, who=OTTO)]),
    ("LIST-02", [listed("?limit=1", SESSION, session(id="s-2"))]),
    ("LIST-02", [listed(SHARED_LIST, SESSION, totals=(2, 0))]),
    ("LIST-03", [listed(f"{SHARED_LIST}&offset=1", totals=(2, 0))]),
    ("LIST-04", [listed("?status=archived", SESSION)]),
    ("LIST-04", [completed(), ARCHIVED, listed("?status=archived&limit=9")]),
    ("LIST-05", [listed("?tag=ml", SESSION)]),
    ("LIST-05", [shown(), listed("?tag=ai&limit=9")]),
    ("LIST-06", [listed("?days_back=7", session(id="old", created_at="2026-01-01T00:00:00Z"))]),
    ("LIST-07", [listed("?include_shared=true", session(id="s-0"), totals=(1, 0))]),
    ("LIST-11", [listed("?limit=9", SESSION, total=7)]),
    ("LIST-11", [listed("", total=0)]),
    ("LIST-13", [listed("?status=completed&tag=ai", SESSION)]),
    ("LIST-09", [*MEMBERSHIPS, TEAM, listed(SHARED_LIST, who=BERT, theirs=[])]),
    ("LIST-09", [TEAM, listed(SHARED_LIST, SESSION, theirs=[SESSION])]),
    ("LIST-10", [*MEMBERSHIPS, TEAM, listed(SHARED_LIST, who=OTTO, theirs=[SESSION])]),
    ("SHARE-05", [*MEMBERSHIPS, TEAM, ALONE, listed(SHARED_LIST, who=BERT, theirs=[SESSION])]),
    ("SHARE-06", [*MEMBERSHIPS, OPEN, listed(SHARED_LIST, who=BERT, theirs=[SESSION])]),
    ("DELETE-02", [*MEMBERSHIPS, TEAM, DELETED, listed(SHARED_LIST, who=BERT, theirs=[SESSION])]),
]
JOB = step("POST", "/search", 200, {"search_job_id": "j-1", "session_id": "s-1", "results": [{"url": URL}]},
           {"query": "q", "session_id": "s-1"})  # fmt: skip
ALONE_JOB = step("POST", "/crawls", 200, {"id": "j-1", "session_id": None}, {"urls": [URL]})
READ_JOB = "/search/jobs/j-1"
WORKFLOW: dict[str, Any] = {"id": "w-1", "name": "Weekly", "session_id": "s-1"}
LINKED = step("POST", "/workflows", 201, {"workflow": WORKFLOW}, {"name": "Weekly", "session_id": "s-1"})
SHARED_WORKFLOW = step("POST", "/workflows/w-1/share", 200, {"workflow": WORKFLOW},
                       {"shared_with_org": True, "organization_id": "o-1"})  # fmt: skip
BESIDE: list[tuple[str, list[Step]]] = [
    ("ALONE-04", [JOB, step("GET", READ_JOB, 404)]),
    ("ALONE-04", [JOB, DELETED, step("GET", READ_JOB, 200, {})]),
    ("ALONE-04", [JOB, step("GET", READ_JOB, 200, {"session_id": None})]),
    ("ALONE-04", [ALONE_JOB, step("GET", "/crawls/j-1", 200, {}, who=BERT)]),
    ("ACCESS-01", [JOB, step("GET", READ_JOB, 200, {}, who=BERT)]),
    ("SHARE-05", [*MEMBERSHIPS, JOB, TEAM, ALONE, step("GET", READ_JOB, 200, {}, who=BERT)]),
    ("SHARE-04", [*MEMBERSHIPS, JOB, TEAM, step("GET", READ_JOB, 200, {}),
                  step("GET", READ_JOB, 404, who=BERT)]),
    ("LIFE-02", [completed(), JOB]),
    ("ALONE-06", [searched(balance=9), step("GET", "/", 200, {"user": {"credits_balance": 10}})]),
    ("WORKFLOW-01", [LINKED, step("GET", "/workflows/w-1", 404)]),
    ("WORKFLOW-01", [LINKED, step("GET", "/workflows/w-1", 200, {"workflow": {"session_id": None}})]),
    ("WORKFLOW-01", [step("POST", "/workflows", 201, {"workflow": WORKFLOW}, {"session_id": "s-1"},
                          who=BERT)]),
    ("WORKFLOW-02", [LINKED, step("GET", "/workflows/w-1", 200, {"workflow": WORKFLOW}, who=BERT)]),
    ("WORKFLOW-02", [*MEMBERSHIPS, LINKED, SHARED_WORKFLOW, step("GET", "/workflows/w-1", 404, who=BERT)]),
    ("WORKFLOW-02", [LINKED, step("GET", "/workflows/w-1", 200, {"access_level": "public"})]),
    ("WORKFLOW-03", [LINKED, step("POST", "/workflows/w-1/share", 200, {}, {}, who=BERT)]),
    ("ACCESS-01", [*MEMBERSHIPS, LINKED, SHARED_WORKFLOW, step("GET", "/sessions/s-1", 404, who=BERT)]),
]  # fmt: skip
BROKEN = [*TEXTS, *LIFE, *WORK, *ACCESS, *LISTS, *BESIDE]


@pytest.mark.parametrize(
    ("requirement", "steps"), BROKEN, ids=[f"{number}-{name}" for number, (name, _) in enumerate(BROKEN)]
)
def test_what_cannot_be_is_suspected(requirement: str, steps: list[Step]) -> None:
    """A reply that does not follow from what was asked breaks the requirement that says so."""
    assert suspected(CREATED, *steps) == [f"ZIPF-{requirement}"]


WEEKS_LATER = step("POST", "/sessions", 201, {"id": "s-2", "created_at": "2026-11-20T10:00:00Z"}, {})
HONEST: list[list[Step]] = [
    [shown(), shown(updated_at="now", views=7), shown(status="archived"), shown(status="archived")],
    [updated(description="", name=" x "), shown(description=None, name="x")],
    [updated(name="n" * 300), shown(name="n" * 255)],
    [updated(session_config={"max_operations": 101}), shown(session_config={"max_operations": 100})],
    [updated(config={"auto_deduplicate": False}), shown(session_config={"auto_deduplicate": True})],
    [updated(config={"max_operations": 9}), shown(session_config={"max_operations": 2}),
     searched(), searched(), refused("POST", "/search"), timeline(entry(), entry())],
    [completed(), completed(), shown(status="completed"), ARCHIVED,
     step("POST", "/sessions/s-1/complete", 200), shown(status="archived")],
    [shown(status="archived"), ARCHIVED, listed("?limit=9"), step("GET", "/sessions/s-1", 404, who=BERT)],
    [step("PATCH", "/sessions/s-1", 500, None, {"name": "x"}), shown(name="x", status="completed")],
    [step("DELETE", "/sessions/s-1", 503), step("GET", "/sessions/s-1", 404)],
    [step("PATCH", "/sessions/s-1", 0, None, {"name": "x"}), shown(name="x")],
    [step("POST", "/sessions/s-1/complete", 0), listed("?status=active&limit=9"), searched()],
    [TEAM, step("POST", "/sessions/s-1/share", 504, None, {"shared_with_org": False}), shown(who=OTTO)],
    [step("POST", "/sessions/s-1/search", 0, None, {"query": "q"}), timeline(entry())],
    [step("POST", "/crawls", 502, None, {"session_id": "s-1", "urls": [URL]}), timeline(entry())],
    [LINKED, step("POST", "/workflows/w-1/share", 0, None, {"shared_with_org": True}), shown(who=BERT),
     step("GET", "/workflows/w-1", 200, {"workflow": {"name": "new"}}, who=BERT)],
    [DELETED, step("GET", "/sessions/s-1", 404), refused("POST", "/search", status=404), listed("")],
    [searched(query_decomposition=True), timeline(entry(), entry(), entry())],
    [step("POST", "/sessions/s-1/search", 202, {"job": {"status": "queued"}}, {"query": "q"}),
     timeline(), timeline(entry(status="running")), timeline(entry(status="completed", results=[URL]))],
    [searched(), timeline(entry(id="j", at=1)), searched(), timeline(entry(id="k"), entry(id="j"))],
    [crawled(), timeline(), crawled(URL), crawled(URL, filter_seen_urls=False)],
    [searched(URL), crawled(URL)],
    [searched(URL), searched(URL)],
    [searched(URL), searched(filter_seen_urls=True)],
    [searched(dry_run=True), timeline(), searched(cost=7, interpret_query=True)],
    [searched(balance=9), searched(balance=3), step("GET", "/", 200, {"user": {"credits_balance": 3}})],
    [JOB, timeline(entry()), step("GET", READ_JOB, 200, {"session_id": "s-1"})],
    [shown(access_level="owner", organization_name=None), TEAM, shown(organization_name="Acme", who=BERT)],
    [TEAM, timeline(who=BERT), step("GET", "/sessions/s-1", 404, who=OTTO), OPEN, shown(who=OTTO)],
    [*MEMBERSHIPS, OPEN, shown(who=OTTO), step("GET", "/sessions/s-1", 404, who=OTTO)],
    [shared({"organization_id": "o-1", "public_share": True}), shown(who=OTTO), step("GET", PUBLIC, 404)],
    [searched(), TEAM, shared({"shared_with_org": True, "organization_id": "o-1"}, searches=0)],
    [listed("?limit=1", session(id="s-0")), listed("?page=2"), listed("?limit=9&limit=8")],
    [listed(f"?limit={'9' * 5000}"), listed("?limit=x"), listed("?offset=-1&limit=9"), listed("?limit=0")],
    [listed("", *(session(id=f"x-{number}") for number in range(20)))],
    [listed("?status=asleep", SESSION), listed("?tag=AI", SESSION), listed("?tag=%21", SESSION)],
    [WEEKS_LATER, listed("?days_back=3", session(updated_at="2026-11-20T09:00:00Z"))],
    [listed(f"{SHARED_LIST}&status=active", SESSION, totals=(70, 0))],
    [crawled(URL), graph("?metadata_only=true", operations_included=0), graph("", operations_included=1)],
    [graph("?min_importance=x&node_limit=y&sort_by=colour", pageranks=[1, 2])],
    [step("GET", "/sessions/unknown", 200, {"status": "asleep"}), step("GET", "/sessions/", 200, {})],
    [step("OPTIONS", PUBLIC, 204), step("PUT", "/sessions/s-1", 405), step("GET", "/sessions/s-1", 429)],
    [LINKED, step("GET", "/workflows/w-1", 404, who=BERT), SHARED_WORKFLOW, shown(organization_name="Acme")],
]  # fmt: skip


@pytest.mark.parametrize("steps", HONEST, ids=map(str, range(len(HONEST))))
def test_what_the_document_leaves_open_is_not(steps: list[Step]) -> None:
    """Time, jobs that end later, merged or replaced settings, other codes, pages and others' records are
    nobody's fault.
    """
    assert suspected(CREATED, *steps) == []


def test_suspicions_do_not_teach() -> None:
    """Looking again at a reply that cannot be gives the same suspicion."""
    model = ZipfModel()
    model.watch(CREATED)
    for wrong in (shown(name="another", status="completed"), timeline(entry()), shown(operations=[entry()])):
        assert model.watch(wrong) == model.watch(wrong) != []


def test_what_is_forgotten_is_no_longer_held_against_anybody() -> None:
    """A fault is told once: after that nothing is known of its record."""
    model = ZipfModel()
    model.watch(CREATED)
    model.forget("s-1")

    assert model.watch(shown(name="another")) == []


def test_transitions_are_counted() -> None:
    """Each move of a known session is counted with the operation before it."""
    model = ZipfModel()
    for each in (CREATED, shown(), completed(), shown(status="completed"), ARCHIVED, DELETED):
        model.watch(each)

    assert dict(model.transitions) == {
        "nothing > create_session > active": 1,
        "active > complete_session > completed": 1,
        "completed > archive_session > archived": 1,
        "archived > delete_session > gone": 1,
    }
    assert ANNA not in repr(model.transitions)
