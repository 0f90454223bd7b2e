"""Requirements on updating a session."""

import time
from collections.abc import Iterator

from conformance import expect
from conformance.apis.viben.client import Session, Viben
from conformance.requirement import Level, assumed, documented, requirement
from conformance.shadow import is_refused

STATUSES = ("created", "active", "paused", "completed", "failed")
LASTING = ("id", "agent_id", "task_id", "created_at")
DATA = {"workdir": "/path/to/project", "steps": [1, 2, {"done": False}], "model": "claude-3-sonnet"}
WRONG: tuple[Session, ...] = (
    {"status": "asleep"},
    {"status": None},
    {"data": []},
    {"data": "text"},
    {"prompt": 7},
)
MEANINGLESS: tuple[Session, ...] = ({"status": "asleep"}, {"status": None}, {"prompt": 7})
A_SECOND = 1.1  # long enough to show in a time written in whole seconds


def refused_updates(api: Viben, id_: str) -> Iterator[Session]:
    """Ask for updates that mean nothing, and go through the details after each that was refused."""
    for wrong in MEANINGLESS:
        if is_refused(api.update_session(id_, {"data": {"refused": True}, **wrong}).exchange):
            yield api.given_details(id_)


def same(what: str, before: Session, after: Session, fields: tuple[str, ...]) -> None:
    """Expect the fields of a session to be as they were."""
    for field in fields:
        expect.equal(f"{field} of {what}", after.get(field), before.get(field))


@requirement(
    "VIBEN-UPDATE-01",
    level=Level.MUST,
    origin=documented('PATCH /api/sessions/:id: "status": "paused"; status, string, Session status'),
    operations=["update_session", "get_session"],
)
def status_is_set(api: Viben) -> None:
    """A status that an update is accepted with is the session's status, also after updates that were refused;
    which moves are open is left to the server.
    """
    accepted = 0
    for status in ("active", "paused", "completed", "failed"):
        id_ = str(api.given_session()["id"])
        reply = api.update_session(id_, {"status": status})
        expect.that(reply.status < 500, expected="the update carried out or refused", got=reply.status)
        if reply.ok:
            accepted += 1
            details = api.details_with(id_, status=status)
            expect.equal("status after the update", details.get("status"), status)
    expect.that(accepted > 0, expected="a new session that takes another status", got="every one refused")
    paused = str(api.given_session()["id"])
    api.update_session(paused, {"status": "active"})  # some servers pause active sessions only
    api.update_session(paused, {"status": "paused"})
    if api.details_with(paused, status="paused").get("status") == "paused":  # and nobody is at work
        for details in refused_updates(api, paused):
            expect.equal("status after a refused update", details.get("status"), "paused")


@requirement(
    "VIBEN-UPDATE-02",
    level=Level.MUST,
    origin=documented('PATCH: "data": { "notes": "Paused for review" }; data, object, Session data'),
    operations=["update_session", "get_session"],
)
def data_is_kept(api: Viben) -> None:
    """Data sent with an update, whatever JSON it is made of, is in the session's details, a new value in
    place of an old one, and stays there alone when another update is refused.
    """
    id_ = str(api.given_session()["id"])
    for data in (DATA, {"model": "claude-3-opus"}):
        api.update_session(id_, {"data": data}).succeeded()
        details = api.details_with(id_, data=data)
        expect.includes("data after the update", details.get("data"), data)
    for later in refused_updates(api, id_):
        expect.includes("data after a refused update", later.get("data"), data)
        expect.that("refused" not in later["data"], expected="no data of a refused update", got=later["data"])


@requirement(
    "VIBEN-UPDATE-03",
    level=Level.MUST,
    origin=documented("prompt, string, Update prompt"),
    operations=["update_session"],
)
def prompt_can_be_updated(api: Viben) -> None:
    """An update may be a prompt alone, and one with a status and data, as in the document's example, does
    both.
    """
    id_ = str(api.given_session()["id"])
    api.update_session(id_, {"prompt": "Continue with the tests"}).succeeded()
    api.send_message(id_, {"content": "Please continue"})  # some servers pause active sessions only
    notes = {"notes": "Paused for review"}
    if api.update_session(id_, {"status": "paused", "data": notes}).ok:
        details = api.details_with(id_, status="paused")
        expect.equal("status after the update", details.get("status"), "paused")
        expect.includes("data after the update", details.get("data"), notes)


@requirement(
    "VIBEN-UPDATE-04",
    level=Level.MUST,
    origin=documented("PATCH /api/sessions/:id: Update a session. status, data, prompt"),
    operations=["update_session", "get_session"],
)
def the_rest_stays(api: Viben) -> None:
    """An update leaves what it does not name: id, agent, task and creation always, the data with a new
    status, and the other way round.
    """
    id_ = str(api.given_session(task_id=api.given_task())["id"])
    api.given_update(id_, data=DATA)
    before = api.given_details(id_)
    status = api.given_status(id_)
    after = api.given_details(id_)
    same("the updated session", before, after, (*LASTING, "data"))
    if status in ("active", "paused"):
        api.given_update(id_, data={"notes": "more"})
        same("the updated session", after, api.given_details(id_), (*LASTING, "status"))


