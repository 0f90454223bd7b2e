"""Requirements on joining and completing, for which the document gives no endpoints: all are assumed."""

from typing import Any

from conformance import expect
from conformance.apis.deepworkzone.client import MEMBER, OUTSIDER, OWNER, DeepWorkZone, Session
from conformance.reply import Reply
from conformance.requirement import Level, assumed, requirement

OURS = assumed(
    "The page says that users join and complete sessions and gives no endpoints. The fields are those of the "
    "vendor's webhook: https://docs.deepworkzone.ai/docs/webhooks.html"
)
FEATURES = ("participation",)
FIELDS = (
    "participant_id",
    "multiplai_id",
    "session_id",
    "status",
    "actual_score",
    "presence_score",
    "joined_at",
    "completed_at",
)
PERCENT = 100


def part(reply: Reply) -> Any:
    """Return the caller's part in the session of a reply."""
    session: Session = expect.member("the reply", reply.has_status(200).object(), "data")
    return expect.member("the session", session, "participation")


@requirement(
    "DWZ-JOIN-01",
    level=Level.MUST,
    origin=OURS,
    operations=["join_session", "get_session"],
    features=FEATURES,
    actors=[OWNER],
)
def joining(api: DeepWorkZone) -> None:
    """The participation is null until the caller joins, then it has the caller's part, without scores."""
    session = api.given_session()
    expect.equal("participation before joining", part(api.get_session(session["id"])), None)
    joined = part(api.join_session(session["id"]))
    expect.that(
        isinstance(joined, dict) and sorted(joined) == sorted(FIELDS),
        expected=f"a participation with {', '.join(FIELDS)}",
        got=joined,
    )
    caller = api.given_details(session["id"]).get("created_by")
    known = {
        "session_id": session["id"],
        "multiplai_id": caller,
        "status": "joined",
        "actual_score": None,
        "presence_score": None,
        "completed_at": None,
    }
    expect.includes("the participation", joined, known)
    expect.equal("the participation when it is read", part(api.get_session(session["id"])), joined)
    expect.equal("the participation after joining again", part(api.join_session(session["id"])), joined)


@requirement(
    "DWZ-JOIN-02",
    level=Level.MUST,
    origin=OURS,
    operations=["join_session", "complete_session", "get_session"],
    features=FEATURES,
    actors=[OWNER, MEMBER],
)
def completing(api: DeepWorkZone) -> None:
    """A colleague who completes gets scores from 0 to 100 and a time, and leaves the session as it is."""
    session = api.given_session(is_public=True)
    part(api.join_session(session["id"], MEMBER))
    done = part(api.complete_session(session["id"], MEMBER))
    expect.equal("status of the participation", done.get("status"), "completed")
    for name in ("actual_score", "presence_score"):
        score = done.get(name)
        expect.that(
            isinstance(score, int | float) and 0 <= score <= PERCENT,
            expected=f"{name} from 0 to 100",
            got=score,
        )
    expect.instant("completed_at", done.get("completed_at"))
    details = api.given_details(session["id"])
    expect.equal("status of the session", details.get("status"), "waiting")
    expect.equal(
        "the participation after completing again", part(api.complete_session(session["id"], MEMBER)), done
    )


@requirement(
    "DWZ-JOIN-03",
    level=Level.MUST,
    origin=OURS,
    operations=["join_session", "get_session"],
    features=FEATURES,
    actors=[OWNER, MEMBER],
)
def everybodys_own_part(api: DeepWorkZone) -> None:
    """A session shows the caller's part and nobody else's."""
    session = api.given_session(is_public=True)
    hers = part(api.join_session(session["id"], MEMBER))
    expect.equal("participation of the owner", part(api.get_session(session["id"])), None)
    mine = part(api.join_session(session["id"]))
    expect.equal("participation of the colleague", part(api.get_session(session["id"], MEMBER)), hers)
    for name in ("participant_id", "multiplai_id"):
        own, other = (expect.member("the participation", each, name) for each in (mine, hers))
        expect.that(own != other, expected=f"another {name} than {other}", got=own)


@requirement(
    "DWZ-JOIN-04",
    level=Level.MUST,
    origin=OURS,
    operations=["join_session", "complete_session", "list_sessions"],
    features=FEATURES,
    actors=[OWNER, MEMBER],
)
def owners_complete_the_session(api: DeepWorkZone) -> None:
    """When the owner completes, the session is completed for all, and nobody joins it any more: 409."""
    session = api.given_session(is_public=True)
    part(api.join_session(session["id"]))
    part(api.complete_session(session["id"]))
    expect.equal("status of the session", api.given_details(session["id"]).get("status"), "completed")
    listed = [each["id"] for each in api.sessions(MEMBER, keyword=session["name"], completed=1)]
    expect.equal("sessions that are done", listed, [session["id"]])
    api.join_session(session["id"], MEMBER).has_status(409)


@requirement(
    "DWZ-JOIN-05",
    level=Level.MUST,
    origin=OURS,
    operations=["join_session", "complete_session"],
    features=FEATURES,
    actors=[OWNER, OUTSIDER],
)
def not_without_joining(api: DeepWorkZone) -> None:
    """Completing without having joined is refused with 409; outsiders find nothing to join: 404."""
    session = api.given_session(is_public=True)
    api.complete_session(session["id"]).has_status(409)
    api.join_session(session["id"], OUTSIDER).has_status(404)
    api.complete_session(session["id"], OUTSIDER).has_status(404)
    api.join_session(api.given_no_session()).has_status(404)
