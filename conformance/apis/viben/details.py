"""Requirements on the details of one session."""

from datetime import timedelta

from conformance import expect
from conformance.apis.viben.client import Viben
from conformance.requirement import Level, assumed, documented, requirement

FIELDS = ("id", "agent_id", "task_id", "status", "created_at", "last_active", "message_count", "data")
ROUNDING = timedelta(
    seconds=1
)  # two places of one deployment may write the same moment with another precision


@requirement(
    "VIBEN-GET-01",
    level=Level.MUST,
    origin=documented("GET /api/sessions/:id: Get session details."),
    operations=["get_session", "create_session"],
)
def details_match_creation(api: Viben) -> None:
    """The details of a session show the id, agent, task and time of creation that its creation showed."""
    task = api.given_task()
    for fields in ({"task_id": task}, {}):
        created = api.given_session(**fields)
        details = api.get_session(created["id"]).succeeded().object()
        expect.includes("the details", details, {"id": created["id"], "agent_id": api.agent, **fields})
        moments = [expect.instant("created_at", each.get("created_at")) for each in (created, details)]
        expect.that(abs(moments[0] - moments[1]) < ROUNDING, expected=f"created_at {created['created_at']}",
                    got=details["created_at"])  # fmt: skip


@requirement(
    "VIBEN-GET-02",
    level=Level.MUST,
    origin=documented(
        'Response: "status": "active", "created_at", "last_active", "message_count": 42, "data": {...}'
    ),
    operations=["get_session", "update_session"],
)
def details_are_complete(api: Viben) -> None:
    """The details of a session with a task and data have all eight fields in their types, not active before
    created.
    """
    id_ = str(api.given_session(task_id=api.given_task())["id"])
    api.given_update(id_, data={"workdir": "/path/to/project", "model": "claude-3-sonnet"})
    details = api.get_session(id_).succeeded().object()
    for field in FIELDS:
        expect.member("the details", details, field)
    expect.count("message_count", details["message_count"])
    expect.that(isinstance(details["data"], dict), expected="`data` as an object", got=details["data"])
    created, active = (expect.instant(each, details[each]) for each in ("created_at", "last_active"))
    expect.that(
        created - active < ROUNDING, expected="last_active not before created_at", got=details["last_active"]
    )


@requirement(
    "VIBEN-GET-03",
    level=Level.MUST,
    origin=documented("GET /api/sessions/:id: Get session details"),
    operations=["get_session"],
)
def unknown_sessions_have_no_details(api: Viben) -> None:
    """Asking for the details of a session that does not exist is refused."""
    api.get_session(api.given_no_session()).refused()


@requirement(
    "VIBEN-GET-04",
    level=Level.MUST,
    origin=assumed("The page shows no new session's details; nothing has been sent, done or kept yet."),
    operations=["get_session", "list_sessions", "create_session"],
)
def new_sessions_are_empty(api: Viben) -> None:
    """A new session has the eight fields, no messages even with a prompt, empty data, was last active when
    created; reading changes none of it.
    """
    created = api.given_session(prompt="Initial prompt for the session")
    expected = {**created, "last_active": created["created_at"], "message_count": 0, "data": {}}
    for _ in range(2):
        details = api.get_session(created["id"]).has_status(200).object()
        expect.equal("the details", details, expected)
        api.sessions()
