"""Requirements on the list of sessions, its filters and its pages.

Others may work in the account meanwhile, so a requirement looks for its own sessions, and at what every
listed session has in common.
"""

from typing import Any

from conformance import expect, needs
from conformance.apis.zipf.client import Zipf, ids, refused_or
from conformance.apis.zipf.needs import tags
from conformance.expect import settled
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

ALL = 100
SHARED_REPLY = documented(
    'Response with include_shared=true: {"sessions": [...], "shared_sessions": [...], "user_organizations": '
    '[{"id": "...", "name": "..."}], "pagination": {"owned": {...}, "shared": {...}}}'
)


def holds(found: list[dict[str, Any]], wanted: str) -> None:
    """Expect the list to hold a session, unless it may be one page of more."""
    if wanted not in ids(found) and len(found) >= ALL:
        raise Inconclusive("the list is full, so the session may be on another page")
    expect.that(wanted in ids(found), expected=f"a list that holds {wanted}", got=ids(found))


def lacks(found: list[dict[str, Any]], unwanted: str) -> None:
    """Expect the list not to hold a session."""
    expect.that(unwanted not in ids(found), expected=f"a list without {unwanted}", got="it is there")


@requirement(
    "ZIPF-LIST-01",
    level=Level.MUST,
    origin=documented("GET /api/v1/sessions: List sessions with pagination and filtering"),
    operations=["list_sessions"],
)
def new_sessions_are_listed(api: Zipf) -> None:
    """A new session is in the list of its owner, once, and in nobody else's."""
    id_ = api.given_session()
    found = settled(lambda: api.listed(limit=ALL), lambda found: id_ in ids(found))
    holds(found, id_)
    expect.equal("how often it is listed", ids(found).count(id_), 1)
    if "outsider" in api.http.target.actors:
        lacks(api.listed("outsider", limit=ALL), id_)


@requirement(
    "ZIPF-LIST-02",
    level=Level.MUST,
    origin=documented("limit (Int): Results per page (1-100)"),
    operations=["list_sessions"],
)
def limits_bound_the_page(api: Zipf) -> None:
    """A page holds as many sessions as `limit` says; 1 and 100 are taken, and no page has more than 100."""
    api.given_session()
    api.given_session()
    expect.equal("number of sessions with limit=1", len(api.listed(limit=1)), 1)
    expect.equal("number of sessions with limit=2", len(api.listed(limit=2)), 2)
    api.list_sessions(limit=ALL).succeeded()
    for limit in (0, ALL + 1):
        reply = api.list_sessions(limit=limit)
        count = len(api.listed(limit=limit)) if reply.ok else 0
        refused_or(reply, count <= ALL, expected="100 sessions at most", got=count)


@requirement(
    "ZIPF-LIST-03",
    level=Level.MUST,
    origin=documented("offset (Int): Pagination offset"),
    operations=["list_sessions"],
)
def offset_moves_the_page(api: Zipf) -> None:
    """Pages that begin at different offsets continue each other, without gap or overlap."""
    for _ in range(4):
        api.given_session()
    whole = ids(api.listed(limit=4, offset=0))
    parts = [*ids(api.listed(limit=2, offset=0)), *ids(api.listed(limit=2, offset=2))]
    if whole != ids(api.listed(limit=4, offset=0)):
        raise Inconclusive("the account's sessions changed meanwhile")
    expect.equal("two pages of two", parts, whole)


@requirement(
    "ZIPF-LIST-04",
    level=Level.MUST,
    origin=documented("status (String): Filter by status"),
    operations=["list_sessions", "complete_session", "archive_session"],
)
def status_filter(api: Zipf) -> None:
    """The filter `status` leaves the sessions with that status, and no others."""
    active, completed, archived = (api.given_session() for _ in range(3))
    for id_ in (completed, archived):
        api.given(api.complete_session(id_))
    api.given(api.archive_session(archived))
    for status, id_ in (("active", active), ("completed", completed), ("archived", archived)):
        found = api.listed(limit=ALL, status=status)
        others = [each for each in found if each.get("status") != status]
        expect.that(not others, expected=f"only sessions that are {status}", got=others)
        holds(found, id_)


@requirement(
    "ZIPF-LIST-05",
    level=Level.MUST,
    origin=documented("tag (String): Filter by tag"),
    operations=["list_sessions", "create_session"],
    needs=[tags],
)
def tag_filter(api: Zipf) -> None:
    """The filter `tag` leaves the sessions with that tag, and no others, not even of one that begins or ends
    with it.
    """
    tag, other = api.http.unique("tag"), api.http.unique("tag")
    mine = api.given_session(**api.tagged(tag))
    for each in (other, f"{tag}0", f"0{tag}"):
        api.given_session(**api.tagged(each))
    api.given_session()
    expect.equal(f"sessions with the tag {tag}", ids(api.listed(limit=ALL, tag=tag)), [mine])


@requirement(
    "ZIPF-LIST-06",
    level=Level.MUST,
    origin=documented("days_back (Int): Filter by recency"),
    operations=["list_sessions", "create_session"],
    needs=[needs.hook("age")],
)
def recency_filter(api: Zipf) -> None:
    """The filter `days_back` leaves what is at most so many days old."""
    new = api.given_session()
    holds(api.listed(limit=ALL, days_back=1), new)
    api.age(new, 3)
    lacks(api.listed(limit=ALL, days_back=2), new)
    holds(api.listed(limit=ALL, days_back=4), new)


