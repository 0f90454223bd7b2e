"""Requirements on ownership: it comes from the token alone."""

from typing import Any

from conformance import expect
from conformance.apis.deepworkzone.client import MEMBER, OWNER, DeepWorkZone
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

DERIVED = documented(
    "The created_by field and session ownership are automatically derived from the currently authenticated "
    "user"
)
MADE_UP = ("created_by", "owner", "owner_id", "user_id", "creator")


def creator(api: DeepWorkZone, id_: Any, actor: str = OWNER) -> Any:
    """Return who created a session, which the session shows as `created_by`."""
    session = api.given_details(id_, actor)
    if "created_by" not in session:
        raise Inconclusive(
            "the session does not show `created_by`, and the document does not say that it must"
        )
    return session["created_by"]


@requirement(
    "DWZ-OWNER-01",
    level=Level.MUST,
    origin=DERIVED,
    operations=["create_session", "get_session"],
    actors=[OWNER, MEMBER],
)
def the_token_tells_the_owner(api: DeepWorkZone) -> None:
    """Sessions created with one token have one `created_by`, those created with a colleague's another."""
    mine = [creator(api, api.given_session()["id"]) for _ in range(2)]
    hers = creator(api, api.given_session(MEMBER)["id"], MEMBER)
    expect.equal("created_by of the second session", mine[1], mine[0])
    expect.that(
        mine[0] not in (None, hers), expected=f"another created_by than the colleague's {hers}", got=mine[0]
    )


@requirement(
    "DWZ-OWNER-02",
    level=Level.MUST,
    origin=documented("You do not need to pass an owner or creator field when creating sessions."),
    operations=["create_session", "get_session"],
    actors=[OWNER, MEMBER],
)
def the_body_does_not(api: DeepWorkZone) -> None:
    """An owner or creator in the body of a creation is refused or without effect."""
    mine = creator(api, api.given_session()["id"])
    hers = creator(api, api.given_session(MEMBER)["id"], MEMBER)
    body = api.body(**dict.fromkeys(MADE_UP, hers))
    reply = api.create_session(body)
    expect.that(reply.status < 500, expected="the creation refused or carried out", got=reply.status)
    if reply.ok:
        expect.equal("created_by of the session", creator(api, api.id_of(reply, body)), mine)


@requirement(
    "DWZ-OWNER-03",
    level=Level.MUST,
    origin=DERIVED,
    operations=["replace_session", "get_session"],
    actors=[OWNER, MEMBER],
)
def a_change_does_not_either(api: DeepWorkZone) -> None:
    """An update never moves a session to another owner, whoever makes it and whatever it says."""
    session = api.given_session()
    mine = creator(api, session["id"])
    hers = creator(api, api.given_session(MEMBER)["id"], MEMBER)
    body = {name: value for name, value in session.items() if name != "id"}
    api.replace_session(session["id"], {**body, **dict.fromkeys(MADE_UP, hers)})
    api.replace_session(session["id"], body, MEMBER)
    expect.equal("created_by of the session", creator(api, session["id"]), mine)


@requirement(
    "DWZ-OWNER-04",
    level=Level.MUST,
    origin=assumed(
        "The page speaks of ownership and not of its rights; to change and to delete is the plain one."
    ),
    operations=["replace_session", "delete_session"],
    actors=[OWNER, MEMBER],
)
def only_owners_change(api: DeepWorkZone) -> None:
    """A colleague who sees a session may neither change nor delete it: 403, and nothing is done."""
    session = api.given_session(is_public=True)
    before = api.given_details(session["id"])
    api.replace_session(session["id"], {"name": "Taken over"}, MEMBER).has_status(403)
    api.delete_session(session["id"], MEMBER).has_status(403)
    expect.equal("the session", api.given_details(session["id"]), before)
