"""Requirements on deleting a session; of series, see `recurrence`."""

from functools import partial
from typing import Any

from conformance import expect
from conformance.apis.deepworkzone.client import OWNER, DeepWorkZone, ids
from conformance.expect import settled
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

DELETES = documented("Deletes a session.")


@requirement(
    "DWZ-DELETE-01",
    level=Level.MUST,
    origin=DELETES,
    operations=["delete_session", "get_session", "replace_session"],
    actors=[OWNER],
)
def deleted_sessions_are_gone(api: DeepWorkZone) -> None:
    """A session can be deleted; then it can neither be read nor updated."""
    session = api.given_session()
    api.delete_session(session["id"]).succeeded()
    settled(lambda: api.get_session(session["id"]), lambda reply: not reply.ok).refused()
    api.replace_session(session["id"], api.body()).refused()


@requirement(
    "DWZ-DELETE-02",
    level=Level.MUST,
    origin=DELETES,
    operations=["delete_session", "list_sessions"],
    actors=[OWNER],
)
def deleted_sessions_are_not_listed(api: DeepWorkZone) -> None:
    """A deleted session is in no list."""
    session = api.given_session()
    if not api.delete_session(session["id"]).ok:
        raise Inconclusive("the session could not be deleted")
    variants: tuple[dict[str, Any], ...] = (
        {},
        {"keyword": session["name"]},
        {"date": session["schedule"]},
        {"source": "user"},
    )
    for filters in variants:
        found = settled(partial(api.sessions, **filters), lambda found: session["id"] not in ids(found))
        expect.that(
            session["id"] not in ids(found), expected=f"a list with {filters} without it", got="it is there"
        )


@requirement(
    "DWZ-DELETE-03",
    level=Level.MUST,
    origin=DELETES,
    operations=["delete_session", "get_session", "list_sessions"],
    actors=[OWNER],
)
def other_sessions_stay(api: DeepWorkZone) -> None:
    """Deleting a session deletes no other, not even one of the same name and day."""
    one = api.given_session()
    other = api.given_session(name=one["name"])
    if not api.delete_session(one["id"]).ok:
        raise Inconclusive("the session could not be deleted")
    api.get_session(other["id"]).succeeded()
    found = ids(api.listed_with({other["id"]}, keyword=one["name"]))
    expect.that(
        other["id"] in found, expected=f"a list that holds {other['id']}", got=sorted(map(str, found))
    )


@requirement(
    "DWZ-DELETE-04",
    level=Level.MUST,
    origin=DELETES,
    operations=["delete_session"],
    actors=[OWNER],
)
def unknown_sessions_cannot_be_deleted(api: DeepWorkZone) -> None:
    """Deleting a session that never was is refused."""
    api.delete_session(api.given_no_session()).refused()


@requirement(
    "DWZ-DELETE-05",
    level=Level.MUST,
    origin=assumed("The page shows no reply; there is nothing to send, and nothing to delete a second time."),
    operations=["delete_session"],
    actors=[OWNER],
)
def reply_is_exact(api: DeepWorkZone) -> None:
    """A deletion is answered with 204 and nothing else, a second one with 404."""
    session = api.given_session()
    reply = api.delete_session(session["id"]).has_status(204)
    expect.equal("length of the reply", len(reply.exchange.reply_body), 0)
    api.delete_session(session["id"]).has_status(404)
