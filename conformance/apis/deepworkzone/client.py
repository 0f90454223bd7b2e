"""The client Deep Work Zone's requirements are written against: its operations, and sessions to start from.

The document shows no reply. A session is read from an object, bare or under `data` or `session`; a list from
an array, bare or under `data` (also of a page) or `sessions`.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from conformance.apis.deepworkzone import needs
from conformance.client import Http
from conformance.expect import settled
from conformance.needs import organization, require
from conformance.outcome import Inconclusive, Skip
from conformance.reply import Reply

OWNER = "owner"
MEMBER = "member"
OUTSIDER = "outsider"
DUAL = "dual"
EXAMPLE: Mapping[str, Any] = {
    "org_id": 1,
    "name": "Morning Deep Work",
    "type": "drop-in",
    "duration": 60,
    "schedule": "2025-01-01",
    "time": "9:00 AM",
    "is_public": True,
    "collaborator": [],
    "status": "waiting",
    "website_blocker_enabled": True,
    "website_blocker": {"mode": "preset", "category": ["social-media", "gaming"], "urls": []},
    "snooze_enabled": True,
    "snooze_apps": {"slack": True, "teams": True},
    "is_recurring": 0,
    "recurring_ends": None,
    "recurring_start": None,
    "occurrence": "daily",
    "recurring_days": [],
    "recurring_month_option": "exact",
    "recurring_month_week_pos": 1,
    "recurring_month_week_day": 1,
    "fallback_option": 0,
}

Session = dict[str, Any]


class DeepWorkZone:
    """One method for each operation; `given_...` methods reach a situation or end the examination as
    inconclusive.
    """

    def __init__(self, http: Http) -> None:
        self.http = http
        self.known: set[Any] = set()  # ids of the sessions created so far

    def list_sessions(self, actor: str | None = OWNER, **filters: Any) -> Reply:
        """GET /sessions with exactly these filters."""
        query = {name: str(value) for name, value in filters.items()}
        return self.http.request("GET", "/sessions", actor=actor, query=query)

    def create_session(self, body: Any, actor: str | None = OWNER) -> Reply:
        """POST /sessions; what it creates is deleted after the examination."""
        reply = self.http.request("POST", "/sessions", actor=actor, body=body)
        if actor and reply.ok and isinstance(body, dict):
            self.http.cleanup.append(lambda: self.undo(reply, body, actor))
        return reply

    def undo(self, reply: Reply, body: Session, actor: str) -> None:
        """Delete what a creation made: the session in its reply, its series, whatever else has its name."""
        session = one(reply)
        if session is not None:
            self.delete_session(session["id"], actor, self.whole(body))
        name = str(body.get("name") or self.token())
        scope = {"org_id": body["org_id"]} if "org_id" in body else {}
        for left in self.sessions(actor, keyword=name, **scope):
            if left.get("name") == name:
                self.delete_session(left["id"], actor, self.whole(body))

    def whole(self, body: Session) -> str | None:
        """Return the scope in which to delete what was created, None where there is no choice or no means."""
        try:
            return "series" if body.get("is_recurring") == 1 and self.deletion() else None
        except Skip:
            return None

    def get_session(self, id_: Any, actor: str | None = OWNER) -> Reply:
        """GET /sessions/:id."""
        return self.http.request("GET", f"/sessions/{id_}", actor=actor)

    def replace_session(self, id_: Any, body: Any, actor: str | None = OWNER) -> Reply:
        """PUT /sessions/:id."""
        return self.http.request("PUT", f"/sessions/{id_}", actor=actor, body=body)

    def delete_session(self, id_: Any, actor: str | None = OWNER, scope: str | None = None) -> Reply:
        """DELETE /sessions/:id, of one occurrence or of the whole series where a scope is given."""
        path = f"/sessions/{id_}"
        if scope is None:
            return self.http.request("DELETE", path, actor=actor)
        how = self.deletion()
        choice = {str(how["name"]): how[scope]}
        if how["in"] == "body":
            return self.http.request("DELETE", path, actor=actor, body=choice)
        query = {name: str(value) for name, value in choice.items()}
        return self.http.request("DELETE", path, actor=actor, query=query)

    def join_session(self, id_: Any, actor: str | None = OWNER) -> Reply:
        """POST /sessions/:id/join."""
        return self.http.request("POST", f"/sessions/{id_}/join", actor=actor)

    def complete_session(self, id_: Any, actor: str | None = OWNER) -> Reply:
        """POST /sessions/:id/complete."""
        return self.http.request("POST", f"/sessions/{id_}/complete", actor=actor)

    def deletion(self) -> Mapping[str, Any]:
        """Return how a deletion says what it is of, as the settings have it; skip where nobody knows."""
        require(self.http.target, needs.scope_of_deletion)
        return needs.delete_scope(self.http.target) or {}

    def organization(self, role: str) -> int | str:
        """Return the id of the organisation that plays this role, or skip."""
        require(self.http.target, organization(role))
        return self.http.target.organizations[role]

    def body(self, **fields: Any) -> Session:
        """Return what creates a session: the document's example with another name and day, and `fields`."""
        shared = self.http.target.organizations.get("shared")
        own = {} if shared is None else {"org_id": shared}
        example = {name: value for name, value in EXAMPLE.items() if name != "org_id"}
        return {**example, **own, "name": self.token(), "schedule": day(1), **fields}

    def token(self) -> str:
        """Return a name that nobody else uses."""
        return self.http.unique("Deep Work")

    def given_session(self, actor: str = OWNER, **fields: Any) -> Session:
        """Create a session and return what is known of it: what was sent, and the id."""
        body = self.body(**fields)
        reply = self.create_session(body, actor)
        if not reply.ok:
            raise Inconclusive(f"no session could be created with {fields or 'the example'}: {reply.status}")
        return {**body, "id": self.id_of(reply, body, actor)}

    def id_of(self, reply: Reply, body: Session, actor: str = OWNER) -> Any:
        """Return the id of a session just created; where the reply holds none, as the list has it."""
        session = one(reply)
        if session is None:
            query = {"keyword": body["name"], **({"org_id": body["org_id"]} if "org_id" in body else {})}
            new = (each for each in self.sessions(actor, **query) if each.get("id") not in self.known)
            session = next((each for each in new if is_number(each.get("id"))), None)
        if session is None:
            raise Inconclusive("the id of the session just created is neither in the reply nor in the list")
        id_ = session["id"]
        self.known.add(id_)
        if one(reply) is None:  # renamed since, it would not be found
            self.http.cleanup.append(lambda: self.delete_session(id_, actor))
        return id_

    def given_details(self, id_: Any, actor: str = OWNER) -> Session:
        """Return a session that exists."""
        reply = self.get_session(id_, actor)
        session = one(reply)
        if session is None:
            raise Inconclusive(f"the session {id_} could not be read: {reply.status}")
        return session

    def given_update(self, id_: Any, body: Session) -> Reply:
        """Change a session."""
        reply = self.replace_session(id_, body)
        if not reply.ok:
            raise Inconclusive(f"the session could not be changed: {reply.status}")
        return reply

    def given_no_session(self) -> int:
        """Return a number that is the id of no session."""
        return int(self.given_session()["id"]) + 10**6

    def sessions(self, actor: str | None = OWNER, **filters: Any) -> list[Session]:
        """Return the listed sessions, or end as inconclusive when the list cannot be read."""
        reply = self.list_sessions(actor, **filters)
        found = many(reply)
        if found is None:
            raise Inconclusive(f"the list with {filters or 'no filter'} could not be read: {reply.status}")
        return found

    def called(self, name: str) -> list[Session]:
        """Return the listed sessions of the shared organization with a name."""
        listed = self.candidates({**self.body(), "name": name}, OWNER)
        return [each for each in listed if each.get("name") == name]

    def candidates(self, sent: Mapping[str, Any], actor: str | None) -> list[Session]:
        """Return the listed sessions with the name that was sent."""
        scope = {"org_id": sent["org_id"]} if "org_id" in sent else {}
        return self.sessions(actor, keyword=sent.get("name", ""), **scope)

    def listed_with(self, wanted: set[Any], actor: str = OWNER, **filters: Any) -> list[Session]:
        """Return the list once it holds the wanted ids; after a few attempts as it is."""
        return settled(lambda: self.sessions(actor, **filters), lambda found: wanted <= ids(found))


