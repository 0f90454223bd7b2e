"""Requirements on one page of the list: its form, order, length, and the cursor `before`.

Sessions may begin and be released meanwhile; they appear at the front and change their `releasedAt`, so pages
are compared by the ids of what was there before.
"""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from conformance import expect
from conformance.apis.mobilenext.client import (
    DEFAULT,
    FEW,
    MOST,
    MobileNext,
    Session,
    created,
    given_page,
    ids,
)
from conformance.apis.mobilenext.expectations import all_of, field, newest_first, none_of
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

AHEAD = timezone(timedelta(hours=2))
BEHIND = timezone(-timedelta(hours=5, minutes=30))


def writings(time: str, moment: datetime) -> list[str]:
    """Return other RFC 3339 texts for the same instant: with other offsets, and with more digits."""
    zoned = [moment.astimezone(zone).isoformat() for zone in (AHEAD, BEHIND)]
    utc = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    return [each for each in (*zoned, f"{utc}Z", f"{utc}000Z") if each != time]


def in_the_middle(sessions: list[Session]) -> tuple[Session, list[str]]:
    """Return a session, and the ids of the older ones of the page."""
    chosen = sessions[len(sessions) // 2]
    older = [each for each in sessions if created(each) < created(chosen)]
    if not older:
        raise Inconclusive("the sessions of the page were all created at the same time")
    return chosen, ids(older)


@requirement(
    "MOBILENEXT-LIST-01",
    level=Level.MUST,
    origin=documented("Returns: object, string, required; data, array, required"),
    operations=["list_sessions"],
    read_only=True,
)
def list_has_its_envelope(api: MobileNext) -> None:
    """The list is an object with `object`, a text, and `data`, an array of sessions, each an object."""
    body = api.own().succeeded().object()
    expect.text("`object` of the list", field("the list", body, "object"))
    data = field("the list", body, "data")
    expect.that(isinstance(data, list), expected="`data` an array", got=json.dumps(data))
    for entry in data:
        expect.that(isinstance(entry, dict), expected="each entry of `data` an object", got=json.dumps(entry))


@requirement(
    "MOBILENEXT-LIST-02",
    level=Level.MUST,
    origin=documented("Sessions in the selected organization, visible to every member of it, newest first"),
    operations=["list_sessions"],
    read_only=True,
)
def newest_come_first(api: MobileNext) -> None:
    """No session in the list was created after the one above it."""
    newest_first(api.given_sessions(2, "an order"))


@requirement(
    "MOBILENEXT-LIST-03",
    level=Level.MUST,
    origin=documented("limit, integer: Maximum sessions to return"),
    operations=["list_sessions"],
    read_only=True,
)
def limit_bounds_a_page(api: MobileNext) -> None:
    """A page holds no more sessions than `limit` says, and those are the newest."""
    sessions = api.given_sessions(3, "a limit", limit=FEW)
    for limit in (1, 2):
        page = api.page(limit=limit)
        expect.that(
            len(page.ids) <= limit,
            expected=f"at most {limit} with limit={limit}",
            got=f"{len(page.ids)} sessions",
        )
        seen = [each for each in page.sessions if each.get("id") in ids(sessions)]
        for above, found in zip(sessions, seen, strict=False):
            is_next = created(found) >= created(above)
            expect.that(is_next, expected=f"the newest {limit} with limit={limit}", got=found)


@requirement(
    "MOBILENEXT-LIST-04",
    level=Level.MUST,
    origin=documented("limit: Maximum sessions to return (default 100, max 500)"),
    operations=["list_sessions"],
    read_only=True,
)
def limit_is_100_by_default(api: MobileNext) -> None:
    """Without `limit` a page is as long as with limit=100, which is at most 100 sessions."""
    asked = len(api.page(limit=DEFAULT).ids)
    without = len(api.page().ids)
    expect.that(without <= DEFAULT, expected="at most 100 without a limit", got=f"{without} sessions")
    if asked < DEFAULT:
        raise Inconclusive(f"a default of {DEFAULT} shows with more sessions than the {asked} there are")
    expect.equal("sessions without a limit", without, asked)


@requirement(
    "MOBILENEXT-LIST-05",
    level=Level.MUST,
    origin=documented("limit: Maximum sessions to return (default 100, max 500)"),
    operations=["list_sessions"],
    read_only=True,
)
def limit_is_500_at_most(api: MobileNext) -> None:
    """`limit` may be 500; with more it is refused or cut, but no page holds more than 500 sessions."""
    longest = api.page(limit=MOST)
    for limit in (MOST + 1, 2 * MOST):
        reply = api.own(limit=limit)
        if not reply.ok:
            reply.refused()
            continue
        count = len(given_page(reply).sessions)
        expect.that(count <= MOST, expected=f"at most 500 with limit={limit}", got=f"{count} sessions")
        if longest.cursor is None:
            raise Inconclusive("a maximum shows with more than 500 sessions, and there are fewer")


@requirement(
    "MOBILENEXT-LIST-06",
    level=Level.MUST,
    origin=documented("before: Cursor: return sessions created strictly before this RFC3339 timestamp"),
    operations=["list_sessions"],
    read_only=True,
)
def before_leaves_older_ones(api: MobileNext) -> None:
    """With the time of a session as `before`, the list begins with the ones created before it: neither it nor
    a newer one shows, and no older one is left out.
    """
    chosen, older = in_the_middle(api.given_sessions(3, "a cursor", limit=FEW))
    page = api.page(before=chosen["createdAt"], limit=FEW)
    for each in page.sessions:
        is_older = created(each) < created(chosen)
        expect.that(is_older, expected=f"only sessions created before {chosen['createdAt']}", got=each)
    all_of(f"the page before {chosen['createdAt']}", page.ids, older)


@requirement(
    "MOBILENEXT-LIST-07",
    level=Level.MUST,
    origin=documented("before, string, date-time: ... created strictly before this RFC3339 timestamp"),
    operations=["list_sessions"],
    read_only=True,
)
def before_is_an_instant(api: MobileNext) -> None:
    """`before` means the same instant with any offset and any number of digits after the second."""
    chosen, older = in_the_middle(api.given_sessions(3, "a cursor", limit=FEW))
    for text in writings(str(chosen["createdAt"]), created(chosen)):
        page = api.page(before=text, limit=FEW)
        all_of(f"the page before {text}", page.ids, older)
        none_of(f"the page before {text}", page.ids, [str(chosen["id"])])


@requirement(
    "MOBILENEXT-LIST-08",
    level=Level.MUST,
    origin=assumed(
        'The page names no value of `object` and lets a page be shorter than asked; "list" is the vendor\'s '
        "example: https://mobilenext.ai/docs/api/sessions"
    ),
    operations=["list_sessions"],
    read_only=True,
)
def list_is_exact(api: MobileNext) -> None:
    """The list is answered with 200, `object` "list", `data`, at most a cursor beside them, and as many
    sessions as asked for.
    """
    body = api.own(limit=2).has_status(200).object()
    expect.equal("fields of the list", sorted(body), ["data", "nextCursor", "object"])
    expect.equal("`object`", body["object"], "list")
    expect.equal("number of sessions with limit=2", len(body["data"]), 2)


@requirement(
    "MOBILENEXT-LIST-09",
    level=Level.MUST,
    origin=assumed("The page gives bounds and types but no refusals; 400 is on the vendor's older pages."),
    operations=["list_sessions"],
    read_only=True,
)
def wrong_parameters_are_refused(api: MobileNext) -> None:
    """A `limit` that is no number from 1 to 500, or a `before` that is no time, is refused with 400."""
    wrong: list[dict[str, Any]] = [{"limit": each} for each in (0, -1, MOST + 1, "ten", "1.5", "")]
    wrong += [{"before": each} for each in ("yesterday", "2026-01-01", "2026-01-01T00:00:00", "")]
    for query in wrong:
        api.own(**query).has_status(400)


@requirement(
    "MOBILENEXT-LIST-10",
    level=Level.MUST,
    origin=assumed("The page does not speak of other parameters; clients of a later version may send some."),
    operations=["list_sessions"],
    read_only=True,
)
def other_parameters_are_ignored(api: MobileNext) -> None:
    """Query parameters that the page does not know change nothing."""
    sessions = api.given_sessions(1, "a comparison", limit=FEW)
    page = api.page(limit=FEW, platform="symbian", after=sessions[0]["createdAt"])
    expect.that(
        ids(sessions)[-1] in page.ids[-2:],
        expected=f"a page that ends with {ids(sessions)[-1]}",
        got=page.ids,
    )
