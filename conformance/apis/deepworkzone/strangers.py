"""Requirements on every operation that names a session, tried by those it is closed to; and on every list."""

from conformance import access
from conformance.access import Record
from conformance.apis.deepworkzone.access import AUTH, SCOPED
from conformance.apis.deepworkzone.client import MEMBER, OUTSIDER, OWNER, DeepWorkZone
from conformance.requirement import Level, assumed, requirement

ALL = ("get_session", "replace_session", "delete_session", "join_session", "complete_session")


def made(api: DeepWorkZone, *, is_public: bool) -> Record:
    """Create a session of the owner's."""
    session = api.given_session(is_public=is_public)
    return Record(str(session["id"]), f"/sessions/{session['id']}", (session["name"],))


def closed(api: DeepWorkZone, record: Record, actor: str | None) -> None:
    """Expect every operation on the session to be refused to the actor, or to whoever shows no token."""
    access.closed(api.http, record, ALL, actor, {"replace_session": api.body()})


@requirement(
    "DWZ-ACCESS-01",
    level=Level.MUST,
    origin=assumed(
        "The page scopes the list only; what a list hides must not be open to whoever guesses a number."
    ),
    operations=ALL,
    actors=[OWNER, OUTSIDER],
)
def sessions_are_closed_to_strangers(api: DeepWorkZone) -> None:
    """Nothing that a session can be asked for is done or told for somebody of another organisation."""
    closed(api, made(api, is_public=True), OUTSIDER)


@requirement("DWZ-ACCESS-02", level=Level.MUST, origin=AUTH, operations=ALL, actors=[OWNER])
def sessions_are_closed_to_nobody_known(api: DeepWorkZone) -> None:
    """Nor for anybody without a token, and the refusal tells nothing of the session."""
    closed(api, made(api, is_public=True), None)


@requirement(
    "DWZ-ACCESS-03",
    level=Level.MUST,
    origin=assumed("The page calls sessions public or private, and says not to whom."),
    operations=ALL,
    actors=[OWNER, MEMBER],
)
def private_sessions_are_closed_to_colleagues(api: DeepWorkZone) -> None:
    """Nothing of a private session is done or told for a colleague who does not collaborate."""
    closed(api, made(api, is_public=False), MEMBER)


@requirement(
    "DWZ-ACCESS-04",
    level=Level.MUST,
    origin=SCOPED,
    operations=["list_sessions"],
    actors=[OWNER, OUTSIDER],
)
def no_filter_opens_the_list(api: DeepWorkZone) -> None:
    """No value of a filter shows a session to somebody of another organisation."""
    access.unlisted(api.http, made(api, is_public=True), ["list_sessions"], OUTSIDER)
