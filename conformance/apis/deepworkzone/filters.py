"""Requirements on the filters of the list, each by itself and together.

Other clients may create sessions meanwhile and a long list may come in pages: a requirement looks for its own
two sessions, of which one passes the filter, in the whole list and in the one narrowed by their name.
"""

from typing import Any

from conformance import expect
from conformance.apis.deepworkzone.client import MEMBER, OWNER, DeepWorkZone, Session, day, ids
from conformance.apis.deepworkzone.listing import holds, may_be_a_page, own_organization
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

LIST = ("list_sessions", "create_session")


def narrows(api: DeepWorkZone, passing: Session, other: Session, **filters: Any) -> None:
    """Expect the filters to leave the one session and not the other."""
    for keyword in ({}, {"keyword": passing["name"]}):
        query = {**own_organization(api), **keyword, **filters}
        found = api.listed_with({passing["id"]}, **query)
        expect.that(
            other["id"] not in ids(found),
            expected=f"a list with {query} without {other['id']}",
            got="it is there",
        )
        if keyword or not may_be_a_page(found):
            holds(found, {passing["id"]})


def pair(api: DeepWorkZone, passing: dict[str, Any], other: dict[str, Any]) -> tuple[Session, Session]:
    """Create two sessions of one name."""
    name = api.token()
    return api.given_session(name=name, **passing), api.given_session(name=name, **other)


@requirement(
    "DWZ-FILTER-01",
    level=Level.MUST,
    origin=documented("channel, string, Filter by visibility: public or private"),
    operations=LIST,
    actors=[OWNER],
)
def channel(api: DeepWorkZone) -> None:
    """`channel` leaves the caller's public sessions, or the private ones."""
    public, private = pair(api, {"is_public": True}, {"is_public": False})
    narrows(api, public, private, channel="public")
    narrows(api, private, public, channel="private")


@requirement(
    "DWZ-FILTER-02",
    level=Level.MUST,
    origin=documented("type, string, Filter by type: drop-in or standard"),
    operations=LIST,
    actors=[OWNER],
)
def type_(api: DeepWorkZone) -> None:
    """`type` leaves the sessions of that type; both types can be created."""
    drop_in, standard = pair(api, {"type": "drop-in"}, {"type": "standard"})
    narrows(api, drop_in, standard, type="drop-in")
    narrows(api, standard, drop_in, type="standard")


@requirement(
    "DWZ-FILTER-03",
    level=Level.MUST,
    origin=documented("date, string, Filter by date (YYYY-MM-DD)"),
    operations=LIST,
    actors=[OWNER],
)
def date(api: DeepWorkZone) -> None:
    """`date` leaves the sessions of that day."""
    one, other = pair(api, {"schedule": day(2)}, {"schedule": day(4)})
    narrows(api, one, other, date=day(2))
    narrows(api, other, one, date=day(4))


@requirement(
    "DWZ-FILTER-04",
    level=Level.MUST,
    origin=documented("completed, 0|1, Filter completed sessions (0 = active, 1 = done)"),
    operations=(*LIST, "replace_session"),
    actors=[OWNER],
)
def completed(api: DeepWorkZone) -> None:
    """`completed` leaves the sessions that are not done, or those that are."""
    new, done = pair(api, {}, {})
    body = {name: value for name, value in done.items() if name != "id"}
    reply = api.replace_session(done["id"], {**body, "status": "completed"})
    if not reply.ok or api.given_details(done["id"]).get("status", "completed") != "completed":
        found = ids(api.sessions(completed=1, keyword=new["name"]))
        expect.that(
            new["id"] not in found, expected="no new session among those that are done", got=new["id"]
        )
        raise Inconclusive(f"no session could be completed with `status`: {reply.status}")
    narrows(api, new, done, completed=0)
    narrows(api, done, new, completed=1)


@requirement(
    "DWZ-FILTER-05",
    level=Level.MUST,
    origin=documented("source, string, Scope: user or organization"),
    operations=LIST,
    actors=[OWNER, MEMBER],
)
def source(api: DeepWorkZone) -> None:
    """`source` leaves the caller's own sessions (`user`), or shows colleagues' ones too (`organization`)."""
    name = api.token()
    mine, hers = (api.given_session(actor, name=name, is_public=True) for actor in (OWNER, MEMBER))
    narrows(api, mine, hers, source="user")
    both = {mine["id"], hers["id"]}
    holds(api.listed_with(both, keyword=name, source="organization", **own_organization(api)), both)


