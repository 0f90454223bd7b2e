"""The life of sessions: who sees which, creation, lists, changes, completion, archiving, deletion."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mock_server.apis.zipf import errors
from mock_server.apis.zipf.model import (
    DEFAULT_CONFIG,
    MAX_SESSIONS,
    AccessLevel,
    Operation,
    Session,
    aggregates,
    as_of,
    operation_as_of,
    operation_limit,
    timestamp,
)
from mock_server.auth import Persona
from mock_server.world import World

CHANGEABLE = ("name", "description", "intent_context")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a listed session has to pass; None lets everything pass."""

    status: str | None = None
    tag: str | None = None
    days_back: int | None = None


class Sessions:
    """Zipf's sessions in one world, as one caller meets them; None is whoever has not said who they are."""

    def __init__(self, world: World, caller: Persona | None) -> None:
        self._world = world
        self._user: str | None = None if caller is None else caller.user
        self._memberships: tuple[str, ...] = () if caller is None else caller.organizations
        self._sessions = world.collection("zipf", "sessions")
        self._operations = world.collection("zipf", "operations")

    # Reading

    def readable(self, session_id: str) -> tuple[Session, AccessLevel]:
        """A session and what the caller is to it. Raises `SessionNotFound`."""
        session = self._sessions.get(session_id)
        level = None if session is None else self._level(session)
        if session is None or level is None:
            raise errors.SessionNotFound(session_id)
        return self._current(session), level

    def exists(self, session_id: str) -> bool:
        """Whether there is such a session at all."""
        return self._sessions.get(session_id) is not None

    def public(self, session_id: str) -> Session:
        """A session that is shared with the public. Raises `SessionNotFound`."""
        session = self._sessions.get(session_id)
        if session is None or not session["public_share"]:
            raise errors.SessionNotFound(session_id)
        return self._current(session)

    def owned(self, session_id: str) -> Session:
        """A session that the caller may change. Raises `SessionNotFound`, and `ReadOnly` for another's."""
        session, level = self.readable(session_id)
        if level != "owner":
            raise errors.ReadOnly(level)
        return session

    def ready(self, session_id: str) -> Session:
        """A session of the caller's that takes another operation.

        Raises `SessionNotFound`, `ReadOnly`, `SessionNotActive` and `TooManyOperations`.
        """
        session = self.owned(session_id)
        if session["status"] != "active":
            raise errors.SessionNotActive(session["status"])
        limit = operation_limit(session)
        if session["aggregates"]["operation_count"] >= limit:
            raise errors.TooManyOperations(limit)
        return session

    def operations(self, session_id: str) -> list[Operation]:
        """The operations of a session, the oldest first."""
        now = self._world.clock.now()
        return [operation_as_of(each, now) for each in self._operations.find("session", (session_id,))]

    def job(self, operation_id: str, type_: str) -> Operation:
        """A search or a crawl by its id, as its owner or a member it is shared with may read it.

        Raises `OperationNotFound`.
        """
        found: Operation | None = self._operations.get(operation_id)
        if found is None or found["type"] != type_ or not self._reads(found):
            raise errors.OperationNotFound(type_, operation_id)
        return operation_as_of(found, self._world.clock.now())

    def mine(self, filters: Filters) -> list[Session]:
        """The caller's own sessions that pass, newest first."""
        return self._passing(self._sessions.find("owner", (self._user,), descending=True), filters)

    def of_teammates(self, filters: Filters) -> list[Session]:
        """Sessions of others that are shared with an organisation of the caller, newest first."""
        shared = [s for each in self._memberships for s in self._sessions.find("shared", (each,))]
        others = [session for session in shared if session["customer_id"] != self._user]
        others.sort(key=lambda session: (session["created_at"], session["sequence"]), reverse=True)
        return self._passing(others, filters)

    # Writing

    def create(self, body: Mapping[str, Any]) -> Session:
        """A new session. Raises `TooManySessions` when the caller has 100, archived ones included."""
        if sum(1 for _ in self._sessions.find("owner", (self._user,), limit=MAX_SESSIONS)) >= MAX_SESSIONS:
            raise errors.TooManySessions(MAX_SESSIONS)
        ordinal = self._world.next_ordinal("zipf.sessions")
        now = timestamp(self._world.clock.now())
        session = {
            "id": self._world.draw.uuid("zipf.sessions", ordinal, "id"),
            "customer_id": self._user,
            "name": body["name"],
            "description": body.get("description"),
            "status": "active",
            "intent_context": body.get("intent_context"),
            "session_config": {**DEFAULT_CONFIG, **_known(body.get("session_config", {}))},
            "metadata": body.get("metadata", {}),
            "aggregates": aggregates(()),
            "public_share": False,
            "shared_with_org": False,
            "organization_id": None,
            "created_at": now,
            "updated_at": now,
            "completed_at": None,
            "archived_at": None,
            "busy_until": now,
            "sequence": ordinal,
        }
        return _session(self._sessions.insert(session["id"], session))

    def update(self, session_id: str, changes: Mapping[str, Any]) -> Session:
        """Changes what is given of name, description, intent context, configuration; ignores the rest.

        The page calls the configuration `config`, creation `session_config`; either is taken. Raises
        `SessionNotFound`, `ReadOnly`, and `SessionArchived`.
        """
        session = self.owned(session_id)
        if session["status"] == "archived":
            raise errors.SessionArchived
        fields = {name: changes[name] for name in CHANGEABLE if name in changes}
        config = {**changes.get("config", {}), **changes.get("session_config", {})}
        return self.save(session, **fields, session_config={**session["session_config"], **_known(config)})

    def complete(self, session_id: str) -> Session:
        """An active session, completed. Raises `SessionNotFound`, `ReadOnly` and `SessionNotActive`."""
        session = self.owned(session_id)
        if session["status"] != "active":
            raise errors.SessionNotActive(session["status"])
        return self.save(session, status="completed", completed_at=self._now())

    def archive(self, session_id: str) -> Session:
        """A completed session, archived. Raises `SessionNotFound`, `ReadOnly` and `SessionNotCompleted`."""
        session = self.owned(session_id)
        if session["status"] != "completed":
            raise errors.SessionNotCompleted(session["status"])
        return self.save(session, status="archived", archived_at=self._now())

    def delete(self, session_id: str) -> None:
        """Removes a session and all its operations. Raises `SessionNotFound` and `ReadOnly`."""
        self.owned(session_id)
        for operation in self.operations(session_id):
            self._operations.delete(operation["id"])
        self._sessions.delete(session_id)

    def add(self, session: Session, operation: Mapping[str, Any]) -> Operation:
        """Keeps an operation with its session, whose sharing it inherits."""
        inherited = {name: session[name] for name in ("shared_with_org", "organization_id")}
        added = self._insert({**operation, **inherited, "session_id": session["id"]})
        operations: list[Operation] = list(self._operations.find("session", (session["id"],)))
        busy_until = max(session.get("busy_until", ""), added["completed_at"] or "")
        self.save(session, aggregates=aggregates(operations), busy_until=busy_until)
        return added

    def add_alone(self, operation: Mapping[str, Any]) -> Operation:
        """Keeps an operation that belongs to no session."""
        alone = {"session_id": None, "shared_with_org": False, "organization_id": None}
        return self._insert({**operation, **alone})

    def change_operations(self, session_id: str, change: Callable[[Operation], Mapping[str, Any]]) -> None:
        """Replaces every operation of a session by what `change` makes of it."""
        for operation in self._operations.find("session", (session_id,)):
            self._operations.update(operation["id"], change(operation))

    def save(self, session: Session, **fields: Any) -> Session:
        """Keeps a changed session; every change counts as activity."""
        changed = {**session, **fields, "updated_at": self._now()}
        return _session(self._sessions.update(session["id"], changed))

    def _now(self) -> str:
        return timestamp(self._world.clock.now())

    def _current(self, session: Any) -> Session:
        current = as_of(session, self._world.clock.now())
        if self._now() >= current.get("busy_until", ""):
            return current
        return {**current, "aggregates": aggregates(self.operations(current["id"]))}

    def _insert(self, operation: Mapping[str, Any]) -> Operation:
        ordinal = self._world.next_ordinal("zipf.operations")
        id_ = self._world.draw.uuid("zipf.operations", ordinal, "id")
        kept = {"id": id_, "customer_id": self._user, **operation, "sequence": ordinal}
        stored: Operation = self._operations.insert(id_, kept)
        return stored

    def _reads(self, operation: Operation) -> bool:
        shared = operation["shared_with_org"] and operation["organization_id"] in self._memberships
        return shared or operation["customer_id"] == self._user

    def _level(self, session: Session) -> AccessLevel | None:
        if session["customer_id"] == self._user:
            return "owner"
        if session["shared_with_org"] and session["organization_id"] in self._memberships:
            return "org_viewer"
        return "public" if session["public_share"] else None

    def _passing(self, sessions: Iterable[Session], filters: Filters) -> list[Session]:
        return list(self._filtered(map(self._current, sessions), filters))

    def _filtered(self, sessions: Iterable[Session], filters: Filters) -> Iterator[Session]:
        days = filters.days_back
        oldest = "" if days is None else timestamp(self._world.clock.now() - timedelta(days=days))
        for session in sessions:
            right_status = filters.status in (None, session["status"])
            tagged = filters.tag is None or filters.tag in session["metadata"].get("tags", ())
            if right_status and tagged and session["created_at"] >= oldest:
                yield session


def _known(config: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in config.items() if name in DEFAULT_CONFIG}


def _session(document: Any) -> Session:
    session: Session = document
    return session
