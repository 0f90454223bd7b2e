"""Requirements on updating a session."""

from typing import Any

from conformance import expect
from conformance.apis.deepworkzone.client import EXAMPLE, OWNER, DeepWorkZone, Session, day, ids
from conformance.apis.deepworkzone.creation import WRONG, kept
from conformance.expect import settled
from conformance.requirement import Level, assumed, documented, requirement
from conformance.shadow import is_refused

UPDATE = ("replace_session", "get_session")
LASTING = ("id", "created_by", "created_at")


def changes() -> dict[str, Any]:
    """Return another value for every field that has no rule of its own."""
    return {
        "type": "standard",
        "duration": 90,
        "schedule": day(5),
        "time": "2:15 PM",
        "is_public": False,
        "website_blocker_enabled": False,
        "website_blocker": {"mode": "preset", "category": ["news"], "urls": ["https://example.com"]},
        "snooze_enabled": False,
        "snooze_apps": {"slack": False, "teams": True},
    }


def sent(session: Session, **others: Any) -> Session:
    """Return the whole body of an update."""
    return {**{name: value for name, value in session.items() if name != "id"}, **others}


@requirement(
    "DWZ-UPDATE-01",
    level=Level.MUST,
    origin=documented("Updates an existing session. Accepts the same fields as Create Session."),
    operations=UPDATE,
    actors=[OWNER],
)
def every_field_can_change(api: DeepWorkZone) -> None:
    """An update accepts the fields of a creation, and the session then shows them as they were sent, also
    after another update that was refused.
    """
    session, names = api.given_session(), tuple(name for name in EXAMPLE if name != "org_id")
    body = sent(session, name=api.token(), **changes())
    api.replace_session(session["id"], body).succeeded()
    kept(api.given_details(session["id"]), body, names)
    no_day = {**body, "name": api.token(), "duration": 45, "schedule": "2030-02-30"}
    if is_refused(api.replace_session(session["id"], no_day).exchange):
        kept(api.given_details(session["id"]), body, names)


@requirement(
    "DWZ-UPDATE-02",
    level=Level.MUST,
    origin=documented("Updates an existing session."),
    operations=UPDATE,
    actors=[OWNER],
)
def identity_stays(api: DeepWorkZone) -> None:
    """An update makes no other session: id, owner and creation stay, whatever is sent for them."""
    session = api.given_session()
    before = api.given_details(session["id"])
    made_up = {"id": 1, "created_at": "2001-01-01T00:00:00Z"}
    for extra in ({}, made_up):
        api.replace_session(session["id"], {**sent(session, duration=45), **extra})
        after = api.given_details(session["id"])
        for name in (name for name in LASTING if name in before):
            expect.equal(f"{name} of the session", after.get(name), before[name])


@requirement(
    "DWZ-UPDATE-03",
    level=Level.MUST,
    origin=documented("Updates an existing session. id, number, The session ID"),
    operations=UPDATE,
    actors=[OWNER],
)
def other_sessions_stay(api: DeepWorkZone) -> None:
    """An update changes the session it names and no other, not even one of the same name."""
    one = api.given_session()
    other = api.given_session(name=one["name"])
    before = api.given_details(other["id"])
    api.given_update(one["id"], sent(one, **changes()))
    after = api.given_details(other["id"])
    for name in (name for name in changes() if name in before):
        expect.equal(f"{name} of another session", after.get(name), before[name])


@requirement(
    "DWZ-UPDATE-04",
    level=Level.MUST,
    origin=documented("Updates an existing session."),
    operations=UPDATE,
    actors=[OWNER],
)
def unknown_sessions_cannot_be_updated(api: DeepWorkZone) -> None:
    """An update of a session that does not exist is refused and creates none."""
    id_ = api.given_no_session()
    api.replace_session(id_, api.body()).refused()
    api.get_session(id_).refused()


@requirement(
    "DWZ-UPDATE-05",
    level=Level.MUST,
    origin=documented(
        "Updates an existing session. Returns a list of sessions, filtered by the provided query parameters"
    ),
    operations=("replace_session", "list_sessions"),
    actors=[OWNER],
)
def lists_follow(api: DeepWorkZone) -> None:
    """After an update the list finds the session under its new day, type and name, not under the old ones."""
    session = api.given_session(schedule=day(1), type="drop-in")
    name = api.token()
    api.given_update(session["id"], sent(session, name=name, schedule=day(5), type="standard"))
    id_ = session["id"]
    for old, new in (({"date": day(1)}, {"date": day(5)}), ({"type": "drop-in"}, {"type": "standard"})):
        found = api.listed_with({id_}, keyword=name, **new)
        expect.that(
            id_ in ids(found),
            expected=f"a list with {new} that holds {id_}",
            got=sorted(map(str, ids(found))),
        )
        expect.that(
            id_ not in ids(api.sessions(keyword=name, **old)),
            expected=f"a list with {old} without {id_}",
            got=id_,
        )
    former = settled(lambda: api.sessions(keyword=session["name"]), lambda found: id_ not in ids(found))
    expect.that(id_ not in ids(former), expected="no session under its former name", got=id_)


@requirement(
    "DWZ-UPDATE-06",
    level=Level.MUST,
    origin=assumed(
        "The page does not say whether an update replaces; what it says nothing of should not be lost."
    ),
    operations=UPDATE,
    actors=[OWNER],
)
def the_rest_stays(api: DeepWorkZone) -> None:
    """A field that an update does not name stays as it is, and an empty update changes nothing."""
    session = api.given_session()
    before = api.given_details(session["id"])
    for name, value in changes().items():
        api.replace_session(session["id"], {name: value}).has_status(200)
        before = {**before, name: value}
        expect.equal("the session", without_time(api.given_details(session["id"])), without_time(before))
    api.replace_session(session["id"], {}).has_status(200)
    expect.equal("the session", without_time(api.given_details(session["id"])), without_time(before))


def without_time(session: Session) -> Session:
    """Return the session without the time of its last change."""
    return {name: value for name, value in session.items() if name != "updated_at"}


@requirement(
    "DWZ-UPDATE-07",
    level=Level.MUST,
    origin=assumed("The page shows no reply; the session as it is now is the plain counterpart of creation."),
    operations=UPDATE,
    actors=[OWNER],
)
def reply_is_the_session(api: DeepWorkZone) -> None:
    """An update is answered with 200 and the session as get shows it."""
    session = api.given_session()
    for body in (sent(session, **changes()), {"name": api.token()}, {"status": "active"}):
        reply = api.replace_session(session["id"], body).has_status(200)
        expect.equal("the reply", reply.json(), api.get_session(session["id"]).json())


@requirement(
    "DWZ-UPDATE-08",
    level=Level.MUST,
    origin=assumed("The page gives one example and no bounds; what creation refuses, an update refuses."),
    operations=UPDATE,
    actors=[OWNER],
)
def wrong_values_are_refused(api: DeepWorkZone) -> None:
    """An update with a value that a field cannot have is refused with 422 and changes nothing."""
    session = api.given_session()
    before = api.given_details(session["id"])
    for name, value in WRONG:
        errors = (
            api.replace_session(session["id"], {"duration": 5, name: value})
            .has_status(422)
            .object()
            .get("errors")
        )
        expect.equal("fields in the refusal", sorted(errors or {}), [name])
    expect.equal("the session after the refusals", api.given_details(session["id"]), before)
