"""Requirements on creating a session."""

from typing import Any

from conformance import expect, refused_creations
from conformance.apis.deepworkzone.client import EXAMPLE, OWNER, DeepWorkZone, Session, day, ids, one
from conformance.apis.deepworkzone.likeness import alike
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

BASICS = ("name", "type", "duration", "schedule", "time", "is_public", "collaborator", "status")
RECURRENCE = tuple(
    name for name in EXAMPLE if name.startswith("recurring") or name in ("occurrence", "fallback_option")
)
OWN = ("id", "created_by", "series_id", "created_at", "updated_at", "participation")
REQUIRED = ("name", "type", "duration", "schedule", "time")
WRONG: tuple[tuple[str, Any], ...] = (
    ("name", ""),
    ("name", 7),
    ("type", "sprint"),
    ("duration", 0),
    ("duration", "long"),
    ("schedule", "tomorrow"),
    ("schedule", "2025-02-30"),
    ("time", "25:00"),
    ("is_public", "yes"),
    ("collaborator", 7),
    ("status", "asleep"),
    ("website_blocker", "all"),
    ("snooze_apps", ["slack"]),
    ("is_recurring", 2),
    ("recurring_days", ["noday"]),
    ("occurrence", "hourly"),
    ("recurring_month_option", "sometimes"),
    ("fallback_option", 7),
)

MEANINGLESS: tuple[tuple[str, Any], ...] = (
    ("type", 7),
    ("duration", "long"),
    ("schedule", "2030-02-30"),
    ("schedule", None),
)


def kept(session: Session, sent: Session, names: tuple[str, ...]) -> None:
    """Expect the fields that the session shows to be as they were sent."""
    shown = [name for name in names if name in session]
    if not shown:
        raise Inconclusive(
            f"the session shows none of {', '.join(names)}, and the document does not say that it must"
        )
    for name in shown:
        like = alike(sent[name], session[name])
        expect.that(like, expected=f"{name} as it was sent, {expect.shown(sent[name])}", got=session[name])


@requirement(
    "DWZ-CREATE-01",
    level=Level.MUST,
    origin=documented(
        'Creates a new focus session. { "org_id": 1, "name": "Morning Deep Work", "type": "drop-in", ... }'
    ),
    operations=["create_session", "get_session"],
    actors=[OWNER],
)
def the_example_is_accepted(api: DeepWorkZone) -> None:
    """A session can be created with all fields of the document's example, and then be read by its id."""
    body = api.body()
    reply = api.create_session(body).succeeded()
    api.get_session(api.id_of(reply, body)).succeeded()


@requirement(
    "DWZ-CREATE-02",
    level=Level.MUST,
    origin=documented(
        '"name", "type", "duration", "schedule", "time", "is_public", "collaborator", "status": "waiting"'
    ),
    operations=["create_session", "get_session"],
    actors=[OWNER],
)
def basics_are_kept(api: DeepWorkZone) -> None:
    """Name, type, duration, day, time, visibility, collaborators and status are kept as they were sent."""
    variants: tuple[dict[str, Any], ...] = (
        {},
        {"type": "standard", "duration": 25, "schedule": day(3), "time": "2:30 PM", "is_public": False},
    )
    for fields in variants:
        session = api.given_session(**fields)
        kept(api.given_details(session["id"]), session, BASICS)


@requirement(
    "DWZ-CREATE-03",
    level=Level.MUST,
    origin=documented(
        '"website_blocker_enabled": true, "website_blocker": { "mode": "preset", "category": [...], ... }'
    ),
    operations=["create_session", "get_session"],
    actors=[OWNER],
)
def the_website_blocker_is_kept(api: DeepWorkZone) -> None:
    """Whether websites are blocked, and which, is kept as it was sent."""
    for enabled in (True, False):
        session = api.given_session(website_blocker_enabled=enabled)
        kept(api.given_details(session["id"]), session, ("website_blocker_enabled", "website_blocker"))


@requirement(
    "DWZ-CREATE-04",
    level=Level.MUST,
    origin=documented('"snooze_enabled": true, "snooze_apps": { "slack": true, "teams": true }'),
    operations=["create_session", "get_session"],
    actors=[OWNER],
)
def snoozing_is_kept(api: DeepWorkZone) -> None:
    """Whether notifications are snoozed, and of which apps, is kept as it was sent."""
    for enabled, apps in ((True, {"slack": True, "teams": True}), (False, {"slack": False, "teams": True})):
        session = api.given_session(snooze_enabled=enabled, snooze_apps=apps)
        kept(api.given_details(session["id"]), session, ("snooze_enabled", "snooze_apps"))


@requirement(
    "DWZ-CREATE-05",
    level=Level.MUST,
    origin=documented(
        '"is_recurring": 0, "recurring_ends": null, "occurrence": "daily", "recurring_days": [], ...'
    ),
    operations=["create_session", "get_session", "list_sessions"],
    actors=[OWNER],
)
def recurrence_is_inert(api: DeepWorkZone) -> None:
    """With `is_recurring` 0 the fields on recurrence are accepted and kept, and there is one session only."""
    session = api.given_session()
    details = api.given_details(session["id"])
    kept(details, session, tuple(name for name in ("is_recurring", *RECURRENCE, "name") if name in details))
    found = api.listed_with({session["id"]}, keyword=session["name"], day_start=day(1), day_ends=day(14))
    named = [each.get("schedule") for each in found if each.get("name") == session["name"]]
    expect.that(len(named) <= 1, expected="one session of this name", got=named)


