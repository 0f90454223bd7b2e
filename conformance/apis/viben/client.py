"""The client Viben's requirements are written against: its six operations, and sessions to start from."""

from collections.abc import Mapping
from typing import Any

from conformance.addressing import segment
from conformance.client import Http
from conformance.expect import settled
from conformance.outcome import Inconclusive
from conformance.reply import Reply

AGENT = "CLAUDE_CODE"
EXAMPLE = {"agent_id": AGENT, "task_id": "task-xyz", "prompt": "Initial prompt for the session"}

Session = dict[str, Any]


class Viben:
    """One method for each operation; `given_...` methods reach a situation or end the examination as
    inconclusive.
    """

    def __init__(self, http: Http) -> None:
        self.http = http

    @property
    def agent(self) -> str:
        """An agent this deployment knows: the document's own, or the one the target's settings name."""
        return str(self.http.target.settings.get("agent_id", AGENT))

    def list_sessions(self, **filters: str) -> Reply:
        """GET /sessions."""
        return self.http.request("GET", "/sessions", query=filters)

    def create_session(self, body: Any) -> Reply:
        """POST /sessions; what it creates is deleted after the examination."""
        return self.remembered(self.http.request("POST", "/sessions", body=body))

    def get_session(self, id_: str) -> Reply:
        """GET /sessions/:id."""
        return self.http.request("GET", path(id_))

    def update_session(self, id_: str, body: Any) -> Reply:
        """PATCH /sessions/:id."""
        return self.http.request("PATCH", path(id_), body=body)

    def delete_session(self, id_: str) -> Reply:
        """DELETE /sessions/:id."""
        return self.http.request("DELETE", path(id_))

    def send_message(self, id_: str, body: Any) -> Reply:
        """POST /sessions/:id/message."""
        return self.http.request("POST", path(id_) + "/message", body=body)

    def remembered(self, reply: Reply) -> Reply:
        """Note that a session was created, so that it can be deleted."""
        body = reply.exchange.reply_json() if reply.ok else None
        if isinstance(body, dict) and isinstance(body.get("id"), str):
            id_ = body["id"]
            self.http.cleanup.append(lambda: self.delete_session(id_))
        return reply

    def given_session(self, **fields: Any) -> Session:
        """Create a session and return what the reply shows of it, which includes its id."""
        reply = self.create_session({"agent_id": self.agent, **fields})
        body = reply.exchange.reply_json()
        if (
            not reply.ok
            or not isinstance(body, dict)
            or not isinstance(body.get("id"), str)
            or not body["id"]
        ):
            hint = (
                "a deployment that knows only certain agents and tasks needs [settings] agent_id and task_ids"
            )
            raise Inconclusive(f"no session with {fields or 'an agent'} was created: {reply.status}; {hint}")
        return body

    def given_task(self) -> str:
        """Return another task id each time: one that nobody else uses, or the next that the settings name."""
        task = self.http.unique("task")
        known = self.http.target.settings.get("task_ids")
        return str(known[int(task.rpartition("-")[2]) % len(known)]) if known else task

    def given_details(self, id_: str) -> Session:
        """Return the details of a session that exists."""
        reply = self.get_session(id_)
        body = reply.exchange.reply_json()
        if not reply.ok or not isinstance(body, dict):
            raise Inconclusive(f"the session just created could not be read: {reply.status}")
        return body

    def given_update(self, id_: str, **changes: Any) -> Reply:
        """Change a session."""
        reply = self.update_session(id_, changes)
        if not reply.ok:
            raise Inconclusive(f"the session could not be changed with {changes}: {reply.status}")
        return reply

    def given_status(self, id_: str) -> str:
        """Bring a new session into another status than `created`, whichever the deployment allows, and
        return it.
        """
        for status in ("paused", "active", "completed", "failed"):
            if (
                self.update_session(id_, {"status": status}).ok
                and self.given_details(id_).get("status") == status
            ):
                return status
        raise Inconclusive("no change of status was accepted")

    def given_statuses(self) -> dict[str, str]:
        """Create a session for each status that a new one can be given, and return their ids by status."""
        found: dict[str, str] = {}
        for status in ("active", "paused", "completed", "failed"):
            id_ = str(self.given_session()["id"])
            if (
                self.update_session(id_, {"status": status}).ok
                and self.given_details(id_).get("status") == status
            ):
                found[status] = id_
        if not found:
            raise Inconclusive("no change of status was accepted")
        return found

    def given_message(self, id_: str) -> Reply:
        """Send a message to a session."""
        reply = self.send_message(id_, {"content": "Please continue with the implementation"})
        if not reply.ok:
            raise Inconclusive(f"the message was not taken: {reply.status}")
        return reply

    def given_no_session(self) -> str:
        """Return an id in the form of this deployment's ids that belongs to no session."""
        return unlike(str(self.given_session()["id"]))

    def sessions(self, **filters: str) -> list[Session]:
        """Return the listed sessions, or end as inconclusive when the list cannot be read."""
        reply = self.list_sessions(**filters)
        body = reply.exchange.reply_json()
        listed = body.get("sessions") if isinstance(body, dict) else None
        if not reply.ok or not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            raise Inconclusive(f"the list with {filters or 'no filter'} could not be read: {reply.status}")
        return listed

    def of_task(self, task: str) -> list[Session]:
        """Return the sessions of a task that may be unknown here; then its filter may be refused."""
        reply = self.list_sessions(task_id=task)
        listed = self.sessions(task_id=task) if reply.ok else self.sessions()
        return [each for each in listed if each.get("task_id") == task]

    def candidates(self, sent: Mapping[str, Any], _actor: str | None) -> list[Session]:
        """Return the listed sessions with the task that was sent, or else the agent; anybody may ask."""
        fields = {name: sent.get(name) for name in ("agent_id", "task_id")}
        filters = {name: value for name, value in fields.items() if isinstance(value, str)}
        return self.sessions(**dict([filters.popitem()] if filters else []))

    def details_with(self, id_: str, **members: Any) -> Session:
        """Return the details once they hold the members; after a few attempts as they are."""
        return settled(lambda: self.given_details(id_), lambda found: {**found, **members} == found)

    def listed_with(self, wanted: set[str], **filters: str) -> list[Session]:
        """Return the list once it holds the wanted ids; after a few attempts as it is."""
        return settled(lambda: self.sessions(**filters), lambda found: wanted <= ids(found))

    def listed_without(self, gone: str, **filters: str) -> list[Session]:
        """Return the list once it no longer holds the id; after a few attempts as it is."""
        return settled(lambda: self.sessions(**filters), lambda found: gone not in ids(found))


def ids(sessions: list[Session]) -> set[Any]:
    """Return the ids of the sessions that have a usable one."""
    return {each["id"] for each in sessions if isinstance(each.get("id"), str)}


def path(id_: str) -> str:
    """Return the path of a session."""
    return f"/sessions/{segment(id_)}"


def unlike(id_: str) -> str:
    """Return another id of the same form: a number far above, or the letters and digits at the end turned
    over.
    """
    if id_.isdigit():
        return str(int(id_) + 10**6)
    turned = id_[-12:].translate(str.maketrans("0123456789abcdefABCDEF", "fedcba9876543210543210"))
    return id_[:-12] + (turned if turned != id_[-12:] else turned[::-1] + "0")
