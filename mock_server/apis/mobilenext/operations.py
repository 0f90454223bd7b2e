"""Mobile Next's operations: parameters in, status and view out."""

from mock_server.apis.mobilenext.service import Sessions
from mock_server.reply import Reply


class Operations:
    """One method per operationId of `openapi/mobilenext.yaml`."""

    def list_sessions(
        self, sessions: Sessions, *, limit: int, before: str | None = None, x_organization_id: str = ""
    ) -> Reply:
        """GET /sessions."""
        page = sessions.page(limit, before, selected=x_organization_id)
        cursor = {} if page.next_cursor is None else {"nextCursor": page.next_cursor}
        return Reply(200, {"object": "list", "data": page.sessions, **cursor})

    def get_session(self, sessions: Sessions, *, session_id: str, x_organization_id: str = "") -> Reply:
        """GET /sessions/{sessionId}."""
        return Reply(200, sessions.get(session_id, selected=x_organization_id))