@requirement(
    "DWZ-CREATE-06",
    level=Level.MUST,
    origin=documented("id, number, The session ID"),
    operations=["create_session"],
    actors=[OWNER],
)
def ids_identify(api: DeepWorkZone) -> None:
    """Each new session has a number of its own, whatever else it has in common."""
    body = api.body()
    replies = [api.create_session(body) for _ in range(3)]
    if not all(each.ok for each in replies):
        raise Inconclusive("no three sessions could be created")
    found = [session["id"] for session in (one(each) for each in replies) if session]
    made = set(found) if len(found) == len(replies) else ids(api.sessions(keyword=body["name"]))
    expect.that(len(made) == len(replies), expected="three different ids", got=sorted(made))


@requirement(
    "DWZ-CREATE-07",
    level=Level.MUST,
    origin=assumed("The page shows no reply; 201 and `data` are what the vendor's page on tasks suggests."),
    operations=["create_session", "get_session"],
    actors=[OWNER],
)
def reply_is_exact(api: DeepWorkZone) -> None:
    """A creation is answered with 201 and `{"data": session}`: what was sent and what is the server's."""
    body = api.body()
    session = expect.member("the reply", api.create_session(body).has_status(201).object(), "data")
    expect.equal("fields of the session", sorted(session), sorted([*EXAMPLE, *OWN]))
    for name, value in body.items():
        expect.equal(f"{name} of the session", session[name], value)
    expect.equal("series_id of a single session", session["series_id"], None)
    expect.equal(
        "updated_at",
        expect.instant("updated_at", session["updated_at"]).isoformat(),
        expect.instant("created_at", session["created_at"]).isoformat(),
    )
    expect.equal("the session read", api.get_session(session["id"]).json(), {"data": session})


@requirement(
    "DWZ-CREATE-08",
    level=Level.MUST,
    origin=assumed("The page marks nothing as required; without these it is unsaid what, when and how long."),
    operations=["create_session"],
    actors=[OWNER],
)
def some_fields_are_required(api: DeepWorkZone) -> None:
    """A creation without name, type, duration, schedule or time is refused with 422 that names it."""
    for name in REQUIRED:
        body = {key: value for key, value in api.body().items() if key != name}
        errors = api.create_session(body).has_status(422).object().get("errors")
        expect.equal("fields in the refusal", sorted(errors) if isinstance(errors, dict) else errors, [name])


@requirement(
    "DWZ-CREATE-09",
    level=Level.MUST,
    origin=assumed(
        "The page gives one example and no bounds; the values refused are those that could not mean anything."
    ),
    operations=["create_session"],
    actors=[OWNER],
)
def wrong_values_are_refused(api: DeepWorkZone) -> None:
    """A creation with a value that a field cannot have is refused with 422, and the field is named."""
    for name, value in WRONG:
        errors = api.create_session(api.body(**{name: value})).has_status(422).object().get("errors")
        expect.equal("fields in the refusal", sorted(errors or {}), [name])


@requirement(
    "DWZ-CREATE-10",
    level=Level.MUST,
    origin=assumed(
        "The page states no defaults; these are its example's where it shows nothing in particular."
    ),
    operations=["create_session"],
    actors=[OWNER],
)
def defaults(api: DeepWorkZone) -> None:
    """What is left out is as in the example, but nothing is blocked and nothing snoozed."""
    body = {name: value for name, value in api.body().items() if name in REQUIRED}
    session = api.create_session(body).has_status(201).object()["data"]
    off = {
        "website_blocker_enabled": False,
        "website_blocker": None,
        "snooze_enabled": False,
        "snooze_apps": None,
    }
    for name, value in {**EXAMPLE, **off, **body}.items():
        if name != "org_id":
            expect.equal(f"{name} of the session", session.get(name), value)


@requirement(
    "DWZ-CREATE-11",
    level=Level.MUST,
    origin=assumed("The page lists the fields to send; what else is sent has no meaning it could have."),
    operations=["create_session"],
    actors=[OWNER],
)
def other_fields_are_ignored(api: DeepWorkZone) -> None:
    """A creation ignores fields it does not know, among them an id, a series and a time of creation."""
    made_up = {"id": 1, "series_id": 1, "created_at": "2001-01-01T00:00:00Z", "colour": "red"}
    session = api.create_session({**api.body(), **made_up}).has_status(201).object()["data"]
    taken = {name: value for name, value in made_up.items() if session.get(name) == value}
    expect.that(not taken, expected="a session that takes over nothing of what the client made up", got=taken)


@requirement(
    "DWZ-CREATE-12",
    level=Level.MUST,
    origin=documented("Creates a new focus session."),
    operations=["create_session", "list_sessions"],
    actors=[OWNER],
)
def refusals_create_nothing(api: DeepWorkZone) -> None:
    """A creation that is refused, for a value that means nothing or one that is missing, makes no session."""
    absent = [{k: v for k, v in api.body().items() if k != name} for name in REQUIRED if name != "name"]
    tried = [*absent, *(api.body(**{name: value}) for name, value in MEANINGLESS)]
    bodies = {str(body["name"]): body for body in tried}
    refused_creations.store_nothing(bodies, api.create_session, api.called, api.http, api.delete_session)
