"""Requirements on workflows. The page says how they are shared and shows no operation of theirs."""

from typing import Any

from conformance import expect, needs
from conformance.addressing import segment
from conformance.apis.zipf import client
from conformance.apis.zipf.alone import job_path
from conformance.apis.zipf.client import Zipf, refused_or
from conformance.apis.zipf.needs import pages
from conformance.outcome import Inconclusive
from conformance.reply import Reply
from conformance.requirement import Level, assumed, requirement

ORIGIN = assumed(
    "Sharing a workflow shares its linked session, the page says, and shows no operation that does it."
)


def path(id_: str) -> str:
    """Return the path of a workflow."""
    return f"/workflows/{segment(id_)}"


def create(api: Zipf, body: dict[str, Any], actor: str = "owner") -> Reply:
    """POST /workflows."""
    return api.http.request("POST", "/workflows", actor=actor, body=body)


def get(api: Zipf, id_: str, actor: str = "owner") -> Reply:
    """GET /workflows/{id}."""
    return api.http.request("GET", path(id_), actor=actor)


def share(api: Zipf, id_: str, body: dict[str, Any], actor: str = "owner") -> Reply:
    """POST /workflows/{id}/share."""
    return api.http.request("POST", f"{path(id_)}/share", actor=actor, body=body)


def given_workflow(api: Zipf, **fields: Any) -> str:
    """Create a workflow and return its id."""
    body = create(api, {"name": api.http.unique("Weekly look"), **fields}).exchange.reply_json()
    workflow = body.get("workflow") if isinstance(body, dict) else None
    if not isinstance(workflow, dict) or "id" not in workflow:
        raise Inconclusive("no workflow could be created")
    return str(workflow["id"])


def shared(api: Zipf, id_: str, on: bool = True) -> dict[str, Any]:
    """Share a workflow with the organisation, or take that back, and return the reply."""
    whom = {"organization_id": api.organization()} if on else {}
    return share(api, id_, {"shared_with_org": on, **whom}).has_status(200).object()


@requirement(
    "ZIPF-WORKFLOW-01",
    level=Level.MUST,
    origin=ORIGIN,
    operations=["create_workflow", "get_workflow"],
    actors=["member"],
)
def workflows_have_sessions(api: Zipf) -> None:
    """A workflow shows its owner the session that is linked to it; nobody links somebody else's session."""
    session = api.given_session()
    id_ = given_workflow(api, session_id=session)
    found = get(api, id_).has_status(200).object()
    expect.equal("access_level", found.get("access_level"), "owner")
    expect.includes("workflow", found.get("workflow"), {"session_id": session, "shared_with_org": False})
    get(api, id_, "member").has_status(404)
    reply = create(api, {"name": "x", "session_id": session}, "member")
    refused_or(reply, False, expected="a refusal", got=reply.status)


@requirement(
    "ZIPF-WORKFLOW-02",
    level=Level.MUST,
    origin=ORIGIN,
    operations=[
        "share_workflow",
        "get_workflow",
        "get_session",
        "get_timeline",
        "get_search_job",
        "get_crawl",
    ],
    actors=["member"],
    needs=[needs.credit, pages(1), needs.organization("shared")],
)
def sharing_a_workflow_reaches_everything(api: Zipf) -> None:
    """Sharing a workflow lets members read it, its session, and each search and crawl of that; taking it back
    closes all again.
    """
    session = api.given_session()
    jobs = {"search": api.given_search(session), "crawl": api.given_crawl(session)}
    id_ = given_workflow(api, session_id=session)
    paths = (
        path(id_),
        client.path(session),
        client.path(session, "timeline"),
        *(job_path(kind, job.get("id")) for kind, job in jobs.items()),
    )
    for on, status in ((True, 200), (False, 404)):
        counts = shared(api, id_, on).get("operations_updated")
        expect.equal("operations_updated", counts, {"org_share": {"searches": 1, "crawls": 1}})
        for each in paths:
            api.http.request("GET", each, actor="member").has_status(status)


@requirement(
    "ZIPF-WORKFLOW-03",
    level=Level.MUST,
    origin=ORIGIN,
    operations=["share_workflow"],
    actors=["member"],
    needs=[needs.organization("shared"), needs.organization("foreign")],
)
def viewers_do_not_share(api: Zipf) -> None:
    """A viewer may not change whom a workflow is shared with, and nobody shares with an organisation that is
    not theirs.
    """
    id_ = given_workflow(api)
    shared(api, id_)
    share(api, id_, {"shared_with_org": False}, "member").has_status(403)
    get(api, id_, "member").has_status(200)
    foreign = {"shared_with_org": True, "organization_id": api.organization("foreign")}
    share(api, id_, foreign).has_status(403)
