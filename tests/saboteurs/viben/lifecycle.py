"""Saboteurs of Viben: how the status moves."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.viben.errors import SessionEnded
from mock_server.apis.viben.model import Message as SessionMessage
from mock_server.apis.viben.model import Session
from mock_server.apis.viben.service import Sessions
from tests.saboteurs import saboteur

Body = Mapping[str, Any]


@saboteur.service("VIBEN-LIFECYCLE-01")
class StaysPaused(Sessions):
    """A message leaves the status as it is."""

    def send(self, session_id: str, content: str) -> SessionMessage:
        """Sends, then puts the status back."""
        before = self.get(session_id)["status"]
        message = super().send(session_id, content)
        self._replace({**self.get(session_id), "status": before})
        return message


@saboteur.service("VIBEN-LIFECYCLE-02")
class RevivesEnded(Sessions):
    """A completed session can be made active again."""

    def update(self, session_id: str, changes: Body) -> Session:
        """Never refuses."""
        try:
            return super().update(session_id, changes)
        except SessionEnded:
            return self._replace({**self.get(session_id), **changes})


@saboteur.service("VIBEN-LIFECYCLE-03")
class MessagesEnded(Sessions):
    """A completed session takes messages."""

    def send(self, session_id: str, content: str) -> SessionMessage:
        """Never refuses."""
        try:
            return super().send(session_id, content)
        except SessionEnded:
            return self._new_message(session_id, content)
