"""Requirements on the list of sessions and its filters.

Other clients may create sessions meanwhile and a long list may come in pages, so a requirement looks for its
own sessions, where it can under a task id nobody else uses, and at what every listed session has in common.
"""

from conformance import expect
from conformance.apis.viben.client import Session, Viben, ids
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

FIELDS = ("id", "agent_id", "task_id", "status", "created_at", "last_active", "message_count")
SMALLEST_PAGE = 10


def holds(sessions: list[Session], wanted: set[str]) -> None:
    """Expect the list to hold the ids, unless it looks like one page of more."""
    missing = sorted(wanted - ids(sessions))
    if missing and len(sessions) >= SMALLEST_PAGE and len(sessions) % 5 == 0:
        raise Inconclusive(
            f"the list of {len(sessions)} may be one page of more, and the document describes no pages"
        )
    expect.that(
        not missing,
        expected=f"a list that holds {', '.join(sorted(wanted))}",
        got=f"{', '.join(missing)} missing",
    )


def only(sessions: list[Session], field: str, value: str) -> None:
    """Expect every listed session to have the value."""
    others = [each for each in sessions if each.get(field) != value]
    expect.that(not others, expected=f"only sessions whose {field} is {value}", got=others)


def matches_exactly(api: Viben, field: str, value: str) -> None:
    """Expect a filter to let no neighbour of its value pass: what begins or ends with it, or has its pattern.

    A deployment may know only certain values; those it refuses are nobody's neighbours.
    """
    others = (f"{value}0", f"0{value}", value.replace("-", "_"))
    made = [each for each in others if api.create_session({"agent_id": api.agent, field: each}).ok]
    for each in (value, *made):
        only(api.sessions(**{field: each}), field, each)


def leaves_out(api: Viben, sessions: list[Session], id_: str, status: str) -> None:
    """Expect the list without a session of another status; it may have reached this one by itself."""
    if id_ in ids(sessions):
        details = api.details_with(id_, status=status)
        expect.equal(f"status of {id_}, which is listed as {status},", details.get("status"), status)


@requirement(
    "VIBEN-LIST-01",
    level=Level.MUST,
    origin=documented(
        'Response: { "sessions": [ { "id": "session-abc123", "agent_id": "CLAUDE_CODE", '
        '"task_id": "task-xyz", "status": "active", "created_at": "2024-01-16T10:00:00Z", '
        '"last_active": "2024-01-16T14:30:00Z", '
        '"message_count": 42 } ] }'
    ),
    operations=["list_sessions"],
)
def entries_are_sessions(api: Viben) -> None:
    """The list is an object with `sessions`; an entry with a task has the seven fields in their types."""
    task = api.given_task()
    own = str(api.given_session(task_id=task)["id"])
    listed = expect.member("the reply", api.list_sessions().succeeded().object(), "sessions")
    expect.that(isinstance(listed, list), expected="`sessions` as a list", got=listed)
    for entry in (each for each in api.listed_with({own}, task_id=task) if each.get("id") == own):
        for field in FIELDS:
            expect.member("the entry", entry, field)
        expect.count("message_count", entry["message_count"])
        expect.instant("created_at", entry["created_at"])
        expect.instant("last_active", entry["last_active"])


@requirement(
    "VIBEN-LIST-02",
    level=Level.MUST,
    origin=documented("GET /api/sessions: List sessions."),
    operations=["list_sessions", "create_session", "get_session"],
)
def new_sessions_are_listed(api: Viben) -> None:
    """New sessions are in the list, each once and as their details show them."""
    wanted = {str(api.given_session()["id"]) for _ in range(2)}
    listed = api.listed_with(wanted)
    holds(listed, wanted)
    for id_ in sorted(wanted):
        entries = [each for each in listed if each.get("id") == id_]
        expect.equal(f"number of entries for {id_}", len(entries), 1)
        details = api.given_details(id_)
        for field in ("agent_id", "created_at"):
            expect.equal(f"{field} in the list", entries[0].get(field), details.get(field))


@requirement(
    "VIBEN-LIST-03",
    level=Level.MUST,
    origin=documented("task_id, string, Filter by task"),
    operations=["list_sessions", "create_session"],
)
def task_filter(api: Viben) -> None:
    """The filter `task_id` leaves the sessions of that task, all of them and no others, not even of one whose
    id is almost the same.
    """
    mine, other = api.given_task(), api.given_task()
    wanted = {str(api.given_session(task_id=mine)["id"]) for _ in range(2)}
    api.given_session(task_id=other)
    api.given_session()
    found = api.listed_with(wanted, task_id=mine)
    only(found, "task_id", mine)
    holds(found, wanted)
    matches_exactly(api, "task_id", mine)


