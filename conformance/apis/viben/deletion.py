"""Requirements on deleting a session."""

from conformance import expect
from conformance.apis.viben.client import Viben, ids
from conformance.expect import settled
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement


def deleted(api: Viben, id_: str) -> str:
    """Delete a session and return its id, or end as inconclusive."""
    if not api.delete_session(id_).ok:
        raise Inconclusive("the session could not be deleted")
    return id_


@requirement(
    "VIBEN-DELETE-01",
    level=Level.MUST,
    origin=documented("DELETE /api/sessions/:id: Delete session"),
    operations=["delete_session", "get_session", "update_session", "send_message"],
)
def deleted_sessions_are_gone(api: Viben) -> None:
    """A session can be deleted; then it has no details, cannot be updated, and takes no messages."""
    id_ = str(api.given_session()["id"])
    api.delete_session(id_).succeeded()
    settled(lambda: api.get_session(id_), lambda reply: not reply.ok).refused()
    api.update_session(id_, {"data": {"notes": "Paused for review"}}).refused()
    api.send_message(id_, {"content": "Please continue with the implementation"}).refused()


@requirement(
    "VIBEN-DELETE-02",
    level=Level.MUST,
    origin=documented("DELETE /api/sessions/:id: Delete session. GET /api/sessions: List sessions"),
    operations=["delete_session", "list_sessions"],
)
def deleted_sessions_are_not_listed(api: Viben) -> None:
    """A deleted session is no longer in the list, neither in the whole one nor under its filters."""
    task = api.given_task()
    id_ = deleted(api, str(api.given_session(task_id=task)["id"]))
    for filters in ({}, {"task_id": task}, {"agent_id": api.agent}):
        found = api.listed_without(id_, **filters)
        expected = f"a list with {filters or 'no filter'} without {id_}"
        expect.that(id_ not in ids(found), expected=expected, got="it is there")


@requirement(
    "VIBEN-DELETE-03",
    level=Level.MUST,
    origin=documented("DELETE /api/sessions/:id: Delete session"),
    operations=["delete_session", "get_session", "list_sessions"],
)
def other_sessions_stay(api: Viben) -> None:
    """Deleting a session deletes no other, not even one of the same agent and task."""
    task = api.given_task()
    one, other = (str(api.given_session(task_id=task)["id"]) for _ in range(2))
    deleted(api, one)
    api.get_session(other).succeeded()
    found = api.listed_with({other}, task_id=task)
    expect.that(other in ids(found), expected=f"a list that holds {other}", got=sorted(ids(found)))


@requirement(
    "VIBEN-DELETE-04",
    level=Level.MUST,
    origin=assumed("The page says nothing of the reply; both of the vendor's gateways send 200 and the id."),
    operations=["delete_session"],
)
def reply_is_exact(api: Viben) -> None:
    """A deletion is answered with 200 and `{"deleted": id}`; a second one finds nothing and is answered with
    404.
    """
    id_ = str(api.given_session()["id"])
    reply = api.delete_session(id_).has_status(200)
    expect.equal("the reply", reply.json(), {"deleted": id_})
    api.delete_session(id_).has_status(404)
