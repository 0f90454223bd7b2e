"""Compares lists of sessions with their filters, their page, and the sessions that are known, per caller."""

from collections.abc import Iterator
from typing import Any

from conformance.apis.zipf.model import accounts, pages, shown
from conformance.apis.zipf.model.changes import squashed
from conformance.apis.zipf.model.knowledge import STATUSES, Knowledge, Session, caller
from conformance.apis.zipf.model.pages import Page, page_of, whole
from conformance.apis.zipf.model.rights import level
from conformance.exchange import Exchange
from conformance.expect import parsed_instant
from conformance.model import Suspicion
from conformance.shadow import Json, is_ok, suspicion

CALENDAR = 1  # days may be counted by the calendar


def listed(knowledge: Knowledge, exchange: Exchange) -> Iterator[Suspicion]:
    """Compare a list with what was asked for and with what is known."""
    body, page = exchange.reply_json(), page_of(exchange)
    if not is_ok(exchange) or not isinstance(body, dict) or page is None:
        return
    accounts.remember(knowledge, exchange, body, "user_organizations")
    mine, theirs = objects(body.get("sessions")), objects(body.get("shared_sessions"))
    if mine is not None:
        yield from own(knowledge, exchange, page, mine)
        yield from pages.compare(knowledge, exchange, page, mine)
    if theirs is not None:
        yield from shared(knowledge, exchange, page, theirs)


def objects(value: Any) -> list[Json] | None:
    """Return a list of objects, or None when it is none."""
    return value if isinstance(value, list) and all(isinstance(each, dict) for each in value) else None


def own(knowledge: Knowledge, exchange: Exchange, page: Page, found: list[Json]) -> Iterator[Suspicion]:
    """Compare the caller's own sessions."""
    ids = [str(each.get("id")) for each in found]
    for id_, entry in zip(ids, found, strict=True):
        session = knowledge.sessions.get(id_)
        yield from failing(knowledge, page, id_, entry, session)
        if session is not None:
            yield from met(knowledge, exchange, session, entry)
    for id_ in {each for each in ids if ids.count(each) > 1 and each != "None"}:
        yield suspicion("ZIPF-LIST-01", id_, "to be listed once", f"{ids.count(id_)} times")


def met(knowledge: Knowledge, exchange: Exchange, session: Session, entry: Json) -> Iterator[Suspicion]:
    """Compare a known session among the caller's own."""
    if session.gone:
        yield suspicion("ZIPF-DELETE-02", session.id, "a list without deleted sessions", entry)
    elif session.audience.owner != caller(exchange):
        yield suspicion("ZIPF-LIST-01", session.id, "to be in nobody else's list", entry)
    else:
        yield from shown.compare(knowledge, session, entry)


def failing(
    knowledge: Knowledge, page: Page, id_: str, entry: Json, session: Session | None
) -> Iterator[Suspicion]:
    """Compare an entry with the filters."""
    wanted = page.filters.get("status")
    if wanted in STATUSES and entry.get("status") != wanted:
        yield suspicion(page.rule("status"), id_, f"only sessions that are {wanted}", entry)
    tag = squashed(page.filters.get("tag", ""))
    if session and tag and tag not in session.words:
        yield suspicion(page.rule("tag"), id_, f"only sessions with the tag {page.filters['tag']!r}", entry)
    days = whole(page.filters.get("days_back"))
    newest = max((moment for moment in map(parsed_instant, entry.values()) if moment), default=None)
    if days and newest and knowledge.latest and (knowledge.latest - newest).days > days + CALENDAR:
        yield suspicion(page.rule("days_back"), id_, f"nothing older than {days} days", entry)


def shared(knowledge: Knowledge, exchange: Exchange, page: Page, found: list[Json]) -> Iterator[Suspicion]:
    """Compare the sessions that teammates share with the caller."""
    for entry in found:
        session = knowledge.sessions.get(str(entry.get("id")))
        if session is not None:
            yield from visible(knowledge, exchange, session, entry)
    if page.filters or page.offset or page.limit is None or len(found) >= page.limit:
        return
    ids = {str(each.get("id")) for each in found}
    for session in list(knowledge.sessions.values()):
        viewer = level(knowledge, session.audience, exchange) == "org_viewer"
        if viewer and not session.gone and not session.may_be_hidden and session.id not in ids:
            yield suspicion("ZIPF-LIST-09", session.id, "to be among the shared sessions", sorted(ids))


def visible(knowledge: Knowledge, exchange: Exchange, session: Session, entry: Json) -> Iterator[Suspicion]:
    """Compare a known session among those of teammates."""
    reader = level(knowledge, session.audience, exchange)
    if session.gone:
        yield suspicion("ZIPF-DELETE-02", session.id, "a list without deleted sessions", entry)
    elif reader == "owner":
        yield suspicion("ZIPF-LIST-09", session.id, "not to be among the shared ones of its owner", entry)
    elif reader in ("stranger", "public"):
        yield suspicion(unseen(session), session.id, "to be hidden from who may not see it", entry)
    else:
        yield from shown.compare(knowledge, session, entry)


def unseen(session: Session) -> str:
    """Return the requirement by which a session is not among those of teammates."""
    if session.audience.organization is not None:
        return "ZIPF-LIST-10"
    if session.audience.ever_shared:
        return "ZIPF-SHARE-05"
    return "ZIPF-SHARE-06" if session.audience.public else "ZIPF-LIST-09"
