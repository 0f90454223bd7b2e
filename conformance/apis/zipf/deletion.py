"""Requirements on deleting a session."""

from conformance import expect, needs
from conformance.apis.zipf.access import reads
from conformance.apis.zipf.client import QUERY, Zipf, ids
from conformance.apis.zipf.needs import public_sharing
from conformance.apis.zipf.public import given_public, views
from conformance.apis.zipf.sharing import closed
from conformance.expect import settled
from conformance.requirement import Level, assumed, documented, requirement

PERMANENT = documented("Delete session and all associated operations (permanent).")


@requirement(
    "ZIPF-DELETE-01",
    level=Level.MUST,
    origin=PERMANENT,
    operations=["delete_session", "get_session", "get_timeline", "get_export"],
    needs=[needs.credit],
)
def deleted_sessions_are_gone(api: Zipf) -> None:
    """A deleted session has no details, no timeline and no export, and takes neither changes nor
    operations.
    """
    id_ = api.given_session()
    api.given_search(id_)
    api.delete_session(id_).succeeded()
    for read in reads(api, id_, "owner"):
        closed(read)
    api.update_session(id_, {"name": "revived"}).refused()
    api.search(id_, {"query": QUERY}).refused()


@requirement(
    "ZIPF-DELETE-02",
    level=Level.MUST,
    origin=PERMANENT,
    operations=["delete_session", "list_sessions"],
    needs=[needs.organization("shared")],
)
def deleted_sessions_are_not_listed(api: Zipf) -> None:
    """A deleted session is in no list, neither its owner's nor that of those it was shared with."""
    id_ = api.given_session()
    api.given_shared(id_)
    api.given(api.delete_session(id_))
    found = settled(lambda: ids(api.listed(limit=100)), lambda found: id_ not in found)
    if "member" in api.http.target.actors:
        found += ids(api.listed("member", "shared_sessions", include_shared=True, limit=100))
    expect.that(id_ not in found, expected=f"lists without {id_}", got="it is there")


@requirement(
    "ZIPF-DELETE-03",
    level=Level.MUST,
    origin=PERMANENT,
    operations=["delete_session", "get_public_session", "get_public_timeline", "get_public_export"],
    needs=[needs.credit, public_sharing],
)
def public_views_are_gone(api: Zipf) -> None:
    """The public views of a deleted session are closed, its operations with them."""
    id_ = given_public(api)
    api.given(api.delete_session(id_))
    for view in views(api, id_):
        closed(view)


@requirement(
    "ZIPF-DELETE-04",
    level=Level.MUST,
    origin=PERMANENT,
    operations=["delete_session", "get_timeline"],
    needs=[needs.credit],
)
def other_sessions_stay(api: Zipf) -> None:
    """A deletion leaves other sessions and their operations."""
    kept, gone = api.given_session(), api.given_session()
    api.given_search(kept)
    api.given_search(gone)
    api.given(api.delete_session(gone))
    api.get_session(kept).succeeded()
    expect.equal("number of operations", len(api.timeline(kept)), 1)


@requirement(
    "ZIPF-DELETE-05",
    level=Level.MUST,
    origin=assumed(
        "The reply is not on the page; a message is what the vendor's client reads after deleting."
    ),
    operations=["delete_session"],
)
def reply_is_a_message(api: Zipf) -> None:
    """A deletion is answered with 200 and a message, a second one with 404."""
    id_ = api.given_session()
    expect.text("message", api.delete_session(id_).has_status(200).object().get("message"))
    api.delete_session(id_).has_status(404)
