"""Requirements on every operation that names a record, tried by those it is closed to; and on every list."""

from typing import Any

from conformance import access, needs
from conformance.access import Record
from conformance.apis.zipf import alone, workflows
from conformance.apis.zipf.client import NAME, QUERY, Zipf, path
from conformance.apis.zipf.needs import pages
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

OWNED = documented("owner: Created the session, Full access (read, write, delete)")
READS = ("get_session", "get_timeline", "get_export", "get_link_graph")
VIEWS = ("get_public_session", "get_public_timeline", "get_public_export")
WRITES = ("update_session", "delete_session", "complete_session", "archive_session", "share_session")
SPENDING = ("search_in_session", "crawl_in_session")
OTHERS = ("get_search_job", "get_crawl", "get_workflow", "share_workflow")


def bodies(api: Zipf) -> dict[str, Any]:
    """Return what is sent with operations that need a body."""
    return {
        "update_session": {"name": "taken over"},
        "share_session": api.intrusion(),
        "share_workflow": {"shared_with_org": False},
    }


def private(api: Zipf) -> Record:
    """Create a session that nobody else may see."""
    name = api.http.unique(NAME)
    id_ = api.given_session(name=name)
    return Record(id_, path(id_), (name,))


@requirement(
    "ZIPF-ACCESS-06",
    level=Level.MUST,
    origin=OWNED,
    operations=[*READS, *VIEWS, *WRITES],
    actors=["outsider"],
)
def sessions_are_closed_to_strangers(api: Zipf) -> None:
    """Nothing that a session can be asked for is done or told for somebody of another organisation."""
    access.closed(api.http, private(api), [*READS, *VIEWS, *WRITES], "outsider", bodies(api))


@requirement(
    "ZIPF-ACCESS-07",
    level=Level.MUST,
    origin=OWNED,
    operations=[*READS, *VIEWS, *WRITES],
    actors=["member"],
)
def sessions_are_closed_to_teammates(api: Zipf) -> None:
    """Nor for a member of the owner's organisation, as long as the session is not shared with it."""
    access.closed(api.http, private(api), [*READS, *VIEWS, *WRITES], "member", bodies(api))


@requirement(
    "ZIPF-ACCESS-08",
    level=Level.MUST,
    origin=documented('-H "Authorization: Bearer wvr_TOKEN". Public views: no authentication required'),
    operations=[*READS, *VIEWS, *WRITES],
)
def sessions_are_closed_to_nobody_known(api: Zipf) -> None:
    """Nor for anybody without credentials, as long as the session is not shared with the public."""
    access.closed(api.http, private(api), [*READS, *VIEWS, *WRITES], None, bodies(api))


@requirement(
    "ZIPF-ACCESS-09",
    level=Level.MUST,
    origin=OWNED,
    operations=SPENDING,
    actors=["outsider"],
    needs=[needs.credit, pages(1)],
)
def nobody_else_spends(api: Zipf) -> None:
    """Nobody of another organisation, and nobody without credentials, searches or crawls in a session."""
    sent = {"search_in_session": {"query": QUERY}, "crawl_in_session": {"urls": api.pages()}}
    for actor in ("outsider", None):
        api.http.budget.pay(len(SPENDING))  # what it costs where somebody else is let in
        access.closed(api.http, private(api), SPENDING, actor, sent)


@requirement(
    "ZIPF-ACCESS-10",
    level=Level.MUST,
    origin=documented("List sessions. owner: Created the session, Full access (read, write, delete)"),
    operations=["list_sessions"],
    actors=["member", "outsider"],
)
def private_sessions_are_in_no_list(api: Zipf) -> None:
    """A session that is not shared is in no list but its owner's, whatever filter is given."""
    record = private(api)
    for actor in ("member", "outsider"):
        access.unlisted(api.http, record, ["list_sessions"], actor)


@requirement(
    "ZIPF-ACCESS-11",
    level=Level.MUST,
    origin=assumed("The page names searches, crawls and workflows as somebody's, and shows no reads."),
    operations=OTHERS,
    actors=["outsider"],
    needs=[needs.credit, pages(1)],
)
def jobs_and_workflows_are_closed(api: Zipf) -> None:
    """Searches, crawls and workflows of somebody else are refused to strangers and to nobody known."""
    workflow = workflows.given_workflow(api)
    found = (
        (job("search", alone.search(api, {"query": QUERY}).exchange.reply_json()), OTHERS[:1]),
        (job("crawl", alone.crawl(api, {"urls": api.pages()}).exchange.reply_json()), OTHERS[1:2]),
        (Record(workflow, workflows.path(workflow), ()), OTHERS[2:]),
    )
    for record, operations in found:
        for actor in ("outsider", None):
            access.closed(api.http, record, operations, actor, bodies(api))


def job(kind: str, reply: Any) -> Record:
    """Return the search or crawl that a reply tells of."""
    shown = reply if isinstance(reply, dict) else {}
    id_ = shown.get("search_job_id", shown.get("id"))
    if not id_:
        raise Inconclusive("the reply to a search or crawl shows no id to read it by")
    return Record(str(id_), alone.job_path(kind, id_), ())
