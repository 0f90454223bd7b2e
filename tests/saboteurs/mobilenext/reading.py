"""Saboteurs of getting one session by its id."""

from typing import Any

from mock_server.apis.mobilenext.errors import SessionNotFound
from mock_server.apis.mobilenext.operations import Operations
from mock_server.apis.mobilenext.service import Sessions
from mock_server.reply import Reply
from mock_server.store import Document
from tests.saboteurs import saboteur


@saboteur.reply("MOBILENEXT-GET-01", "get_session")
def reads_another_user(body: Any) -> Any:
    """A session that is read belongs to somebody else than in the list."""
    return {**body, "user": "5b0c6a3e-2f0d-4c8e-9a51-0d6f4f1c7a09"}


@saboteur.service("MOBILENEXT-GET-01")
class ReadsHeldOnesOnly(Sessions):
    """A session that was released is no longer found."""

    def get(self, session_id: str, selected: str = "") -> Document:
        """Hides what is over."""
        session = super().get(session_id, selected)
        if session["releasedAt"] is not None:
            raise SessionNotFound(session_id)
        return session


@saboteur.operations("MOBILENEXT-GET-02")
class ReadsSomething(Operations):
    """Where there is no such session, the newest one is read."""

    def get_session(self, sessions: Sessions, *, session_id: str, x_organization_id: str = "") -> Reply:
        """Falls back."""
        try:
            return super().get_session(sessions, session_id=session_id, x_organization_id=x_organization_id)
        except SessionNotFound:
            return Reply(200, sessions.page(1, selected=x_organization_id).sessions[0])


@saboteur.service("MOBILENEXT-GET-03")
class MindsTheCase(Sessions):
    """An id in capital letters is another one."""

    def get(self, session_id: str, selected: str = "") -> Document:
        """Compares texts."""
        if session_id != session_id.lower():
            raise SessionNotFound(session_id)
        return super().get(session_id, selected)


@saboteur.refusal("MOBILENEXT-GET-03")
def finds_ids_malformed(answer: Reply) -> Reply:
    """An id that is no UUID is refused with 400."""
    return answer._replace(status=400) if "uuid" in answer.body["error"]["message"] else answer
