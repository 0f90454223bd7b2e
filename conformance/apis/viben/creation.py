"""Requirements on creating a session."""

import re

from conformance import expect, refused_creations
from conformance.apis.viben.client import EXAMPLE, Session, Viben
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

MEANINGLESS: tuple[Session, ...] = (
    {"agent_id": None},
    {"agent_id": 7},
    {"agent_id": ["a"]},
    {"prompt": {"text": "Initial prompt for the session"}},
)
FIELDS = ("id", "agent_id", "task_id", "status", "created_at")


@requirement(
    "VIBEN-CREATE-01",
    level=Level.MUST,
    origin=documented("POST /api/sessions: Create a new session. agent_id Yes, task_id No, prompt No"),
    operations=["create_session"],
)
def agent_is_enough(api: Viben) -> None:
    """A session can be created with an agent alone, and with the document's own example."""
    api.create_session({"agent_id": api.agent}).succeeded().object()
    api.create_session({**EXAMPLE, "agent_id": api.agent}).succeeded().object()


@requirement(
    "VIBEN-CREATE-02",
    level=Level.MUST,
    origin=documented('Response: "agent_id": "CLAUDE_CODE", "task_id": "task-xyz"'),
    operations=["create_session"],
)
def reply_shows_what_was_sent(api: Viben) -> None:
    """The reply to a creation shows the agent and the task that were sent."""
    task, agent = api.given_task(), api.http.unique("agent")
    session = api.given_session(task_id=task)
    expect.includes("the new session", session, {"agent_id": api.agent, "task_id": task})
    other = api.create_session({"agent_id": agent})
    if other.ok:  # a deployment may know only certain agents
        expect.includes("the new session", other.object(), {"agent_id": agent})


@requirement(
    "VIBEN-CREATE-03",
    level=Level.MUST,
    origin=documented('Response: "status": "created". Session Status: created, Just created'),
    operations=["create_session"],
)
def starts_as_created(api: Viben) -> None:
    """A session that has just been created has the status `created`."""
    expect.equal("status of the new session", api.given_session().get("status"), "created")
    with_all = api.given_session(task_id=api.given_task(), prompt="Initial prompt for the session")
    expect.equal("status of the new session", with_all.get("status"), "created")


@requirement(
    "VIBEN-CREATE-04",
    level=Level.MUST,
    origin=documented('Response: "id": "session-abc123"; GET /api/sessions/:id'),
    operations=["create_session"],
)
def ids_identify(api: Viben) -> None:
    """Each new session has an id of its own, a text that is not empty, whatever else it has in common."""
    replies = [api.create_session({"agent_id": api.agent}) for _ in range(3)]
    if not all(each.ok for each in replies):
        raise Inconclusive("no three sessions could be created")
    ids = [expect.text("id of the new session", each.object().get("id")) for each in replies]
    expect.that(len(set(ids)) == len(ids), expected="three different ids", got=ids)


@requirement(
    "VIBEN-CREATE-05",
    level=Level.MUST,
    origin=documented('Response: "created_at": "2024-01-16T10:00:00Z"'),
    operations=["create_session"],
)
def creation_time_is_shown(api: Viben) -> None:
    """The reply to a creation holds the time of creation, later sessions none earlier than former ones."""
    first, second = (api.given_session().get("created_at") for _ in range(2))
    earlier, later = expect.instant("created_at", first), expect.instant("created_at", second)
    expect.that(earlier <= later, expected="created_at of the second session not before that of the first",
                got=f"{first}, then {second}")  # fmt: skip


@requirement(
    "VIBEN-CREATE-06",
    level=Level.MUST,
    origin=documented("agent_id, string, Required: Yes"),
    operations=["create_session"],
)
def agent_is_required(api: Viben) -> None:
    """A creation that names no agent is refused."""
    api.create_session({}).refused()
    api.create_session({"prompt": "Initial prompt for the session"}).refused()


@requirement(
    "VIBEN-CREATE-07",
    level=Level.MUST,
    origin=assumed(
        "The page shows five fields and no code; 201 and a null task are what the vendor's gateways send."
    ),
    operations=["create_session"],
)
def reply_is_exact(api: Viben) -> None:
    """A creation is answered with 201, an id of `session-` and twelve hexadecimal digits, and the five
    fields only.
    """
    reply = api.create_session({"agent_id": api.agent, "prompt": "Not shown"}).has_status(201)
    session = reply.object()
    expect.equal("fields of the new session", sorted(session), sorted(FIELDS))
    expect.equal("task_id of a session without a task", session["task_id"], None)
    form = re.fullmatch(r"session-[0-9a-f]{12}", str(session["id"]))
    expect.that(
        form is not None, expected="an id of `session-` and twelve hexadecimal digits", got=session["id"]
    )


@requirement(
    "VIBEN-CREATE-08",
    level=Level.MUST,
    origin=assumed(
        "The page gives the fields' types but no refusals; 400 is the gateway's code for invalid input."
    ),
    operations=["create_session"],
)
def wrong_values_are_refused(api: Viben) -> None:
    """A creation whose agent is empty, or whose fields are not texts, is refused with 400."""
    for body in ({"agent_id": ""}, {"agent_id": None}, {"agent_id": 7}, {"agent_id": ["a"]}):
        api.create_session(body).has_status(400)
    for field in ("task_id", "prompt"):
        api.create_session({"agent_id": api.agent, field: 7}).has_status(400)


@requirement(
    "VIBEN-CREATE-09",
    level=Level.MUST,
    origin=assumed("The page lists three fields to send; what else is sent has no meaning it could have."),
    operations=["create_session"],
)
def other_fields_are_ignored(api: Viben) -> None:
    """A creation ignores fields it does not know, among them an id, a status and a time of creation."""
    sent = {"id": "session-mine", "status": "failed", "created_at": "2001-01-01T00:00:00Z", "colour": "red"}
    session = api.create_session({"agent_id": api.agent, **sent}).has_status(201).object()
    expect.equal("fields of the new session", sorted(session), sorted(FIELDS))
    kept = {name: value for name, value in sent.items() if session.get(name) == value}
    expect.that(not kept, expected="a session that takes over nothing of what the client made up", got=kept)


@requirement(
    "VIBEN-CREATE-10",
    level=Level.MUST,
    origin=documented("POST /api/sessions: Create a new session. agent_id, Required: Yes"),
    operations=["create_session", "list_sessions"],
)
def refusals_create_nothing(api: Viben) -> None:
    """A creation that is refused, because it names no agent or for what it says, creates no session."""
    fields: tuple[Session, ...] = ({}, *({"agent_id": api.agent, **each} for each in MEANINGLESS))
    named = [(api.http.unique("task"), each) for each in fields]
    bodies = {task: {**each, "task_id": task} for task, each in named}
    refused_creations.store_nothing(bodies, api.create_session, api.of_task, api.http, api.delete_session)
