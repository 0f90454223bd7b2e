"""Requirements on credentials and organisations: who is let in, and whose sessions are shown."""

from collections.abc import Callable

from conformance import expect, needs
from conformance.apis.deepworkzone.client import DUAL, MEMBER, OUTSIDER, OWNER, DeepWorkZone, Session, ids
from conformance.apis.deepworkzone.listing import holds
from conformance.outcome import Inconclusive
from conformance.reply import Reply
from conformance.requirement import Level, assumed, documented, requirement

AUTH = documented("Auth: Authorization: Bearer YOUR_MULTIPLAI_ACCESS_TOKEN")
SCOPED = documented("Returns a list of sessions for the authenticated user's organization")
ALL = ("list_sessions", "get_session", "create_session", "replace_session", "delete_session")


def asked_of(api: DeepWorkZone, actor: str | None) -> tuple[Callable[[], Reply], ...]:
    """Return each documented operation, asked by the actor of a session of the owner's."""
    id_, body = api.given_session()["id"], api.body()
    return (
        lambda: api.list_sessions(actor),
        lambda: api.get_session(id_, actor),
        lambda: api.create_session(body, actor),
        lambda: api.replace_session(id_, body, actor),
        lambda: api.delete_session(id_, actor),
    )


@requirement("DWZ-AUTH-01", level=Level.MUST, origin=AUTH, operations=ALL, actors=[OWNER])
def a_token_is_needed(api: DeepWorkZone) -> None:
    """Without a token every operation is refused, and nothing is done."""
    id_ = api.given_session()["id"]
    for ask in asked_of(api, None):
        ask().refused()
    api.get_session(id_).succeeded()


@requirement(
    "DWZ-AUTH-02",
    level=Level.MUST,
    origin=AUTH,
    operations=["list_sessions"],
    actors=[OWNER],
    read_only=True,
)
def a_made_up_token_is_refused(api: DeepWorkZone) -> None:
    """A token that nobody was given is refused, also one that only resembles the caller's."""
    own = api.http.target.actors[OWNER].token
    for token in ("made-up-token", own + "x", own[:-1]):
        headers = {"Authorization": f"Bearer {token}"}
        api.http.request("GET", "/sessions", headers=headers).refused()


@requirement(
    "DWZ-AUTH-03",
    level=Level.MUST,
    origin=AUTH,
    operations=["list_sessions"],
    actors=[OWNER],
    read_only=True,
)
def a_token_is_enough(api: DeepWorkZone) -> None:
    """With the token of a user, sessions are listed."""
    api.list_sessions().succeeded()


@requirement(
    "DWZ-AUTH-04",
    level=Level.MUST,
    origin=assumed(
        "The body is on the vendor's other page: https://docs.deepworkzone.ai/docs/authentication.html"
    ),
    operations=ALL,
    actors=[OWNER],
)
def refusal_is_exact(api: DeepWorkZone) -> None:
    """Without a valid token the answer is 401 and `{"message": "Unauthenticated."}`, whatever is asked."""
    for ask in asked_of(api, None):
        expect.equal("the refusal", ask().has_status(401).json(), {"message": "Unauthenticated."})
    reply = api.http.request("GET", "/sessions", headers={"Authorization": "Bearer made-up-token"})
    expect.equal("the refusal", reply.has_status(401).json(), {"message": "Unauthenticated."})


@requirement(
    "DWZ-ORG-01", level=Level.MUST, origin=SCOPED, operations=["list_sessions"], actors=[OWNER, MEMBER]
)
def colleagues_are_listed(api: DeepWorkZone) -> None:
    """The list shows public sessions of colleagues, not the caller's own only."""
    session = api.given_session(is_public=True)
    query = {name: session[name] for name in ("org_id",) if name in session}
    found = api.listed_with({session["id"]}, MEMBER, keyword=session["name"], **query)
    expect.that(
        session["id"] in ids(found), expected=f"a list for a colleague that holds {session['id']}", got=found
    )


@requirement(
    "DWZ-ORG-02", level=Level.MUST, origin=SCOPED, operations=["list_sessions"], actors=[OWNER, OUTSIDER]
)
def outsiders_see_nothing(api: DeepWorkZone) -> None:
    """A session is in no list of somebody outside its organisation, whatever filters are given."""
    session = api.given_session(is_public=True)
    for filters in ({}, {"keyword": session["name"]}, {"source": "organization"}, {"channel": "public"}):
        found = api.sessions(OUTSIDER, **filters)
        expect.that(
            session["id"] not in ids(found),
            expected=f"a list for an outsider with {filters or 'no filter'} without {session['id']}",
            got="it is there",
        )