@requirement(
    "VIBEN-UPDATE-05",
    level=Level.MUST,
    origin=documented("PATCH /api/sessions/:id: Update a session."),
    operations=["update_session", "get_session"],
)
def other_sessions_stay(api: Viben) -> None:
    """An update changes the session it names and no other, not even one of the same task."""
    task = api.given_task()
    one, other = (str(api.given_session(task_id=task)["id"]) for _ in range(2))
    before = api.given_details(other)
    api.given_update(one, data=DATA)
    api.given_status(one)
    same("another session", before, api.given_details(other), (*LASTING, "status", "data"))


@requirement(
    "VIBEN-UPDATE-06",
    level=Level.MUST,
    origin=documented("Session Status: created, active, paused, completed, failed"),
    operations=["update_session", "get_session"],
)
def status_is_in_the_table(api: Viben) -> None:
    """A session never shows a status outside the table, whether an update with one is refused or ignored."""
    id_ = str(api.given_session()["id"])
    for status in ("asleep", "PAUSED", ""):
        api.update_session(id_, {"status": status})
        expect.one_of("status of the session", api.given_details(id_).get("status"), STATUSES)


@requirement(
    "VIBEN-UPDATE-07",
    level=Level.MUST,
    origin=documented("PATCH /api/sessions/:id: Update a session."),
    operations=["update_session", "get_session"],
)
def unknown_sessions_cannot_be_updated(api: Viben) -> None:
    """An update of a session that does not exist is refused and creates none."""
    id_ = api.given_no_session()
    api.update_session(id_, {"data": {"notes": "Paused for review"}}).refused()
    api.get_session(id_).refused()


@requirement(
    "VIBEN-UPDATE-08",
    level=Level.MUST,
    origin=assumed("The reply is not on the page; the vendor's gateway returns the whole session with 200."),
    operations=["update_session", "get_session"],
)
def reply_is_the_session(api: Viben) -> None:
    """An update is answered with 200 and the session's details as they are now."""
    id_ = str(api.given_session()["id"])
    for changes in ({"status": "paused"}, {"data": DATA}, {"prompt": "Continue with the tests"}):
        reply = api.update_session(id_, changes).has_status(200)
        expect.equal("the reply", reply.json(), api.given_details(id_))


@requirement(
    "VIBEN-UPDATE-09",
    level=Level.MUST,
    origin=assumed(
        "The page does not say whether data is replaced; "
        "its example, a note added to a session, reads as a merge."
    ),
    operations=["update_session", "get_session"],
)
def data_is_merged(api: Viben) -> None:
    """Data sent with an update is merged key by key with the data there is; values are replaced whole."""
    id_ = str(api.given_session()["id"])
    api.given_update(id_, data={"a": {"x": 1}, "b": 2})
    api.given_update(id_, data={"a": {"y": 1}, "c": 3})
    expect.equal(
        "data after two updates", api.given_details(id_).get("data"), {"a": {"y": 1}, "b": 2, "c": 3}
    )


@requirement(
    "VIBEN-UPDATE-10",
    level=Level.MUST,
    origin=assumed(
        "The page lists three fields to change; the others identify the session or are the server's to count."
    ),
    operations=["update_session", "get_session"],
)
def other_fields_are_ignored(api: Viben) -> None:
    """An update ignores what cannot be changed and what it does not know; an empty one changes nothing
    either.
    """
    id_ = str(api.given_session(task_id=api.given_task())["id"])
    before = api.given_details(id_)
    made_up = {
        "id": "session-mine",
        "agent_id": "other",
        "task_id": "other",
        "created_at": "2001-01-01T00:00:00Z",
    }
    for body in ({**made_up, "message_count": 9, "colour": "red"}, {}):
        api.update_session(id_, body).has_status(200)
        same(
            "the updated session",
            before,
            api.given_details(id_),
            (*LASTING, "status", "message_count", "data"),
        )


@requirement(
    "VIBEN-UPDATE-11",
    level=Level.MUST,
    origin=assumed(
        "The page gives types and a table of statuses but no refusals; "
        "400 is the gateway's code for invalid input."
    ),
    operations=["update_session", "get_session"],
)
def wrong_values_are_refused(api: Viben) -> None:
    """An update with a status outside the table, or a field of another type, is refused with 400 and changes
    nothing.
    """
    id_ = str(api.given_session()["id"])
    before = api.given_details(id_)
    for wrong in WRONG:
        api.update_session(id_, {"data": {"kept": True}, **wrong}).has_status(400)
        expect.equal("the session after the refusal", api.given_details(id_), before)


@requirement(
    "VIBEN-UPDATE-12",
    level=Level.MUST,
    origin=assumed("The page does not say what counts as activity; changing a session is using it."),
    operations=["update_session", "get_session"],
)
def update_is_activity(api: Viben) -> None:
    """An update moves the time of last activity."""
    id_ = str(api.given_session()["id"])
    before = api.given_details(id_).get("last_active")
    time.sleep(A_SECOND)
    api.given_update(id_, data={"notes": "Paused for review"})
    after = api.given_details(id_).get("last_active")
    moments = [expect.instant("last_active", each) for each in (before, after)]
    expect.that(moments[0] < moments[1], expected=f"last_active later than {before}", got=after)
