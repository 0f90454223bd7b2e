"""Conditions under which Viben refuses, and its error body: `{"error": "<text>", "code": "<CODE>"}`.

The sessions page shows no errors; body and codes are those of the vendor's page on errors
(https://linxueyuan.online/viben/backend/error-handling) and agree with the other forms it has used.
"""

from collections.abc import Mapping

from mock_server.errors import Refused, RequestError
from mock_server.reply import Reply

CODES = {
    400: "INVALID_INPUT",
    401: "UNAUTHORIZED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
}


class SessionNotFound(Refused):
    """There is no session with this id."""

    def __init__(self, session_id: str) -> None:
        super().__init__(f"Session not found: {session_id}")


class SessionEnded(Refused):
    """The session is completed or failed, and stays so."""

    def __init__(self, session_id: str, status: str) -> None:
        super().__init__(f"Session {session_id} is {status}: it keeps its status and takes no messages")


STATUSES: dict[type[Refused], int] = {SessionNotFound: 404, SessionEnded: 409}


def render(error: RequestError | Refused) -> Reply:
    """The error in Viben's envelope."""
    if isinstance(error, RequestError):
        return _envelope(error.status, error.detail, error.headers)
    return _envelope(STATUSES[type(error)], str(error), {})


def _envelope(status: int, text: str, headers: Mapping[str, str]) -> Reply:
    return Reply(status, {"error": text, "code": CODES[status]}, headers)
