"""Requirements on the way through the pages, from `nextCursor` to `nextCursor`."""

from conformance import expect
from conformance.apis.mobilenext.client import FEW, MOST, MobileNext, Page, ids
from conformance.apis.mobilenext.expectations import all_of, newest_first
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

MANY_PAGES = 12
LIMITS = (1, 3, 7)
BEFORE_ALL = "1990-01-01T00:00:00Z"


def walk(api: MobileNext, limit: int) -> list[Page]:
    """Return the first pages, each cursor sent back exactly as it came; the last one has none unless there
    are MANY_PAGES.
    """
    pages = [api.page(limit=limit)]
    while pages[-1].cursor is not None and len(pages) < MANY_PAGES:
        cursor = expect.text("`nextCursor`", pages[-1].cursor)
        pages.append(api.page(limit=limit, before=cursor))
        going_on = pages[-1].cursor is None or (pages[-1].cursor != cursor and pages[-1].ids)
        expect.that(bool(going_on), expected=f"a page that goes on from {cursor}", got=pages[-1].cursor)
    return pages


def last_page(api: MobileNext) -> Page:
    """Return the page at the end of the way."""
    page = walk(api, MOST)[-1]
    if page.cursor is not None:
        raise Inconclusive(f"the end is more than {MANY_PAGES} pages of {MOST} sessions away")
    return page


@requirement(
    "MOBILENEXT-PAGE-01",
    level=Level.MUST,
    origin=documented("newest first, with cursor pagination; nextCursor: Cursor for the next page"),
    operations=["list_sessions"],
    read_only=True,
)
def pages_meet_every_session_once(api: MobileNext) -> None:
    """Following the cursors, whatever the limit, meets every session exactly once, newest first."""
    whole = ids(api.given_sessions(2, "a second page", limit=FEW))
    for limit in LIMITS:
        pages = walk(api, limit)
        sessions = [each for page in pages for each in page.sessions]
        met = [str(each.get("id")) for each in sessions]
        expect.that(len(met) == len(set(met)), expected=f"each session once with limit={limit}", got=met)
        newest_first(sessions)
        passed = sum(each in met for each in whole)
        reached = whole if pages[-1].cursor is None else whole[:passed]
        all_of(f"the pages with limit={limit}", met, reached)


@requirement(
    "MOBILENEXT-PAGE-02",
    level=Level.MUST,
    origin=documented("nextCursor: Cursor for the next page; absent when there are no more results"),
    operations=["list_sessions"],
    read_only=True,
)
def no_cursor_means_the_end(api: MobileNext) -> None:
    """The way through the pages comes to one without a cursor, or with null, and nothing is older than its
    last session.
    """
    page = last_page(api)
    if page.sessions:
        oldest = str(page.sessions[-1].get("createdAt"))
        expect.equal(f"sessions before {oldest}, the end of the list", api.page(before=oldest).ids, [])


@requirement(
    "MOBILENEXT-PAGE-03",
    level=Level.MUST,
    origin=documented(
        "before: return sessions created strictly before; nextCursor: absent when there are no more"
    ),
    operations=["list_sessions"],
    read_only=True,
)
def nothing_is_older_than_everything(api: MobileNext) -> None:
    """With a `before` older than every session the list is empty and has no cursor."""
    page = api.page(before=BEFORE_ALL)
    expect.equal(f"sessions before {BEFORE_ALL}", page.ids, [])
    expect.equal("`nextCursor` of the empty page", page.cursor, None)


@requirement(
    "MOBILENEXT-PAGE-04",
    level=Level.MUST,
    origin=assumed(
        "The page calls the cursor a text and says no more; the vendor's clients send back a time: "
        "https://github.com/mobile-next/mobilecli, commands/remote_test.go"
    ),
    operations=["list_sessions"],
    read_only=True,
)
def cursor_is_the_time_of_the_last(api: MobileNext) -> None:
    """`nextCursor` is the `createdAt` of the page's last session; the last page, even a full one, has no such
    key.
    """
    page = last_page(api)
    if len(page.sessions) < 3:  # the oldest two, and the one above them
        raise Inconclusive("the last page has too few sessions to be divided")
    above, second, _ = (str(each.get("createdAt")) for each in page.sessions[-3:])
    half, full = (api.own(before=above, limit=limit).object() for limit in (1, 2))
    expect.equal("`nextCursor` before the last session", half.get("nextCursor"), second)
    expect.that("nextCursor" not in full, expected="no `nextCursor` in a full last page", got=full)
