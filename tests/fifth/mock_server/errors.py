"""Conditions under which the board refuses, and its error body: `{"message": "<text>"}`."""

from mock_server.errors import Refused, RequestError
from mock_server.reply import Reply


class NoticeNotFound(Refused):
    """The caller's organizations have no such notice."""

    def __init__(self, notice_id: int) -> None:
        super().__init__(f"there is no notice {notice_id}")


STATUSES: dict[type[Refused], int] = {NoticeNotFound: 404}


def render(error: RequestError | Refused) -> Reply:
    """The error in the board's envelope."""
    if isinstance(error, RequestError):
        return Reply(error.status, {"message": error.detail}, error.headers)
    return Reply(STATUSES[type(error)], {"message": str(error)})
