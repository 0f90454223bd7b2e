"""Requirements on sharing a session with an organisation, and on how that reaches its operations."""

from collections.abc import Callable
from typing import Any

from conformance import expect, needs
from conformance.apis.zipf import reading
from conformance.apis.zipf.access import reads
from conformance.apis.zipf.client import Zipf
from conformance.apis.zipf.needs import pages, public_sharing
from conformance.expect import settled
from conformance.outcome import Inconclusive
from conformance.reply import Reply
from conformance.requirement import Level, assumed, documented, requirement

CASCADE = documented(
    "When org sharing is changed, all child operations (search jobs and crawls) in the session are "
    'automatically updated to match. "operations_updated": {"org_share": {"searches": 3, "crawls": 2}}'
)


def org_share(reply: Reply) -> Any:
    """Return the counts in a reply to sharing with an organisation."""
    return expect.member("operations_updated", reply.object().get("operations_updated"), "org_share")


def closed(read: Callable[[], Reply]) -> None:
    """Expect a read to be refused, at the latest after a moment."""
    settled(read, lambda reply: not reply.ok).refused()


@requirement(
    "ZIPF-SHARE-01",
    level=Level.MUST,
    origin=documented("organization_id (String): Target organization (required when shared_with_org=true)"),
    operations=["share_session"],
)
def the_organization_is_required(api: Zipf) -> None:
    """Sharing with an organisation without saying which is refused; the session stays shared with nobody."""
    id_ = api.given_session()
    api.share_session(id_, {"shared_with_org": True}).refused()
    if "member" in api.http.target.actors:
        api.get_session(id_, "member").refused()


@requirement(
    "ZIPF-SHARE-02",
    level=Level.MUST,
    origin=CASCADE,
    operations=["share_session"],
    needs=[needs.credit, pages(1), needs.organization("shared")],
)
def sharing_reaches_every_operation(api: Zipf) -> None:
    """Sharing with an organisation tells how many searches and crawls followed: all there are."""
    id_ = api.given_session()
    for query in ("AI startups", "AI startup funding"):
        api.given_search(id_, query)
    api.given_crawl(id_)
    changes = {"shared_with_org": True, "organization_id": api.organization()}
    counts = org_share(api.share_session(id_, changes).succeeded())
    expect.includes("org_share", counts, {"searches": 2, "crawls": 1})


@requirement(
    "ZIPF-SHARE-03",
    level=Level.MUST,
    origin=documented("Removing org sharing from a session removes it from all children"),
    operations=["share_session", "search_in_session"],
    needs=[needs.credit, pages(1), needs.organization("shared")],
)
def unsharing_reaches_every_operation(api: Zipf) -> None:
    """Taking sharing back tells how many searches and crawls followed: all, also those made while it was
    shared.
    """
    id_ = api.given_session()
    api.given_search(id_)
    api.given_shared(id_)
    api.given_search(id_, "AI startup funding")
    api.given_crawl(id_)
    counts = org_share(api.share_session(id_, {"shared_with_org": False}).succeeded())
    expect.includes("org_share", counts, {"searches": 2, "crawls": 1})


@requirement(
    "ZIPF-SHARE-04",
    level=Level.MUST,
    origin=documented("Child operations inherit the session's organization and sharing status"),
    operations=["share_session", "search_in_session", "crawl_in_session", "get_timeline"],
    actors=["member"],
    needs=[needs.credit, pages(1), needs.organization("shared")],
)
def later_operations_inherit(api: Zipf) -> None:
    """Operations that are added to a shared session are shared with it: its viewers see them."""
    id_ = api.given_session()
    api.given_shared(id_)
    api.given_search(id_)
    api.given_crawl(id_)
    found = settled(lambda: api.timeline(id_, "member"), lambda found: len(found) == 2)
    expect.equal("number of operations that a viewer sees", len(found), 2)
    expect.that(bool(reading.urls(found[0])), expected="the results of the search", got=found[0])