@requirement(
    "VIBEN-LIST-04",
    level=Level.MUST,
    origin=documented("agent_id, string, Filter by agent"),
    operations=["list_sessions", "create_session"],
)
def agent_filter(api: Viben) -> None:
    """The filter `agent_id` leaves the sessions of that agent, all of them and no others, not even of one
    whose id is almost the same.
    """
    agent = api.http.unique("agent")
    mine = api.create_session({"agent_id": agent})
    api.given_session()
    if not mine.ok:
        only(api.sessions(agent_id=api.agent), "agent_id", api.agent)
        raise Inconclusive(
            "this deployment refuses agents it does not know, so there is only one to filter by"
        )
    wanted = {str(mine.object().get("id"))}
    found = api.listed_with(wanted, agent_id=agent)
    only(found, "agent_id", agent)
    holds(found, wanted)
    matches_exactly(api, "agent_id", agent)


@requirement(
    "VIBEN-LIST-05",
    level=Level.MUST,
    origin=documented("status, string, Filter by status"),
    operations=["list_sessions", "create_session", "update_session"],
)
def status_filter(api: Viben) -> None:
    """The filter `status` leaves the sessions with that status, all of them and no others."""
    new, moved = str(api.given_session()["id"]), api.given_statuses()
    only(api.sessions(status="created"), "status", "created")
    for status, id_ in moved.items():
        found = api.listed_with({id_}, status=status)
        only(found, "status", status)
        leaves_out(api, found, new, status)
        holds(found, {id_})


@requirement(
    "VIBEN-LIST-06",
    level=Level.MUST,
    origin=documented("task_id, Filter by task; agent_id, Filter by agent; status, Filter by status"),
    operations=["list_sessions", "create_session", "update_session"],
)
def filters_combine(api: Viben) -> None:
    """Several filters together leave the sessions that pass each of them."""
    task, elsewhere = api.given_task(), api.given_task()
    moved, new, far = (str(api.given_session(task_id=each)["id"]) for each in (task, task, elsewhere))
    status = api.given_status(moved)
    api.given_update(far, status=status)
    found = api.listed_with({moved}, task_id=task, agent_id=api.agent, status=status)
    for field, value in (("task_id", task), ("agent_id", api.agent), ("status", status)):
        only(found, field, value)
    leaves_out(api, found, new, status)
    holds(found, {moved})


@requirement(
    "VIBEN-LIST-07",
    level=Level.MUST,
    origin=assumed("The page names no order; newest first is what the vendor's gateway sends."),
    operations=["list_sessions", "create_session"],
)
def newest_first(api: Viben) -> None:
    """The newest session comes first; of two created at the same moment the later one does."""
    task = api.given_task()
    made = [api.given_session(task_id=task)["id"] for _ in range(3)]
    found = [each["id"] for each in api.listed_with(set(made), task_id=task)]
    expect.equal("order of the sessions", found, made[::-1])
    times = [str(each.get("created_at")) for each in api.sessions()]
    expect.equal("times of creation", times, sorted(times, reverse=True))


@requirement(
    "VIBEN-LIST-08",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what a filter does that fits nothing; an empty list is its plain meaning."
    ),
    operations=["list_sessions"],
)
def filters_that_fit_nothing(api: Viben) -> None:
    """A filter that fits no session, also a status that no session can have, gives an empty list with 200."""
    api.given_session(task_id=api.given_task())
    for filters in (
        {"status": "asleep"},
        {"task_id": api.given_task()},
        {"agent_id": api.http.unique("agent")},
    ):
        reply = api.list_sessions(**filters).has_status(200)
        expect.equal(f"the list with {filters}", reply.json(), {"sessions": []})


@requirement(
    "VIBEN-LIST-09",
    level=Level.MUST,
    origin=assumed("The page shows seven fields in the list, and data in the details only."),
    operations=["list_sessions", "update_session"],
)
def entries_are_exact(api: Viben) -> None:
    """An entry of the list has the seven fields only: neither the session's data nor its prompt."""
    task = api.given_task()
    own = str(api.given_session(task_id=task, prompt="Not shown")["id"])
    api.given_update(own, data={"model": "claude-3-sonnet"})
    for entry in api.listed_with({own}, task_id=task):
        expect.equal("fields of the entry", sorted(entry), sorted(FIELDS))
