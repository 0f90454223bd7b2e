"""Deep Work Zone's shadow model: what the sessions of a run must look like by what was asked of them.

It knows only sessions it saw created. Any of a series may be changed or deleted with another one of it, so of
those little stays known. Lists are looked at in `lists`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from conformance.apis.deepworkzone import facts
from conformance.apis.deepworkzone.client import one
from conformance.apis.deepworkzone.facts import Known
from conformance.apis.deepworkzone.lists import Listing, listing_of
from conformance.apis.deepworkzone.sightings import (
    STATUSES,
    after_deletion,
    not_by_others,
    part,
    path,
    refusal,
    replied,
    status,
    taking_part,
    unchanged,
    unlike,
    visible,
)
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.reply import Reply
from conformance.shadow import (
    Json,
    body_of,
    caller_of,
    header_of,
    is_ok,
    is_refused,
    may_have_changed,
    suspicion,
)

BASE = "/api/v1/sessions"
NOT_FOUND = (404, 410)
UNDECIDED = (408, 425, 429)  # refusals that say nothing of the request itself
CHANGES = ("replace_session", "delete_session")
OPERATIONS = {
    ("GET", ""): "get_session",
    ("PUT", ""): "replace_session",
    ("DELETE", ""): "delete_session",
    ("POST", "join"): "join_session",
    ("POST", "complete"): "complete_session",
}


@dataclass(slots=True)
class DeepWorkZoneModel:
    """Watches sessions from their creation to their deletion, as each caller sees them."""

    known: dict[str, Known] = field(default_factory=dict)
    creators: dict[str, tuple[Any, Exchange]] = field(default_factory=dict)
    deleted_series: dict[int, Exchange] = field(default_factory=dict)
    transitions: Counter[str] = field(default_factory=Counter)

    def watch(self, exchange: Exchange) -> Iterable[Suspicion]:
        """Take an exchange in and say what it seems to break."""
        below = exchange.path.removeprefix(BASE)
        if below == exchange.path:
            return []
        if not below:
            return list(self._all(exchange))
        id_, _, end = below.removeprefix("/").partition("/")
        if may_have_changed(exchange):
            self._doubt(id_)
            return []
        operation = OPERATIONS.get((exchange.method, end))
        return list(self._one(exchange, operation, id_)) if operation and id_.isdecimal() else []

    def forget(self, record: str) -> None:
        """Know nothing of a session any more."""
        self.known.pop(record.removeprefix("/sessions/"), None)

    def _all(self, exchange: Exchange) -> Iterator[Suspicion]:
        """Take in a creation or a list."""
        if exchange.method == "POST" and is_ok(exchange):
            yield from self._create(exchange)
        listing = listing_of(exchange) if exchange.method == "GET" and is_ok(exchange) else None
        if listing:
            yield from listing.suspicions(self.known)
            yield from self._left_of_series(exchange, listing)

    def _create(self, exchange: Exchange) -> Iterator[Suspicion]:
        """Note a session that was created, and compare the reply with what was sent."""
        session, body = one(Reply(exchange)), sent(exchange)
        if session is None or not body:
            return
        id_, caller = str(session["id"]), caller_of(exchange)
        before = self.known.get(id_)
        if before and before.single and not before.gone:
            yield suspicion("DWZ-CREATE-06", path(id_), "a number of its own", session["id"], before.made)
        known = Known(caller, exchange, facts.created(body), org_id=body.get("org_id"))
        known.single, known.claimed = not facts.recurs(body), bool(facts.CLAIMS & body.keys())
        known.asked_status = body.get("status")
        self.known[id_] = known
        self._seen(known, session)
        known.replied = session

    def _one(self, exchange: Exchange, operation: str, id_: str) -> Iterator[Suspicion]:
        """Take in an operation on one session."""
        known, carried_out = self.known.get(id_), is_ok(exchange)
        if carried_out and operation in CHANGES and not (known and known.single):
            self._loosen(id_)
        if known is None:
            return
        if operation == "get_session":
            yield from self._get(exchange, id_, known)
        elif carried_out and known.gone:
            yield from after_deletion(operation, id_, known)
        elif carried_out:
            yield from self._written(exchange, operation, id_, known)
        elif is_refused(exchange) and exchange.status not in UNDECIDED:
            known.refused = (refusal(exchange, operation, known), exchange)

    def _doubt(self, id_: str) -> None:
        """Forget a session that may have changed, and what may have changed with it."""
        known = self.known.pop(id_, None)
        if not (known and known.single):
            self._loosen(id_)

    def _loosen(self, id_: str) -> None:
        """Forget what may have changed with a session that may be one of a series."""
        for other in [key for key, each in self.known.items() if key != id_ and not each.single]:
            del self.known[other]

    def _get(self, exchange: Exchange, id_: str, known: Known) -> Iterator[Suspicion]:
        """Compare the details with what is known, or their absence."""
        session = one(Reply(exchange))
        if known.gone:
            if is_ok(exchange):
                gone = "DWZ-DELETE-01" if known.single else "DWZ-RECUR-09"
                yield suspicion(gone, path(id_), "a deleted session gone", session, *known.evidence)
            known.missed = known.missed or exchange.status in NOT_FOUND
        elif exchange.status in NOT_FOUND and known.single and caller_of(exchange) == known.maker:
            expected = "a session that was created and not deleted"
            yield suspicion("DWZ-CREATE-01", path(id_), expected, exchange.status, *known.evidence)
        elif session is not None and str(session["id"]) != id_:
            yield suspicion("DWZ-GET-01", path(id_), "the session with the id asked for", session)
        elif session is not None:
            yield from self._details(exchange, id_, known, session)

    def _details(self, exchange: Exchange, id_: str, known: Known, session: Json) -> Iterator[Suspicion]:
        """Compare a session with what was asked for and granted; others may be shown less than its owner."""
        if caller_of(exchange) == known.maker:
            yield from list(unlike(id_, known, session)) or replied(id_, known, session)
            yield from unchanged(id_, known, session)
            yield from self._owner(exchange, id_, known, session)
            known.shown = known.shown or session
            known.created_at = known.created_at or session.get("created_at")
        yield from visible(exchange, id_, known, session)
        yield from part(exchange, id_, known, session)
        yield from status(id_, known, session)
        self._seen(known, session)

    def _owner(self, exchange: Exchange, id_: str, known: Known, session: Json) -> Iterator[Suspicion]:
        """Expect one `created_by` of all sessions made with one token."""
        creator = session.get("created_by")
        if not isinstance(creator, int | str):
            return
        first, earlier = self.creators.setdefault(known.maker, (creator, exchange))
        if first != creator:
            requirement = "DWZ-OWNER-02" if known.claimed else "DWZ-OWNER-01"
            requirement = "DWZ-OWNER-03" if known.updated else requirement
            expected = f"created_by {first!r} as of others made with this token"
            yield suspicion(requirement, path(id_), expected, creator, earlier, *known.evidence)

    def _written(self, exchange: Exchange, operation: str, id_: str, known: Known) -> Iterator[Suspicion]:
        """Take in what was carried out."""
        known.refused, known.replied, known.shown, known.last = None, None, None, operation
        known.writes.append(exchange)
        if operation == "delete_session":
            yield from not_by_others(exchange, id_, known)
            self._delete(exchange, known)
        elif operation == "replace_session":
            yield from not_by_others(exchange, id_, known)
            self._replace(exchange, id_, known)
        else:
            yield from taking_part(exchange, operation, id_, known)

    def _delete(self, exchange: Exchange, known: Known) -> None:
        """Note that a session is gone, and its series where our contract's parameter says so."""
        if known.series is not None and exchange.target.endswith("?scope=series"):
            self.deleted_series[known.series] = exchange
        known.gone = True
        self._moved(known, "gone")

    def _replace(self, exchange: Exchange, id_: str, known: Known) -> None:
        """Note what an update asked for, and what it was answered with."""
        body = sent(exchange)
        if body is None or body.get("org_id", known.org_id) != known.org_id:
            del self.known[id_]
            return
        known.single = known.single and not facts.recurs(body)
        known.fields = facts.updated(known.fields, body, single=known.single)
        known.updated, known.closed, known.series = True, False, None
        known.asked_status = body.get("status", known.asked_status)
        known.replied = one(Reply(exchange))
        if known.replied is not None:
            self._seen(known, known.replied)

    def _seen(self, known: Known, session: Json) -> None:
        """Learn what only replies tell: the status and the series."""
        if isinstance(session.get("series_id"), int):
            known.series = session["series_id"]
        if session.get("status") in STATUSES:
            self._moved(known, session["status"])

    def _left_of_series(self, exchange: Exchange, listing: Listing) -> Iterator[Suspicion]:
        """Expect no occurrence of a series that was deleted as a whole."""
        for each in listing.entries if self.deleted_series else ():
            series = each.get("series_id")
            if isinstance(series, int) and series in self.deleted_series:
                expected, deletion = (
                    "a list without sessions of a deleted series",
                    self.deleted_series[series],
                )
                yield suspicion("DWZ-RECUR-09", path(each["id"]), expected, each, deletion)

    def _moved(self, known: Known, state: str) -> None:
        """Count a transition."""
        if state != known.state:
            self.transitions[f"{known.state} > {known.last} > {state}"] += 1
            known.state = state


def sent(exchange: Exchange) -> Json | None:
    """Return the body of a request, None where it is not surely read as JSON."""
    return body_of(exchange) if "json" in header_of(exchange, "Content-Type") else None
