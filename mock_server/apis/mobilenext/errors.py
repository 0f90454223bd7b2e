"""Conditions under which Mobile Next refuses, and its error body: `{"error": {"code": ..., "message": ...}}`.

The sessions page shows no errors; the body is that of the vendor's older pages
(https://mobilenext.ai/docs/api/sessions/list-sessions), which name no codes.
"""

from collections.abc import Mapping

from mock_server.errors import InvalidRequest, Refused, RequestError
from mock_server.reply import Reply

CODES = {
    400: "invalid_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
}


class SessionNotFound(Refused):
    """The selected organization has no session with this id."""

    def __init__(self, session_id: str) -> None:
        super().__init__(f"There is no session {session_id}")


class NotAMember(Refused):
    """The caller does not belong to the organization that the request selects, or there is none such."""

    def __init__(self, organization: str) -> None:
        super().__init__(f"The caller does not belong to organization {organization[:64]}")


STATUSES: dict[type[Refused], int] = {NotAMember: 403, SessionNotFound: 404}


def render(error: RequestError | Refused) -> Reply:
    """The error in Mobile Next's envelope."""
    if isinstance(error, InvalidRequest) and error.pointer == "sessionId":
        # The vendor lists no 400 for reading a session: what is no UUID is the id of no session.
        return _envelope(404, error.detail, {})
    if isinstance(error, RequestError):
        return _envelope(error.status, error.detail, error.headers)
    return _envelope(STATUSES[type(error)], str(error), {})


def _envelope(status: int, message: str, headers: Mapping[str, str]) -> Reply:
    return Reply(status, {"error": {"code": CODES[status], "message": message}}, headers)
