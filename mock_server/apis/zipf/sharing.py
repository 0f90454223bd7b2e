"""Sharing a session with the public or an organisation, and how that reaches its operations."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.zipf.errors import NotAMember
from mock_server.apis.zipf.model import Session
from mock_server.apis.zipf.sessions import Sessions
from mock_server.auth import Persona


class Sharing:
    """Opens and closes what others may see of the caller's sessions."""

    def __init__(self, sessions: Sessions, caller: Persona) -> None:
        self._sessions = sessions
        self._memberships = caller.organizations

    def share(self, session_id: str, changes: Mapping[str, Any]) -> tuple[Session, dict[str, int] | None]:
        """Changes whom a session is shared with; the session, and how many searches and crawls followed.

        The count is None when sharing with organisations was not mentioned. Raises `SessionNotFound`,
        `ReadOnly`, and `NotAMember` for an organisation that the caller does not belong to.
        """
        session = self._sessions.owned(session_id)
        fields = {"public_share": changes.get("public_share", session["public_share"])}
        if "shared_with_org" not in changes:
            return self._sessions.save(session, **fields), None
        inherited = self.with_organization(changes)
        self._sessions.change_operations(session_id, lambda operation: {**operation, **inherited})
        by_type = session["aggregates"]["operations_by_type"]
        counts = {"searches": by_type["search"], "crawls": by_type["crawl"]}
        return self._sessions.save(session, **fields, **inherited), counts

    def with_organization(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """What sharing, or not, means for the fields of whatever is shared. Raises `NotAMember`."""
        if not changes["shared_with_org"]:
            return {"shared_with_org": False, "organization_id": None}
        if changes["organization_id"] not in self._memberships:
            raise NotAMember(changes["organization_id"])
        return {"shared_with_org": True, "organization_id": changes["organization_id"]}