def day(number: int) -> str:
    """Return a day to come: the first is the Monday after next, so that weeks are whole."""
    today = datetime.now(UTC).date()
    monday = today + timedelta(days=14 - today.weekday())
    return (monday + timedelta(days=number - 1)).isoformat()


def month(number: int) -> date:
    """Return the first day of a month to come, the first being the month after next."""
    today = datetime.now(UTC).date()
    months = today.year * 12 + today.month + number
    return date(months // 12, months % 12 + 1, 1)


def one(reply: Reply) -> Session | None:
    """Return the session of a successful reply, wherever it stands, or None."""
    body = reply.exchange.reply_json() if reply.ok else None
    for found in (body, *(body.get(name) for name in ("data", "session") if isinstance(body, dict))):
        if isinstance(found, dict) and is_number(found.get("id")):
            return found
    return None


def many(reply: Reply) -> list[Session] | None:
    """Return the sessions of a successful list, wherever they stand, or None."""
    return unwrapped(reply.exchange.reply_json()) if reply.ok else None


def unwrapped(body: Any) -> list[Session] | None:
    """Return the sessions in the body of a list, wherever they stand, or None."""
    for name in ("data", "sessions", "data"):
        if isinstance(body, dict):
            body = body.get(name, body)
    if not isinstance(body, list) or not all(isinstance(each, dict) for each in body):
        return None
    return body


def ids(sessions: list[Session]) -> set[Any]:
    """Return the ids of the sessions that have a usable one."""
    return {each["id"] for each in sessions if is_number(each.get("id"))}


def is_number(id_: Any) -> bool:
    """Say whether this is an id as the document has it: a number, possibly written as a text."""
    return (isinstance(id_, int) and not isinstance(id_, bool)) or (isinstance(id_, str) and id_.isdigit())
