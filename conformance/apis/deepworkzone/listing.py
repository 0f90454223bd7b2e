"""Requirements on the list of sessions as such; its filters are in `filters`."""

from typing import Any

from conformance import expect
from conformance.apis.deepworkzone.client import EXAMPLE, MEMBER, OWNER, DeepWorkZone, Session, day, ids
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

SMALLEST_PAGE = 10
OWN = ("id", "created_by", "series_id", "created_at", "updated_at")


def holds(sessions: list[Session], wanted: set[Any]) -> None:
    """Expect the list to hold the ids, unless it looks like one page of more."""
    missing = wanted - ids(sessions)
    if missing and may_be_a_page(sessions):
        raise Inconclusive(
            f"the list of {len(sessions)} may be one page of more; the document describes none"
        )
    expect.that(
        not missing,
        expected=f"a list that holds {sorted(map(str, wanted))}",
        got=f"{sorted(map(str, missing))} missing",
    )


def may_be_a_page(sessions: list[Session]) -> bool:
    """Say whether the list has the length of a page, so that there may be more."""
    return len(sessions) >= SMALLEST_PAGE and len(sessions) % 5 == 0


@requirement(
    "DWZ-LIST-01",
    level=Level.MUST,
    origin=documented("Returns a list of sessions for the authenticated user's organization"),
    operations=["list_sessions", "create_session"],
    actors=[OWNER],
)
def new_sessions_are_listed(api: DeepWorkZone) -> None:
    """New sessions of the caller are in the list, each once."""
    name, scope = api.token(), own_organization(api)
    wanted = {api.given_session(name=name)["id"] for _ in range(2)}
    found = api.listed_with(wanted, **scope)
    if may_be_a_page(found):
        found = api.listed_with(wanted, keyword=name, **scope)
    holds(found, wanted)
    for id_ in wanted:
        entries = [each for each in found if each.get("id") == id_]
        expect.equal(f"number of entries for {id_}", len(entries), 1)


def own_organization(api: DeepWorkZone) -> dict[str, Any]:
    """Return the filter for the organisation that new sessions are created in."""
    shared = api.http.target.organizations.get("shared")
    return {} if shared is None else {"org_id": shared}


@requirement(
    "DWZ-LIST-02",
    level=Level.MUST,
    origin=assumed("The page shows no reply; `data` is the envelope of the vendor's page on tasks."),
    operations=["list_sessions", "get_session"],
    actors=[OWNER],
)
def reply_is_exact(api: DeepWorkZone) -> None:
    """The list is `{"data": [...]}` with 200; entries are as get shows them, without participation."""
    session = api.given_session()
    body = api.list_sessions(keyword=session["name"]).has_status(200).object()
    details = api.given_details(session["id"])
    expected = {name: details.get(name) for name in (*EXAMPLE, *OWN)}
    expect.equal("the list", body, {"data": [expected]})


@requirement(
    "DWZ-LIST-03",
    level=Level.MUST,
    origin=assumed("The page names no order; a calendar reads from early to late."),
    operations=["list_sessions"],
    actors=[OWNER],
)
def earliest_first(api: DeepWorkZone) -> None:
    """The list goes by day, then by time of day, then by creation."""
    name = api.token()
    moments = (
        (day(2), "9:00 AM"),
        (day(1), "1:00 PM"),
        (day(1), "09:30"),
        (day(1), "12:15 AM"),
        (day(1), "13:00"),
    )
    made = [api.given_session(name=name, schedule=on, time=at)["id"] for on, at in moments]
    found = [each["id"] for each in api.sessions(keyword=name)]
    expect.equal("order of the sessions", found, [made[place] for place in (3, 2, 1, 4, 0)])


@requirement(
    "DWZ-LIST-04",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what a filter does that fits nothing; an empty list is its plain meaning."
    ),
    operations=["list_sessions"],
    actors=[OWNER],
)
def nothing_found(api: DeepWorkZone) -> None:
    """Filters that fit no session, also a range that ends before it begins, give an empty list with 200."""
    api.given_session(schedule=day(2))
    for filters in (
        {"keyword": api.token()},
        {"day_start": day(3), "day_ends": day(1)},
        {"date": "1970-01-01"},
    ):
        expect.equal("the list", api.list_sessions(**filters).has_status(200).json(), {"data": []})


@requirement(
    "DWZ-LIST-05",
    level=Level.MUST,
    origin=assumed(
        "The page gives each filter's values and no refusals; 422 is the framework's code for another value."
    ),
    operations=["list_sessions"],
    actors=[OWNER],
    read_only=True,
)
def wrong_filters_are_refused(api: DeepWorkZone) -> None:
    """A filter with a value that it cannot have is refused with 422, and named."""
    wrong: dict[str, Any] = {
        "channel": "secret",
        "type": "sprint",
        "completed": 2,
        "source": "team",
        "date": "31-12-2025",
        "day_start": "tomorrow",
        "day_ends": "2025-02-30",
        "org_id": "first",
    }
    for name, value in wrong.items():
        errors = api.list_sessions(**{name: value}).has_status(422).object().get("errors")
        expect.equal("filters in the refusal", sorted(errors) if isinstance(errors, dict) else errors, [name])


@requirement(
    "DWZ-LIST-06",
    level=Level.MUST,
    origin=assumed(
        "The page has visibility and does not say who sees what is private: its owner and collaborators do."
    ),
    operations=["list_sessions", "get_session"],
    actors=[OWNER, MEMBER],
)
def private_sessions_are_hidden(api: DeepWorkZone) -> None:
    """A private session is neither listed for a colleague nor found by one who does not collaborate."""
    colleague = api.given_details(api.given_session(MEMBER)["id"], MEMBER).get("created_by")
    hidden, shared = (api.given_session(is_public=False, collaborator=with_) for with_ in ([], [colleague]))
    for session, visible in ((hidden, False), (shared, True)):
        listed = session["id"] in ids(api.sessions(MEMBER, keyword=session["name"]))
        expect.equal(
            f"whether the session with {session['collaborator']} is listed for a colleague", listed, visible
        )
        api.get_session(session["id"], MEMBER).has_status(200 if visible else 404)
    holds(api.sessions(keyword=hidden["name"]), {hidden["id"]})
