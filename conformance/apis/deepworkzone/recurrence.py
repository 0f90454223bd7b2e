"""Requirements on recurring sessions. The document names the fields and shows one value of each."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from conformance import expect
from conformance.apis.deepworkzone.client import OWNER, DeepWorkZone, Session, day, ids, month
from conformance.apis.deepworkzone.needs import scope_of_deletion
from conformance.expect import settled
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

FEATURES = ("recurrence",)
SERIES = ("create_session", "list_sessions")
CHOICE = documented(
    "For recurring sessions, you can choose to delete only the current occurrence or the entire series."
)
VALUES = assumed(
    "The page shows one value of each field on recurrence; the others, and what they mean, are ours."
)
LONG = timedelta(days=300)
LONGEST = 31  # days of a month
FIFTH = 5  # such day of a month, which most months lack


def series(api: DeepWorkZone, first: str, last: str | None, **fields: Any) -> Session:
    """Create a recurring session from the first to the last day."""
    recurrence = {"is_recurring": 1, "recurring_start": first, "recurring_ends": last, "occurrence": "daily"}
    return api.given_session(schedule=first, **{**recurrence, **fields})


def occurrences(api: DeepWorkZone, made: Session, first: str, last: str) -> list[Session]:
    """Return the occurrences that a list over the days shows."""
    return [
        each
        for each in api.sessions(keyword=made["name"], day_start=first, day_ends=last)
        if each.get("name", made["name"]) == made["name"]
    ]


def recurs(api: DeepWorkZone, first: str, last: str, expected: list[str], **fields: Any) -> None:
    """Expect a series to have occurrences on exactly these days."""
    made = series(api, first, last, **fields)
    before, after = (date.fromisoformat(edge) for edge in (first, last))
    within = (before - timedelta(days=10)).isoformat(), (after + timedelta(days=40)).isoformat()
    found = [each.get("schedule") for each in occurrences(api, made, *within)]
    expect.equal(f"days of a series with {fields}", found, expected)


@requirement(
    "DWZ-RECUR-01",
    level=Level.MUST,
    origin=documented(
        'They support scheduling, recurrence. "is_recurring", "recurring_ends", "occurrence": "daily"'
    ),
    operations=SERIES,
    features=FEATURES,
    actors=[OWNER],
)
def sessions_recur(api: DeepWorkZone) -> None:
    """A session can be created to recur daily between two days, and a list over these days shows it."""
    fields = {"is_recurring": 1, "recurring_start": day(1), "recurring_ends": day(5), "occurrence": "daily"}
    body = api.body(**fields)
    api.create_session(body).succeeded()
    query = {"keyword": body["name"], "day_start": day(1), "day_ends": day(5)}
    found = settled(lambda: api.sessions(**query), bool)
    expect.that(bool(found), expected=f"an occurrence from {day(1)} to {day(5)}", got=found)


def choosing(api: DeepWorkZone) -> tuple[Session, list[Session]]:
    """Create a series of five days, and return it with what a list shows of it before anything is deleted."""
    api.deletion()
    made = series(api, day(1), day(5))
    found = settled(lambda: occurrences(api, made, day(1), day(5)), lambda found: len(found) > 1)
    if not found:
        raise Inconclusive("a list over its days shows no occurrence of the series")
    return made, found


@requirement(
    "DWZ-RECUR-02",
    level=Level.MUST,
    origin=CHOICE,
    operations=("delete_session", *SERIES),
    features=FEATURES,
    actors=[OWNER],
    needs=[scope_of_deletion],
)
def one_occurrence_is_deleted(api: DeepWorkZone) -> None:
    """When one occurrence is deleted, that one is gone and the others stay."""
    made, before = choosing(api)
    if len(ids(before)) < len(before) or len(before) < 3:  # one to delete, one on either side
        raise Inconclusive("the list does not show occurrences with ids of their own, so none can be named")
    gone = before[1]["id"]
    api.delete_session(gone, scope="occurrence").succeeded()
    rest = ids(before) - {gone}
    found = settled(lambda: ids(occurrences(api, made, day(1), day(5))), lambda found: found == rest)
    expect.equal("occurrences after one was deleted", sorted(map(str, found)), sorted(map(str, rest)))


@requirement(
    "DWZ-RECUR-03",
    level=Level.MUST,
    origin=CHOICE,
    operations=("delete_session", "get_session", *SERIES),
    features=FEATURES,
    actors=[OWNER],
    needs=[scope_of_deletion],
)
def a_series_is_deleted(api: DeepWorkZone) -> None:
    """When the entire series is deleted, none of its occurrences is left, and other series stay."""
    made, before = choosing(api)
    other = series(api, day(1), day(5))
    api.delete_session(before[-1]["id"], scope="series").succeeded()
    left = settled(lambda: occurrences(api, made, day(1), day(14)), lambda found: not found)
    expect.that(
        not left, expected="no occurrence of the deleted series", got=[each.get("schedule") for each in left]
    )
    api.get_session(made["id"]).refused()
    found = settled(lambda: occurrences(api, other, day(1), day(5)), bool)
    expect.that(bool(found), expected="the occurrences of another series", got=found)


@requirement(
    "DWZ-RECUR-04", level=Level.MUST, origin=VALUES, operations=SERIES, features=FEATURES, actors=[OWNER]
)
def daily(api: DeepWorkZone) -> None:
    """A daily series has an occurrence on every day from its start to its end, both included."""
    recurs(api, day(3), day(9), [day(number) for number in range(3, 10)])
    made = series(api, day(4), day(6))
    api.replace_session(made["id"], {"duration": 15}).has_status(200)
    found = [each.get("duration") for each in occurrences(api, made, day(1), day(14))]
    expect.equal("durations after one occurrence was updated", found, [15, 60, 60])


@requirement(
    "DWZ-RECUR-05", level=Level.MUST, origin=VALUES, operations=SERIES, features=FEATURES, actors=[OWNER]
)
def weekly(api: DeepWorkZone) -> None:
    """A weekly series has occurrences on the days named, by number or name, else on the day of its start."""
    monday, thursday, sunday = 1, 4, 7
    weeks = [day(number) for number in (monday, thursday, 7 + monday, 7 + thursday)]
    for days in ([1, 4], ["thursday", "monday"]):
        recurs(api, day(1), day(14), weeks, occurrence="weekly", recurring_days=days)
    for days in ([0], [7], ["sunday"]):
        recurs(api, day(2), day(14), [day(sunday), day(7 + sunday)], occurrence="weekly", recurring_days=days)
    recurs(api, day(3), day(14), [day(3), day(10)], occurrence="weekly", recurring_days=[])


@requirement(
    "DWZ-RECUR-06", level=Level.MUST, origin=VALUES, operations=SERIES, features=FEATURES, actors=[OWNER]
)
def monthly(api: DeepWorkZone) -> None:
    """A monthly series recurs on the day of its start (`exact`) or on the n-th day of a week (`week`)."""
    months = [month(number) for number in (1, 2, 3)]
    first, last = months[0].isoformat(), (month(4) - timedelta(days=1)).isoformat()
    exact = written([each.replace(day=15) for each in months])
    recurs(api, exact[0], last, exact, occurrence="monthly", recurring_month_option="exact")
    week = {"occurrence": "monthly", "recurring_month_option": "week", "recurring_month_week_day": 2}
    for position, place in ((1, 0), (3, 2), (-1, -1)):
        days = written([tuesdays(each)[place] for each in months])
        recurs(api, first, last, days, **week, recurring_month_week_pos=position)


def written(days: list[date]) -> list[str]:
    """Return the days as YYYY-MM-DD."""
    return [each.isoformat() for each in days]


def tuesdays(first: date) -> list[date]:
    """Return the Tuesdays of the month that begins on this day."""
    days = [first.replace(day=number + 1) for number in range(monthrange(first.year, first.month)[1])]
    return [each for each in days if each.isoweekday() == 2]  # by ISO 8601


@requirement(
    "DWZ-RECUR-07", level=Level.MUST, origin=VALUES, operations=SERIES, features=FEATURES, actors=[OWNER]
)
def the_day_of_a_short_month(api: DeepWorkZone) -> None:
    """In a month without the day of the start, `fallback_option` 0 skips it and 1 takes its last day."""
    months = [month(number) for number in range(1, 9)]
    ends = [each.replace(day=monthrange(each.year, each.month)[1]) for each in months]
    ends = ends[[each.day for each in ends].index(LONGEST) :]
    for option, days in ((0, [each for each in ends if each.day == LONGEST]), (1, ends)):
        fields = {"occurrence": "monthly", "recurring_month_option": "exact", "fallback_option": option}
        recurs(api, ends[0].isoformat(), ends[-1].isoformat(), written(days), **fields)


@requirement(
    "DWZ-RECUR-08",
    level=Level.MUST,
    origin=assumed(
        "The page shows null for the end of a series; without an end it goes on, known for a year."
    ),
    operations=SERIES,
    features=FEATURES,
    actors=[OWNER],
)
def open_end(api: DeepWorkZone) -> None:
    """A series without an end goes on, for at least 300 days; one without a start begins on its schedule."""
    made = series(api, day(1), None, occurrence="weekly", recurring_start=None)
    last = date.fromisoformat(day(1)) + LONG
    weeks = [date.fromisoformat(day(1)) + timedelta(days=7 * number) for number in range(LONG.days // 7 + 1)]
    found = [each.get("schedule") for each in occurrences(api, made, day(1), last.isoformat())]
    expect.equal("days of a series without an end", found, [each.isoformat() for each in weeks])


@requirement(
    "DWZ-RECUR-09",
    level=Level.MUST,
    origin=assumed(
        "The page lets one choose and not how; `scope` is ours, and without it the smaller loss is taken."
    ),
    operations=("delete_session", *SERIES),
    features=FEATURES,
    actors=[OWNER],
    needs=[scope_of_deletion],
)
def the_smaller_loss(api: DeepWorkZone) -> None:
    """Without a choice one occurrence is deleted, and another choice than the two is refused with 422."""
    made, before = choosing(api)
    api.delete_session(before[1]["id"]).has_status(204)
    expect.equal("number of occurrences left", len(occurrences(api, made, day(1), day(5))), 4)
    api.http.request("DELETE", f"/sessions/{made['id']}", actor=OWNER, query={"scope": "all"}).has_status(422)
    expect.equal("number of occurrences left", len(occurrences(api, made, day(1), day(5))), 4)


@requirement(
    "DWZ-RECUR-10",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what an occurrence is; its `:id` in a deletion reads as one of its own."
    ),
    operations=("get_session", *SERIES),
    features=FEATURES,
    actors=[OWNER],
)
def occurrences_are_sessions(api: DeepWorkZone) -> None:
    """A creation returns the first occurrence; each has an id of its own, and all have one `series_id`."""
    made = series(api, day(2), day(4))
    found = occurrences(api, made, day(1), day(5))
    expect.equal("number of occurrences", len(found), 3)
    expect.equal("different ids", len(ids(found)), 3)
    expect.equal("id of the first one", found[0]["id"], made["id"])
    number = expect.count("series_id", found[0].get("series_id"))
    expect.equal("series_id of each", [each.get("series_id") for each in found], [number] * 3)
    expect.equal("day of the last one", api.given_details(found[2]["id"]).get("schedule"), day(4))


@requirement(
    "DWZ-RECUR-11",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what a new recurrence does to a series; what is past it should not touch."
    ),
    operations=("replace_session", *SERIES),
    features=FEATURES,
    actors=[OWNER],
)
def this_and_later(api: DeepWorkZone) -> None:
    """An update of the recurrence holds from that occurrence on; earlier ones stay."""
    made = series(api, day(1), day(7))
    third = occurrences(api, made, day(1), day(7))[2]["id"]
    api.replace_session(third, {"recurring_ends": day(4)}).has_status(200)
    found = [each.get("schedule") for each in occurrences(api, made, day(1), day(14))]
    expect.equal("days after the end was moved", found, [day(number) for number in (1, 2, 3, 4)])
    api.replace_session(third, {"is_recurring": 0}).has_status(200)
    found = [each.get("schedule") for each in occurrences(api, made, day(1), day(14))]
    expect.equal("days after recurrence was switched off", found, [day(number) for number in (1, 2, 3)])


@requirement(
    "DWZ-RECUR-12",
    level=Level.MUST,
    origin=assumed(
        "The page shows no refusal; a series without a single day is nothing that could be created."
    ),
    operations=("create_session", "list_sessions"),
    features=FEATURES,
    actors=[OWNER],
)
def no_empty_series(api: DeepWorkZone) -> None:
    """A series that ends before its first day is refused with 422, and nothing is created."""
    fields = {"is_recurring": 1, "recurring_start": day(3), "recurring_ends": day(2), "occurrence": "daily"}
    body = api.body(**fields)
    errors = api.create_session(body).has_status(422).object().get("errors")
    expect.equal("fields in the refusal", sorted(errors or {}), ["recurring_ends"])
    expect.equal("the list", api.sessions(keyword=body["name"]), [])


@requirement(
    "DWZ-RECUR-13", level=Level.MUST, origin=VALUES, operations=SERIES, features=FEATURES, actors=[OWNER]
)
def the_fifth_day_of_a_week(api: DeepWorkZone) -> None:
    """In a month without a fifth such day, `fallback_option` 0 skips the month and 1 takes the fourth."""
    weeks = [tuesdays(month(number)) for number in range(1, 9)]
    fifths = [each[FIFTH - 1] for each in weeks if len(each) == FIFTH]
    week = {
        "recurring_month_option": "week",
        "recurring_month_week_pos": FIFTH,
        "recurring_month_week_day": 2,
    }
    last = month(9) - timedelta(days=1)
    for option, days in ((0, fifths), (1, [each[-1] for each in weeks])):
        fields = {"occurrence": "monthly", "fallback_option": option, **week}
        recurs(api, month(1).isoformat(), last.isoformat(), written(days), **fields)
