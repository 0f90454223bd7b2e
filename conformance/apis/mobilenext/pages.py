"""A page of the list as the shadow model sees it: its sessions, its bounds, and what it shows by itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from conformance.apis.mobilenext.client import DEFAULT, MOST
from conformance.exchange import Exchange
from conformance.expect import parsed_instant
from conformance.model import Suspicion
from conformance.shadow import Json, query_of, suspicion

LIMIT = re.compile(r"0*[1-9]\d{0,8}", re.ASCII)
FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Page:
    """Sessions with their times of creation, and the bounds: `asked` is `before` as sent, empty without."""

    sessions: Sequence[Json]
    times: Sequence[datetime]
    asked: str
    before: datetime
    limit: int | None
    cursor: Any

    @property
    def ids(self) -> list[str]:
        """The ids in the order of the page."""
        return [str(each["id"]) for each in self.sessions]


def page_of(exchange: Exchange, body: Json, times: Sequence[datetime]) -> Page | None:
    """Return the page, None where its bounds are not sure."""
    query = query_of(exchange, ("limit", "before"))
    if query is None or not LIMIT.fullmatch(query.get("limit", str(DEFAULT))):
        return None
    before = parsed_instant(query["before"]) if "before" in query else FOREVER
    limit = int(query["limit"]) if "limit" in query else None
    if before is None:
        return None
    return Page(body["data"], times, query.get("before", ""), before, limit, body.get("nextCursor"))


def bounds(page: Page) -> Iterator[Suspicion]:
    """Say where a page is longer than it may be, out of order, or not older than `before`."""
    requirement, most = longest(page.limit)
    if len(page.sessions) > most:
        yield suspicion(requirement, "a page", f"at most {most} sessions", len(page.sessions))
    for (above, earlier), (below, later) in pairwise(zip(page.sessions, page.times, strict=True)):
        if earlier < later:
            expected = f"nothing newer than {above['createdAt']} after it"
            yield suspicion("MOBILENEXT-LIST-02", str(below["id"]), expected, below["createdAt"])
    for each, time in zip(page.sessions, page.times, strict=True):
        if time >= page.before:
            expected = f"a session created before {page.asked}"
            yield suspicion("MOBILENEXT-LIST-06", str(each["id"]), expected, each["createdAt"])


def longest(limit: int | None) -> tuple[str, int]:
    """Return how many sessions a page with this limit may hold, and the requirement that says so."""
    if limit is None:
        return "MOBILENEXT-LIST-04", DEFAULT
    return ("MOBILENEXT-LIST-03", limit) if limit <= MOST else ("MOBILENEXT-LIST-05", MOST)