@requirement(
    "DWZ-ORG-03",
    level=Level.MUST,
    origin=documented("org_id, number, Organization ID to scope the results"),
    operations=["list_sessions", "create_session"],
    actors=[DUAL],
    without_owner=True,
    needs=[needs.organization("shared"), needs.organization("second")],
)
def organisations_are_told_apart(api: DeepWorkZone) -> None:
    """For a user of two organisations `org_id` leaves the sessions of the one it names."""
    roles = ("shared", "second")
    made = {role: api.given_session(DUAL, org_id=api.organization(role)) for role in roles}
    for role, other in (roles, roles[::-1]):
        organization = api.organization(role)
        found = [
            *api.sessions(DUAL, org_id=organization),
            *named(api, made[role]),
            *named(api, made[other], role),
        ]
        expect.that(
            made[other]["id"] not in ids(found),
            expected="no session of another organisation",
            got=made[other],
        )
        holds(named(api, made[role]), {made[role]["id"]})


def named(api: DeepWorkZone, session: Session, role: str = "") -> list[Session]:
    """Return the sessions of this name in its own organisation, or in the one that plays the role."""
    organization = api.organization(role) if role else session["org_id"]
    return api.sessions(DUAL, org_id=organization, keyword=session["name"])


@requirement(
    "DWZ-ORG-04",
    level=Level.MUST,
    origin=SCOPED,
    operations=["list_sessions"],
    actors=[OWNER, OUTSIDER],
    needs=[needs.organization("foreign")],
)
def foreign_organisations_stay_closed(api: DeepWorkZone) -> None:
    """Naming an organisation one does not belong to shows none of its sessions."""
    foreign = api.organization("foreign")
    session = api.given_session(OUTSIDER, org_id=foreign, is_public=True)
    reply = api.list_sessions(OWNER, org_id=foreign)
    expect.that(reply.status < 500, expected="the list refused or shown", got=reply.status)
    shown = [*api.sessions(OWNER), *(api.sessions(OWNER, org_id=foreign) if reply.ok else ())]
    expect.that(session["id"] not in ids(shown), expected=f"no list with {session['id']}", got="it is there")


@requirement(
    "DWZ-ORG-05",
    level=Level.MUST,
    origin=assumed(
        "The page scopes the list only; what a list hides must not be open to whoever guesses a number."
    ),
    operations=["get_session", "replace_session", "delete_session"],
    actors=[OWNER, OUTSIDER],
)
def outsiders_reach_nothing(api: DeepWorkZone) -> None:
    """For an outsider a session is not found (404), neither to read nor to change nor to delete."""
    session = api.given_session(is_public=True)
    api.get_session(session["id"], OUTSIDER).has_status(404)
    api.replace_session(session["id"], {"name": "Taken over"}, OUTSIDER).has_status(404)
    api.delete_session(session["id"], OUTSIDER).has_status(404)
    expect.equal("name of the session", api.given_details(session["id"]).get("name"), session["name"])


@requirement(
    "DWZ-ORG-06",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what becomes of a foreign org_id; 403 is the framework's code for it."
    ),
    operations=["list_sessions", "create_session", "replace_session"],
    actors=[OWNER],
    needs=[needs.organization("shared"), needs.organization("foreign")],
)
def foreign_organisations_are_refused(api: DeepWorkZone) -> None:
    """Listing, creating in, or moving a session to an organisation of others is refused with 403."""
    own, foreign = api.organization("shared"), api.organization("foreign")
    session = api.given_session(org_id=own)
    api.list_sessions(org_id=foreign).has_status(403)
    api.create_session(api.body(org_id=foreign)).has_status(403)
    api.replace_session(session["id"], {"org_id": foreign}).has_status(403)
    expect.equal("org_id of the session", api.given_details(session["id"]).get("org_id"), own)


@requirement(
    "DWZ-ORG-07",
    level=Level.MUST,
    origin=assumed(
        "The page does not say which organisation is meant without org_id; the caller's first one is."
    ),
    operations=["list_sessions", "create_session"],
    actors=[DUAL],
    without_owner=True,
    needs=[needs.organization("shared"), needs.organization("second")],
)
def the_first_organisation_is_the_default(api: DeepWorkZone) -> None:
    """Without `org_id` a session is created in, and listed from, the caller's first organisation."""
    shared = api.organization("shared")
    body = {name: value for name, value in api.body().items() if name != "org_id"}
    reply = api.create_session(body, DUAL).has_status(201)
    elsewhere = api.given_session(DUAL, org_id=api.organization("second"))["id"]
    if not isinstance(shared, int):
        raise Inconclusive("the target's organizations are no numbers")
    expect.equal("org_id of the session", reply.object()["data"].get("org_id"), shared)
    expect.that(
        elsewhere not in ids(api.sessions(DUAL)), expected="the first organisation only", got=elsewhere
    )
