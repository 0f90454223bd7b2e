"""Requirements on a session's details."""

from conformance import expect, needs
from conformance.apis.zipf import reading
from conformance.apis.zipf.client import QUERY, Zipf
from conformance.requirement import Level, assumed, documented, requirement

PARTS = ("operations", "context_summary", "access_level", "user_organizations")


@requirement(
    "ZIPF-GET-01",
    level=Level.MUST,
    origin=documented("Get session details including operations, context_summary, and access level."),
    operations=["get_session"],
)
def details_have_their_parts(api: Zipf) -> None:
    """The details include the operations, the context summary, the access level and the caller's
    organisations.
    """
    details = api.details(api.given_session())
    for name in PARTS:
        expect.member("the details", details, name)


@requirement(
    "ZIPF-GET-02",
    level=Level.MUST,
    origin=documented("access_level - Your access level: owner. owner: Created the session"),
    operations=["get_session"],
)
def the_creator_is_the_owner(api: Zipf) -> None:
    """Whoever created a session is told that they are its owner."""
    expect.equal("access_level", api.details(api.given_session()).get("access_level"), "owner")


@requirement(
    "ZIPF-GET-03",
    level=Level.MUST,
    origin=documented("organization_name - Organization name if shared with an org"),
    operations=["get_session", "share_session"],
    needs=[needs.organization("shared")],
)
def the_organization_is_named(api: Zipf) -> None:
    """The details of a session that is shared with an organisation hold that organisation's name."""
    id_ = api.given_session()
    api.given_shared(id_)
    listed = api.listed(part="user_organizations", include_shared=True)
    names = [each.get("name") for each in listed if each.get("id") == api.organization()]
    name = expect.text("organization_name", api.details(id_).get("organization_name"))
    expect.that(not names or name in names, expected=f"organization_name {names}", got=name)


@requirement(
    "ZIPF-GET-04",
    level=Level.MUST,
    origin=documented("user_organizations - Your organizations (for sharing UI)"),
    operations=["get_session"],
    needs=[needs.organization("shared")],
)
def own_organizations_are_shown(api: Zipf) -> None:
    """The details hold the organisations that the caller belongs to."""
    found = api.details(api.given_session()).get("user_organizations")
    named = reading.found(found, "id") or found
    expect.that(api.organization() in (named or []), expected=f"organisation {api.organization()}", got=found)


@requirement(
    "ZIPF-GET-05",
    level=Level.MUST,
    origin=documented("Get session details including operations"),
    operations=["get_session", "search_in_session"],
    needs=[needs.credit],
)
def operations_are_shown(api: Zipf) -> None:
    """The details hold each operation of the session, and none before there was one."""
    id_ = api.given_session()
    expect.equal("number of operations at first", len(reading.operations(api.details(id_))), 0)
    api.given_search(id_)
    api.given_search(id_, "AI startup funding")
    expect.equal("number of operations", len(reading.operations(api.details(id_))), 2)


@requirement(
    "ZIPF-GET-06",
    level=Level.MUST,
    origin=documented("GET /api/v1/sessions/{id}: Get session details"),
    operations=["get_session"],
)
def unknown_sessions_are_refused(api: Zipf) -> None:
    """There are no details of a session that does not exist."""
    api.get_session(api.given_no_session()).refused()


@requirement(
    "ZIPF-GET-07",
    level=Level.MUST,
    origin=assumed("The page lists what the details include, not where; the session stands in its envelope."),
    operations=["get_session", "search_in_session"],
    needs=[needs.credit],
)
def details_are_exact(api: Zipf) -> None:
    """The details hold the session under `session` and the rest beside it; the context names the latest
    queries.
    """
    id_ = api.given_session()
    api.given_search(id_)
    body = api.get_session(id_).has_status(200).object()
    expect.equal("fields of the details", sorted(body), sorted(("session", "organization_name", *PARTS)))
    expect.equal("recent queries", reading.found(body["context_summary"], "recent_queries"), [[QUERY]])
    expect.equal("organization_name of a session shared with nobody", body["organization_name"], None)
