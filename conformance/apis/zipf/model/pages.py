"""Compares the size of a page of the list with what was asked for, and what it holds with what it must."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from conformance.apis.zipf.model.knowledge import Knowledge, Session, caller
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import Json, query_of, suspicion

FILTERS = {"status": "ZIPF-LIST-04", "tag": "ZIPF-LIST-05", "days_back": "ZIPF-LIST-06"}
COMBINED = "ZIPF-LIST-13"
PARAMETERS = (*FILTERS, "limit", "offset", "include_shared")
LARGEST_PAGE = 100
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Page:
    """A list as asked for: its filters, and which part of it."""

    filters: dict[str, str]
    limit: int | None
    offset: int
    target: str

    @property
    def most(self) -> int:
        """How many sessions the page may hold."""
        valid = self.limit is not None and 1 <= self.limit <= LARGEST_PAGE
        return self.limit if valid and self.limit else LARGEST_PAGE

    def rule(self, name: str) -> str:
        """Return the requirement about a filter; whether filters combine is assumed."""
        return FILTERS[name] if len(self.filters) == 1 else COMBINED


def page_of(exchange: Exchange) -> Page | None:
    """Return what was asked for, or None when the page does not describe it."""
    query = query_of(exchange, PARAMETERS)
    if query is None:
        return None
    limit, offset = whole(query.get("limit")), whole(query.get("offset", "0"))
    if offset is None or (limit is None and "limit" in query):
        return None
    filters = {name: value for name, value in query.items() if name in FILTERS}
    return Page(filters, limit, offset, exchange.target)


def whole(text: str | None) -> int | None:
    """Return the number that digits write, unless there are very many."""
    few = text is not None and len(text) <= MOST_DIGITS
    return int(text) if few and text and text.isascii() and text.isdecimal() else None


def compare(knowledge: Knowledge, exchange: Exchange, page: Page, found: list[Json]) -> Iterator[Suspicion]:
    """Compare a page of the caller's own sessions."""
    if len(found) > page.most:
        yield suspicion("ZIPF-LIST-02", page.target, f"{page.most} sessions at the most", len(found))
    total = Total.of(exchange)
    if total.number is not None and page.limit is not None and not page.filters:
        expected = max(0, min(page.most, total.number - page.offset))
        if len(found) != expected:
            rule = "ZIPF-LIST-03" if page.offset else "ZIPF-LIST-02"
            said = f"{expected} sessions, for there are {total.number}"
            yield suspicion(total.rule(rule), page.target, said, len(found))
    ids = {str(each.get("id")) for each in found}
    if not page.offset and page.limit and len(found) < page.most:
        yield from missing(knowledge, exchange, page, ids)
    elif not page.offset and total.number == len(found):
        for each in missing(knowledge, exchange, page, ids):  # or else it is the total that is wrong
            yield replace(each, requirement=total.rule("ZIPF-LIST-07"))


@dataclass(frozen=True, slots=True)
class Total:
    """How many sessions there are, as a list says; the page shows it for `include_shared` only."""

    number: int | None
    documented: bool

    @classmethod
    def of(cls, exchange: Exchange) -> "Total":
        """Read the total of the caller's own sessions."""
        pagination = exchange.reply_json().get("pagination")
        split = isinstance(pagination, dict) and isinstance(pagination.get("owned"), dict)
        holder = pagination["owned"] if split else pagination
        number = holder.get("total") if isinstance(holder, dict) else None
        return cls(number if isinstance(number, int) else None, split)

    def rule(self, documented: str) -> str:
        """Return the requirement about this total."""
        return documented if self.documented else "ZIPF-LIST-11"


def missing(knowledge: Knowledge, exchange: Exchange, page: Page, ids: set[str]) -> Iterator[Suspicion]:
    """Miss sessions of the caller's that pass the filters, in a list that holds all that do."""
    for session in list(knowledge.sessions.values()):
        mine = session.audience.owner == caller(exchange) and not session.gone
        if mine and session.id not in ids and passes(session, page):
            rule = page.rule(next(iter(page.filters))) if page.filters else "ZIPF-LIST-01"
            yield suspicion(rule, session.id, "to be in the list of its owner", f"{len(ids)} others")


def passes(session: Session, page: Page) -> bool:
    """Say whether it is certain that a session passes the filters.

    By time any session may be archived, and what is archived may be left out where nobody asks for it.
    """
    status, tag = page.filters.get("status"), page.filters.get("tag")
    if "days_back" in page.filters or (tag and tag not in session.tags):
        return False
    return session.possible == {status} if status else not session.may_be_hidden
