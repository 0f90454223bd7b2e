"""The rules of Viben's sessions: what creating, changing, messaging and deleting one does."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from mock_server.apis.viben.errors import SessionEnded, SessionNotFound
from mock_server.apis.viben.model import ENDED, Message, Session
from mock_server.auth import Persona
from mock_server.clock import rfc3339
from mock_server.world import World

CHANGEABLE = ("status", "prompt")


class Sessions:
    """Viben's sessions in one world. Everybody may do everything: the API has no credentials."""

    def __init__(self, world: World, caller: Persona | None) -> None:  # the same for every API
        self._world = world
        self._sessions = world.collection("viben", "sessions")
        self._messages = world.collection("viben", "messages")

    def create(self, agent_id: str, task_id: str | None = None, prompt: str | None = None) -> Session:
        """A new session. Neither implementation of the vendor checks that agent or task exist."""
        ordinal = self._world.next_ordinal("viben.sessions")
        now = rfc3339(self._world.clock.now())
        session: Session = {
            "id": f"session-{self._world.draw.hexadecimal(12, 'viben.sessions', ordinal, 'id')}",
            "agent_id": agent_id,
            "task_id": task_id,
            "status": "created",
            "created_at": now,
            "last_active": now,
            "message_count": 0,
            "data": {},
            "prompt": prompt,
            "sequence": ordinal,
        }
        stored: Session = self._sessions.insert(session["id"], session)
        return stored

    def find(self, **filters: str) -> Iterator[Session]:
        """Sessions that pass every filter (`agent_id`, `task_id`, `status`: exact), newest first."""
        index = next(iter(filters), "age")
        equal = (filters.pop(index),) if filters else ()
        found: Iterator[Session] = self._sessions.find(index, equal, descending=True)
        for name, value in filters.items():
            found = filter(partial(_has, name, value), found)
        return found

    def get(self, session_id: str) -> Session:
        """One session. Raises `SessionNotFound`."""
        session: Session | None = self._sessions.get(session_id)
        if session is None:
            raise SessionNotFound(session_id)
        return session

    def update(self, session_id: str, changes: Mapping[str, Any]) -> Session:
        """Changes `status`, `prompt` and `data` (merged key by key) where given; ignores anything else.

        Raises `SessionNotFound`, and `SessionEnded` for a change of status after the end.
        """
        session = self.get(session_id)
        if session["status"] in ENDED and changes.get("status", session["status"]) != session["status"]:
            raise SessionEnded(session_id, session["status"])
        changed = {name: changes[name] for name in CHANGEABLE if name in changes}
        data = {**session["data"], **changes.get("data", {})}
        last_active = rfc3339(self._world.clock.now())
        return self._replace({**session, **changed, "data": data, "last_active": last_active})

    def delete(self, session_id: str) -> None:
        """Removes a session with its messages. Raises `SessionNotFound`."""
        self.get(session_id)
        self._sessions.delete(session_id)
        for message in self._messages.find("session", (session_id,)):
            self._messages.delete(message["id"])

    def send(self, session_id: str, content: str) -> Message:
        """Takes a message, which makes a created or paused session active.

        Raises `SessionNotFound` and `SessionEnded`.
        """
        session = self.get(session_id)
        if session["status"] in ENDED:
            raise SessionEnded(session_id, session["status"])
        message = self._new_message(session_id, content)
        count = session["message_count"] + 1
        self._replace(
            {**session, "status": "active", "message_count": count, "last_active": message["timestamp"]}
        )
        return message

    def _new_message(self, session_id: str, content: str) -> Message:
        ordinal = self._world.next_ordinal("viben.messages")
        message: Message = {
            "id": f"msg-{self._world.draw.hexadecimal(12, 'viben.messages', ordinal, 'id')}",
            "session_id": session_id,
            "content": content,
            "timestamp": rfc3339(self._world.clock.now()),
        }
        self._messages.insert(message["id"], message)
        return message

    def _replace(self, session: Mapping[str, Any]) -> Session:
        stored: Session = self._sessions.update(session["id"], session)
        return stored


def _has(name: str, value: str, session: Mapping[str, Any]) -> bool:
    return bool(session[name] == value)
