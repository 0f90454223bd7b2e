"""What Deep Work Zone's shadow model suspects of a single session: each function takes one sight of it."""

from collections.abc import Iterator
from typing import Any

from conformance.apis.deepworkzone.facts import DEFAULTS, Known, differing, flag_of
from conformance.apis.deepworkzone.likeness import NOTHING
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import Json, caller_of, suspicion

STATUSES = ("waiting", "active", "completed")  # in the order a session passes through them
COMPLETED = "completed"


def path(id_: Any) -> str:
    """Return how a session is named in suspicions, and found in requests."""
    return f"/sessions/{id_}"


def unlike(id_: str, known: Known, session: Json) -> Iterator[Suspicion]:
    """Expect the fields that are shown as they were sent."""
    told = set()
    for name, expected in differing(known.fields, session):
        if expected.requirement not in told:
            told.add(expected.requirement)
            what = f"{name} {expected.value!r} as it was sent"
            yield suspicion(expected.requirement, path(id_), what, session[name], *known.evidence)


def replied(id_: str, known: Known, session: Json) -> Iterator[Suspicion]:
    """Expect the reply to a creation or an update to show what is read since."""
    name = another(known.replied, session)
    if name:
        requirement = "DWZ-UPDATE-07" if known.updated else "DWZ-CREATE-07"
        expected = f"a reply to {known.last} with {name} {session[name]!r} as it is read"
        yield suspicion(requirement, path(id_), expected, known.replied, *known.evidence)


def another(before: Json | None, now: Json) -> str | None:
    """Return the first field that both show, and not alike."""
    found = (name for name in DEFAULTS if before and name in before and name in now)
    return next((name for name in found if before and before[name] != now[name]), None)


def unchanged(id_: str, known: Known, session: Json) -> Iterator[Suspicion]:
    """Expect nothing to have changed by a refused request, and the time of creation by none."""
    name = another(known.shown, session)
    if known.refused and known.shown and name:
        requirement, refused = known.refused
        expected = f"{name} {known.shown[name]!r} as before the refused request"
        yield suspicion(requirement, path(id_), expected, session[name], *known.evidence, refused)
    first, now = known.created_at, session.get("created_at")
    if known.updated and isinstance(first, str) and isinstance(now, str) and first != now:
        expected = f"created_at {first!r} as before the update"
        yield suspicion("DWZ-UPDATE-02", path(id_), expected, now, *known.evidence)


def status(id_: str, known: Known, session: Json) -> Iterator[Suspicion]:
    """Expect the status never to go back behind what was asked for; it goes on by itself."""
    now, asked = session.get("status"), known.asked_status
    if now in STATUSES and asked in STATUSES and STATUSES.index(now) < STATUSES.index(asked):
        requirement = "DWZ-UPDATE-06" if known.updated else "DWZ-CREATE-07"
        if known.closed:
            requirement = "DWZ-JOIN-04"
        yield suspicion(requirement, path(id_), f"status {asked!r} or a later one", now, *known.evidence)


def visible(exchange: Exchange, id_: str, known: Known, session: Json) -> Iterator[Suspicion]:
    """Expect a private session to be shown to its owner and collaborators only."""
    if caller_of(exchange) != known.maker and is_hidden(known):
        yield suspicion(
            "DWZ-LIST-06", path(id_), "a private session shown to its owner only", session, known.made
        )


def is_hidden(known: Known) -> bool:
    """Say whether a session is private and has no collaborators."""
    return flag_of(known.value("is_public")) is False and known.value("collaborator") in NOTHING


def part(exchange: Exchange, id_: str, known: Known, session: Json) -> Iterator[Suspicion]:
    """Expect the caller's own part in the session: what the caller did, and null for who did nothing."""
    if "participation" not in session:
        return
    shown, caller = session["participation"], caller_of(exchange)
    own = known.parts.get(caller)
    if own is None:
        if shown is not None:
            requirement = "DWZ-JOIN-03" if known.parts else "DWZ-JOIN-01"
            yield suspicion(requirement, path(id_), "no participation without joining", shown, known.made)
        return
    requirement = "DWZ-JOIN-02" if own["status"] == COMPLETED else "DWZ-JOIN-01"
    wrong = {
        name: value for name, value in own.items() if not isinstance(shown, dict) or shown.get(name) != value
    }
    if wrong:
        yield suspicion(requirement, path(id_), f"a participation with {wrong}", shown, *known.evidence)
    else:
        known.parts[caller] = dict(shown)


def taking_part(exchange: Exchange, operation: str, id_: str, known: Known) -> Iterator[Suspicion]:
    """Take in that somebody joined or completed, and say where that should have been refused."""
    caller = caller_of(exchange)
    joined = caller in known.parts
    if operation == "join_session":
        if known.closed and not joined:
            yield suspicion("DWZ-JOIN-04", path(id_), "nobody joining what is over", 200, *known.evidence)
        known.parts.setdefault(caller, {"status": "joined"})
        return
    if not joined:
        yield suspicion("DWZ-JOIN-05", path(id_), "nobody completing without joining", 200, *known.evidence)
    if known.parts.get(caller, {}).get("status") != COMPLETED:
        known.parts[caller] = {"status": COMPLETED}
    if caller == known.maker:
        known.closed, known.asked_status = True, COMPLETED


def after_deletion(operation: str, id_: str, known: Known) -> Iterator[Suspicion]:
    """Say what is wrong with carrying out something on a session that is gone."""
    expected, got = "nothing done with a deleted session", f"{operation} carried out"
    if operation == "replace_session" and known.single and known.missed:
        yield suspicion("DWZ-DELETE-01", path(id_), expected, got, *known.evidence)
    elif operation == "delete_session":
        yield suspicion("DWZ-DELETE-05", path(id_), expected, got, *known.evidence)
    elif operation in ("join_session", "complete_session"):
        yield suspicion("DWZ-JOIN-05", path(id_), expected, got, *known.evidence)


def not_by_others(exchange: Exchange, id_: str, known: Known) -> Iterator[Suspicion]:
    """Expect a change or a deletion to be refused to who did not make the session."""
    if caller_of(exchange) != known.maker:
        expected = f"{exchange.method} by somebody else refused"
        yield suspicion("DWZ-OWNER-04", path(id_), expected, exchange.status, *known.evidence)


def refusal(exchange: Exchange, operation: str, known: Known) -> str:
    """Return the requirement by which this refused request must change nothing."""
    if exchange.status == 401 or not caller_of(exchange):  # RFC 9110, section 15.5.2
        return "DWZ-AUTH-01"
    if caller_of(exchange) != known.maker:
        return "DWZ-ORG-05" if exchange.status == 404 else "DWZ-OWNER-04"  # hidden, or only not to be changed
    own = {"replace_session": "DWZ-UPDATE-08", "delete_session": "DWZ-RECUR-09"}
    return own.get(operation, "DWZ-JOIN-05")