@requirement(
    "ZIPF-SHARE-05",
    level=Level.MUST,
    origin=documented("shared_with_org (Bool): Enable/disable organization sharing"),
    operations=["share_session", "get_session", "get_timeline", "get_export", "list_sessions"],
    actors=["member"],
    needs=[needs.credit, needs.organization("shared")],
)
def unsharing_is_complete(api: Zipf) -> None:
    """When sharing is taken back, former viewers can read nothing of the session and do not find it in their
    list.
    """
    id_ = api.given_session()
    api.given_search(id_)
    api.given_shared(id_)
    api.share_session(id_, {"shared_with_org": False}).succeeded()
    for read in reads(api, id_, "member"):
        closed(read)
    listed = [
        each.get("id") for each in api.listed("member", "shared_sessions", include_shared=True, limit=100)
    ]
    expect.that(id_ not in listed, expected=f"shared sessions without {id_}", got=listed)


@requirement(
    "ZIPF-SHARE-06",
    level=Level.MUST,
    origin=documented("Toggle public or organization sharing for a session."),
    operations=["share_session", "get_public_session"],
    actors=["member"],
    needs=[public_sharing, needs.organization("shared")],
)
def the_two_are_independent(api: Zipf) -> None:
    """Sharing with an organisation does not open the public views, and opening them shares with no
    organisation.
    """
    api.needs_public_sharing()
    shared, public = api.given_session(), api.given_session()
    api.given_shared(shared)
    api.get_public_session(shared).refused()
    api.given_public(public)
    listed = [
        each.get("id") for each in api.listed("member", "shared_sessions", include_shared=True, limit=100)
    ]
    expect.that(public not in listed, expected=f"shared sessions without {public}", got=listed)
    api.given_public(shared)
    expect.equal("access_level of a member", api.details(shared, "member").get("access_level"), "org_viewer")


@requirement(
    "ZIPF-SHARE-07",
    level=Level.MUST,
    origin=assumed(
        "The page does not show how an operation tells that it is shared; it does so as the session."
    ),
    operations=["share_session", "get_timeline"],
    needs=[needs.credit, pages(1), public_sharing, needs.organization("shared")],
)
def operations_show_their_sharing(api: Zipf) -> None:
    """Each operation shows that it is shared, and with whom, as long as its session is; the public is no
    matter.
    """
    api.needs_public_sharing()
    id_, organization = api.given_session(), api.organization()
    api.given_search(id_)
    api.given_shared(id_)
    api.given_crawl(id_)
    updated = api.share_session(id_, {"public_share": True}).object().get("operations_updated")
    expect.equal("operations_updated by opening to the public", updated, {})
    for shared, with_whom in ((True, organization), (False, None)):
        if not shared:
            api.given(api.share_session(id_, {"shared_with_org": False}))
        shown = [(each.get("shared_with_org"), each.get("organization_id")) for each in api.timeline(id_)]
        expect.equal("sharing of the operations", shown, [(shared, with_whom)] * 2)


@requirement(
    "ZIPF-SHARE-08",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what becomes of the first organisation when a second one is named."
    ),
    operations=["share_session", "get_session"],
    actors=["member"],
    needs=[needs.organization("shared"), needs.organization("second")],
)
def the_organization_can_be_changed(api: Zipf) -> None:
    """Sharing with another organisation takes the place of sharing with the first."""
    id_ = api.given_session()
    api.given_shared(id_)
    api.given_shared(id_, "second")
    api.get_session(id_, "member").has_status(404)
    shown = reading.session(api.get_session(id_).object()).get("organization_id")
    expect.equal("organization_id", shown, api.organization("second"))


@requirement(
    "ZIPF-SHARE-09",
    level=Level.MUST,
    origin=documented('Share response: {"session": {...}, "operations_updated": {...}}'),
    operations=["share_session"],
    needs=[needs.organization("shared")],
)
def reply_holds_the_session(api: Zipf) -> None:
    """Sharing with an organisation is answered with the session and what was updated."""
    id_ = api.given_session()
    changes = {"shared_with_org": True, "organization_id": api.organization()}
    reply = api.share_session(id_, changes).succeeded().object()
    session = expect.member("the reply", reply, "session")
    if isinstance(session, dict) and "id" not in session:
        raise Inconclusive("the session in the reply shows no id")
    expect.includes("the session in the reply", session, {"id": id_})
    expect.member("the reply", reply, "operations_updated")