@requirement(
    "ZIPF-LIST-07",
    level=Level.MUST,
    origin=SHARED_REPLY,
    operations=["list_sessions"],
)
def shared_reply_has_its_parts(api: Zipf) -> None:
    """With `include_shared` the reply holds both lists, the caller's organisations, and a pagination of
    either list.
    """
    api.given_session()
    body = api.list_sessions(include_shared=True, limit=2, offset=0).succeeded().object()
    for name in ("sessions", "shared_sessions", "user_organizations"):
        expect.that(isinstance(body.get(name), list), expected=f"`{name}` as a list", got=body.get(name))
    pagination = expect.member("the reply", body, "pagination")
    for name in ("owned", "shared"):
        page = expect.member("pagination", pagination, name)
        for part in ("total", "limit", "offset"):
            expect.count(f"pagination.{name}.{part}", expect.member(f"pagination.{name}", page, part))
    expect.includes("pagination.owned", pagination["owned"], {"limit": 2, "offset": 0})
    enough = pagination["owned"]["total"] >= len(body["sessions"])
    expect.that(enough, expected="a total of at least the sessions on the page", got=pagination["owned"])


@requirement(
    "ZIPF-LIST-08",
    level=Level.MUST,
    origin=SHARED_REPLY,
    operations=["list_sessions"],
    read_only=True,
    needs=[needs.organization("shared")],
)
def own_organizations_are_listed(api: Zipf) -> None:
    """With `include_shared` the reply names the organisations that the caller belongs to, and no others."""
    found = api.listed(part="user_organizations", include_shared=True)
    for each in found:
        expect.text("name of the organisation", each.get("name"))
    holds(found, api.organization())
    if "foreign" in api.http.target.organizations:
        lacks(found, api.organization("foreign"))


@requirement(
    "ZIPF-LIST-09",
    level=Level.MUST,
    origin=documented("include_shared (Bool): Include org-shared sessions from teammates"),
    operations=["list_sessions", "share_session"],
    actors=["member"],
    needs=[needs.organization("shared")],
)
def shared_sessions_are_of_teammates(api: Zipf) -> None:
    """A session shared with an organisation is among the shared sessions of its other members, not of its
    owner.
    """
    mine, unshared = api.given_session(), api.given_session()
    api.given_shared(mine)
    found = settled(lambda: shared(api, "member"), lambda found: mine in ids(found))
    holds(found, mine)
    lacks(found, unshared)
    lacks(shared(api, "owner"), mine)
    lacks(api.listed("member", limit=ALL, include_shared=True), mine)


@requirement(
    "ZIPF-LIST-10",
    level=Level.MUST,
    origin=documented("Share sessions with your organization's team members"),
    operations=["list_sessions", "share_session"],
    actors=["outsider"],
    needs=[needs.organization("shared")],
)
def shared_sessions_stay_in_the_organization(api: Zipf) -> None:
    """A session shared with an organisation is in no list of somebody who does not belong to it."""
    mine = api.given_session()
    api.given_shared(mine)
    lacks(shared(api, "outsider"), mine)
    lacks(api.listed("outsider", limit=ALL, include_shared=True), mine)


@requirement(
    "ZIPF-LIST-11",
    level=Level.MUST,
    origin=assumed(
        "The page shows one order and one reply; newest first, ten at a time, is what its sample suggests."
    ),
    operations=["list_sessions"],
)
def newest_first(api: Zipf) -> None:
    """The list begins with the newest session, holds ten unless told otherwise, and has a flat pagination."""
    made = [api.given_session() for _ in range(11)]
    body = api.list_sessions().has_status(200).object()
    expect.equal("fields of the reply", sorted(body), ["pagination", "sessions"])
    expect.equal("order of the sessions", ids(body["sessions"]), made[:0:-1])
    expect.includes("pagination", body["pagination"], {"limit": 10, "offset": 0})


@requirement(
    "ZIPF-LIST-12",
    level=Level.MUST,
    origin=assumed("The page gives bounds but no refusals; 400 is the usual code for invalid input."),
    operations=["list_sessions"],
    read_only=True,
)
def wrong_parameters_are_refused(api: Zipf) -> None:
    """A parameter out of its range, of another type, or with an unknown status is refused with 400."""
    wrong: tuple[dict[str, Any], ...] = (
        {"limit": 0}, {"limit": 101}, {"limit": "ten"}, {"offset": -1}, {"days_back": 0},
        {"status": "asleep"}, {"include_shared": "maybe"},
    )  # fmt: skip
    for each in wrong:
        api.list_sessions(**each).has_status(400)


@requirement(
    "ZIPF-LIST-13",
    level=Level.MUST,
    origin=assumed(
        "The page does not say whether filters combine or reach the shared sessions; both are assumed."
    ),
    operations=["list_sessions", "share_session"],
    actors=["member"],
    needs=[tags, needs.organization("shared")],
)
def filters_combine(api: Zipf) -> None:
    """A session has to pass every filter given, those of teammates too."""
    tag = api.http.unique("tag")
    active, completed = (api.given_session(**api.tagged(tag)) for _ in range(2))
    for id_ in (active, completed):
        api.given_shared(id_)
    api.given(api.complete_session(completed))
    query: dict[str, Any] = {"tag": tag, "status": "completed", "limit": ALL}
    expect.equal("own sessions that pass both", ids(api.listed(**query)), [completed])
    theirs = api.listed("member", "shared_sessions", include_shared=True, **query)
    expect.equal("teammates' sessions that pass both", ids(theirs), [completed])


def shared(api: Zipf, actor: str) -> list[dict[str, Any]]:
    """Return what teammates share with an actor."""
    return api.listed(actor, "shared_sessions", include_shared=True, limit=ALL)
