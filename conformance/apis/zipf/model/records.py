"""Compares timelines, exports and lists of operations with the operations that a session has taken."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from conformance.apis.zipf import reading
from conformance.apis.zipf.model.knowledge import Knowledge, Session
from conformance.apis.zipf.model.shown import flags, view
from conformance.apis.zipf.records import FORMULA, at
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import Json, query_of, suspicion

FEW = 10  # details may show no more operations than a page holds
PRIVATE = ("customer_id", "organization_id", "shared_with_org", "metadata", "user_organizations")

Entries = list[Json]


def entries(body: Any) -> Entries | None:
    """Return the operations in a reply, or None when it is not certain where they are."""
    found = reading.operations(body)
    empty = any(view(body).get(name) == [] for name in reading.LISTS) or body == []
    return found if found or empty else None


def numbered(session: Session, listed: Entries | None, rule: str) -> Iterator[Suspicion]:
    """Compare how many operations are shown with how many there are."""
    if listed is None or len(listed) in session.operations:
        return
    few = len(listed) < session.operations.low
    broken = rule if few else session.unrecorded or rule
    yield suspicion(broken, session.id, f"{session.operations} operations", f"{len(listed)} of them")


def in_details(session: Session, body: Any) -> Iterator[Suspicion]:
    """Compare the operations among the details, which need not be all when there are many."""
    if session.operations.high <= FEW:
        yield from numbered(session, entries(body), "ZIPF-GET-05")


def timeline(knowledge: Knowledge, session: Session, exchange: Exchange, rule: str) -> Iterator[Suspicion]:
    """Compare a timeline on the private path; `rule` promises that it is complete for whoever asks."""
    body = exchange.reply_json()
    listed = entries(body)
    wrong = list(numbered(session, listed, rule))
    yield from wrong
    if listed is None or wrong:
        return
    session.operations.low, session.unrecorded = max(session.operations.low, len(listed)), None
    yield from ordered(session, listed)
    yield from own(knowledge, session, listed)
    yield from lasting(session, listed)
    yield from added_up(session, body, listed)
    for entry in listed:
        yield from flags(session.id, session.audience, entry, "ZIPF-SHARE-07")


def ordered(session: Session, listed: Entries) -> Iterator[Suspicion]:
    """Compare the order of operations with their times."""
    times = [moment for moment in map(at, listed) if moment]
    if len(times) == len(listed) and times != sorted(times):
        yield suspicion("ZIPF-TIMELINE-02", session.id, "times in ascending order", list(map(str, times)))


def own(knowledge: Knowledge, session: Session, listed: Entries) -> Iterator[Suspicion]:
    """Look for operations that are shown twice, or belong to another session."""
    ids = [each["id"] for each in listed if isinstance(each.get("id"), str)]
    if len(set(ids)) < len(ids):
        yield suspicion("ZIPF-TIMELINE-01", session.id, "each operation once", ids)
    for id_ in ids:
        if knowledge.session_of_entry.setdefault(id_, session.id) != session.id:
            yield suspicion("ZIPF-TIMELINE-01", session.id, "no operation of another session", id_)


def lasting(session: Session, listed: Entries) -> Iterator[Suspicion]:
    """Compare what came of operations, once they are done, with what they showed before."""
    for entry in listed:
        id_ = entry.get("id")
        if not isinstance(id_, str) or reading.busy([entry]):
            continue
        outcome = (reading.credits_of(entry), tuple(reading.urls(entry)))
        before = session.entries.setdefault(id_, outcome)
        if before != outcome:
            yield suspicion("ZIPF-TIMELINE-03", session.id, f"credits and URLs {before}", outcome)


def added_up(session: Session, body: Any, listed: Entries) -> Iterator[Suspicion]:
    """Compare the sums of a timeline with its operations."""
    sums = body.get("aggregates") if isinstance(body, dict) else None
    expected = {
        "operation_count": len(listed),
        "total_credits": sum(reading.credits_of(each) or 0 for each in listed),
        "unique_urls": len({url for each in listed for url in reading.urls(each)}),
    }
    if isinstance(sums, dict) and any(sums.get(name, value) != value for name, value in expected.items()):
        yield suspicion("ZIPF-TIMELINE-04", session.id, f"aggregates with {expected}", sums)


def export(session: Session, exchange: Exchange) -> Iterator[Suspicion]:
    """Compare an export with the session, as far as the page says what it holds."""
    query = query_of(exchange, ("format",))
    if query == {"format": "csv"}:
        yield from table(session, exchange)
    elif query == {"format": "json"}:
        body, name = exchange.reply_json(), session.certain("name")
        if name and not any(name in text for text in reading.strings(body, ("name",))):
            yield suspicion("ZIPF-EXPORT-01", session.id, f"an export that holds {name!r}", body)
        yield from numbered(session, entries(body), "ZIPF-EXPORT-01")


def table(session: Session, exchange: Exchange) -> Iterator[Suspicion]:
    """Look for rows of a CSV file that lack columns, and for cells that a spreadsheet would calculate."""
    text = exchange.reply_body.decode("utf-8-sig", "replace")
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error as reason:
        yield suspicion("ZIPF-EXPORT-02", session.id, "a CSV file (RFC 4180)", str(reason))
        return
    widths = sorted({len(row) for row in rows})
    if len(widths) != 1:
        yield suspicion("ZIPF-EXPORT-02", session.id, "rows of the same number of columns", widths)
    formulas = [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    if formulas:
        yield suspicion("ZIPF-EXPORT-05", session.id, "no cell that begins as a formula", formulas)


def private(session: Session, body: Any) -> Iterator[Suspicion]:
    """Look for what a public view must not hold, in the session and in its operations."""
    leaked = [name for part in (view(body), *(entries(body) or ())) for name in PRIVATE if name in part]
    if leaked:
        yield suspicion("ZIPF-PUBLIC-07", session.id, "a public view without private fields", leaked)
