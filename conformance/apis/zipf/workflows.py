"""Requirements on workflows. The page says how they are shared and shows no operation of theirs."""

from typing import Any
from urllib.parse import quote

from conformance import expect
from conformance.apis.zipf.client import Zipf, refused_or
from conformance.outcome import Inconclusive
from conformance.reply import Reply
from conformance.requirement import Level, assumed, requirement

ORIGIN = assumed(
    "Sharing a workflow shares its linked session, the page says, and shows no operation that does it."
)


def get(api: Zipf, end: str, actor: str = "owner") -> Reply:
    """GET /workflows/{id}."""
    return api.http.request("GET", f"/workflows{end}", actor=actor)


def post(api: Zipf, body: dict[str, Any], end: str = "", actor: str = "owner") -> Reply:
    """POST /workflows or /workflows/{id}/share."""
    return api.http.request("POST", f"/workflows{end}", actor=actor, body=body)


def given_workflow(api: Zipf, **fields: Any) -> str:
    """Create a workflow and return its path below `/workflows`."""
    body = post(api, {"name": api.http.unique("Weekly look"), **fields}).exchange.reply_json()
    if not isinstance(body, dict) or "id" not in body.get("workflow", {}):
        raise Inconclusive("no workflow could be created")
    return "/" + quote(str(body["workflow"]["id"]), safe="")


def shared(api: Zipf, end: str, share: bool = True) -> dict[str, Any]:
    """Share a workflow with the organisation, or take that back, and return the reply."""
    whom = {"organization_id": api.organization()} if share else {}
    return post(api, {"shared_with_org": share, **whom}, f"{end}/share").has_status(200).object()


@requirement(
    "ZIPF-WORKFLOW-01",
    level=Level.MUST,
    origin=ORIGIN,
    operations=["create_workflow", "get_workflow"],
    actors=["member"],
)
def workflows_have_sessions(api: Zipf) -> None:
    """A workflow shows its owner the session that is linked to it; nobody links somebody else's session."""
    id_ = api.given_session()
    end = given_workflow(api, session_id=id_)
    found = get(api, end).has_status(200).object()
    expect.equal("access_level", found.get("access_level"), "owner")
    expect.includes("workflow", found.get("workflow"), {"session_id": id_, "shared_with_org": False})
    get(api, end, "member").has_status(404)
    reply = post(api, {"name": "x", "session_id": id_}, actor="member")
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
)
def sharing_a_workflow_reaches_everything(api: Zipf) -> None:
    """Sharing a workflow lets members read it, its session, and each search and crawl of that; taking it back
    closes all again.
    """
    id_ = api.given_session()
    jobs = [api.given_search(id_), api.given_crawl(id_)]
    end = given_workflow(api, session_id=id_)
    paths = (
        f"/workflows{end}",
        f"/sessions/{id_}",
        f"/sessions/{id_}/timeline",
        f"/search/jobs/{jobs[0].get('id')}",
        f"/crawls/{jobs[1].get('id')}",
    )
    for share, status in ((True, 200), (False, 404)):
        counts = shared(api, end, share).get("operations_updated")
        expect.equal("operations_updated", counts, {"org_share": {"searches": 1, "crawls": 1}})
        for path in paths:
            api.http.request("GET", path, actor="member").has_status(status)


@requirement(
    "ZIPF-WORKFLOW-03",
    level=Level.MUST,
    origin=ORIGIN,
    operations=["share_workflow"],
    actors=["member"],
)
def viewers_do_not_share(api: Zipf) -> None:
    """A viewer may not change whom a workflow is shared with, and nobody shares with an organisation that is
    not theirs.
    """
    end = given_workflow(api)
    shared(api, end)
    post(api, {"shared_with_org": False}, f"{end}/share", "member").has_status(403)
    get(api, end, "member").has_status(200)
    foreign = {"shared_with_org": True, "organization_id": api.organization("foreign")}
    post(api, foreign, f"{end}/share").has_status(403)