@requirement(
    "DWZ-FILTER-06",
    level=Level.MUST,
    origin=documented("keyword, string, Search by session name"),
    operations=LIST,
    actors=[OWNER],
)
def keyword(api: DeepWorkZone) -> None:
    """`keyword` leaves the sessions that are called so; whether parts of a name are found is left open."""
    one, other = api.given_session(), api.given_session()
    found = api.listed_with({one["id"]}, keyword=one["name"], **own_organization(api))
    expect.that(
        other["id"] not in ids(found),
        expected=f"no session that is not called {one['name']}",
        got=other["name"],
    )
    holds(found, {one["id"]})


@requirement(
    "DWZ-FILTER-07",
    level=Level.MUST,
    origin=documented("day_start, string, Start of date range filter"),
    operations=LIST,
    actors=[OWNER],
)
def day_start(api: DeepWorkZone) -> None:
    """`day_start` leaves the sessions of later days."""
    early, late = pair(api, {"schedule": day(2)}, {"schedule": day(6)})
    narrows(api, late, early, day_start=day(4), day_ends=day(14))


@requirement(
    "DWZ-FILTER-08",
    level=Level.MUST,
    origin=documented("day_ends, string, End of date range filter"),
    operations=LIST,
    actors=[OWNER],
)
def day_ends(api: DeepWorkZone) -> None:
    """`day_ends` leaves the sessions of earlier days."""
    early, late = pair(api, {"schedule": day(2)}, {"schedule": day(6)})
    narrows(api, early, late, day_start=day(1), day_ends=day(4))


@requirement(
    "DWZ-FILTER-09",
    level=Level.MUST,
    origin=documented("filtered by the provided query parameters"),
    operations=LIST,
    actors=[OWNER],
)
def filters_combine(api: DeepWorkZone) -> None:
    """All filters together leave the sessions that pass each of them."""
    passing: dict[str, Any] = {"type": "standard", "is_public": False, "schedule": day(3)}
    name, spare = api.token(), api.token()
    right = api.given_session(name=name, **passing)
    failing: tuple[dict[str, Any], ...] = (
        {"type": "drop-in"},
        {"is_public": True},
        {"schedule": day(5)},
        {"name": spare},
    )
    wrong = [api.given_session(**{"name": name, **passing, **each}) for each in failing]
    days = {"date": day(3), "day_start": day(1), "day_ends": day(4)}
    words = {"type": "standard", "channel": "private", "keyword": name, "source": "user"}
    query: dict[str, Any] = {**days, **words, "completed": 0, **own_organization(api)}
    found = api.listed_with({right["id"]}, **query)
    others = [each["id"] for each in wrong if each["id"] in ids(found)]
    expect.that(not others, expected="no session that fails one of the filters", got=others)
    holds(found, {right["id"]})


@requirement(
    "DWZ-FILTER-10",
    level=Level.MUST,
    origin=assumed(
        "The page does not say whether the ends of a range belong to it; as days they plainly do."
    ),
    operations=LIST,
    actors=[OWNER],
)
def ranges_are_inclusive(api: DeepWorkZone) -> None:
    """Both ends of a range belong to it, and each works without the other."""
    name = api.token()
    made = [api.given_session(name=name, schedule=day(number))["id"] for number in (1, 2, 3)]
    for query, places in (
        ({"day_start": day(2), "day_ends": day(2)}, [1]),
        ({"day_start": day(2)}, [1, 2]),
        ({"day_ends": day(2)}, [0, 1]),
    ):
        found = [each["id"] for each in api.sessions(keyword=name, **query)]
        expect.equal(f"sessions with {query}", found, [made[place] for place in places])


@requirement(
    "DWZ-FILTER-11",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what the search heeds; people remember parts of a name, not its capitals."
    ),
    operations=LIST,
    actors=[OWNER],
)
def keywords_are_parts(api: DeepWorkZone) -> None:
    """A keyword is found anywhere in the name, in small or capital letters."""
    one = api.given_session(name=f"{api.token()} Überblick")
    for words in (one["name"].upper(), one["name"].lower(), one["name"][2:-2]):
        holds(api.sessions(keyword=words), {one["id"]})
