"""Board's operations: parameters in, status and view out."""

from mock_server.reply import Reply
from tests.fifth.mock_server.model import view
from tests.fifth.mock_server.service import Notices


class Operations:
    """One method per operationId of the contract."""

    def list_notices(self, notices: Notices, *, limit: int) -> Reply:
        """GET /notices."""
        return Reply(200, {"notices": [view(notice) for notice in notices.newest(limit)]})

    def get_notice(self, notices: Notices, *, notice_id: int) -> Reply:
        """GET /notices/{noticeId}."""
        return Reply(200, view(notices.get(notice_id)))
