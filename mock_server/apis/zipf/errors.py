"""Conditions under which Zipf refuses, and its flat error body: `{"error", "message", "code"}`.

The sessions page shows no errors. That `error` is a text at the top, with `message` beside it, is what the
vendor's client and others read (https://github.com/zipfai/zipfai-mcp-server).
"""

from collections.abc import Mapping
from typing import ClassVar

from mock_server.errors import Refused, RequestError
from mock_server.reply import NO_HEADERS, Reply

CODES = {
    400: "invalid_request",
    401: "unauthorized",
    402: "insufficient_credits",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "payload_too_large",
    429: "rate_limited",
}
TITLES = {
    400: "Invalid request",
    401: "Not authenticated",
    404: "Not found",
    405: "Method not allowed",
    413: "Body too large",
}


class ZipfRefused(Refused):
    """Base of the conditions: a status, a title of two or three words, a message that says what to do."""

    status: ClassVar[int]
    title: ClassVar[str]
    headers: Mapping[str, str] = NO_HEADERS


class SessionNotFound(ZipfRefused):
    """There is no session with this id that the caller may see."""

    status, title = 404, "Session not found"

    def __init__(self, session_id: str) -> None:
        super().__init__(f"There is no session {session_id[:80]} that you may see")


class OperationNotFound(ZipfRefused):
    """There is no search or crawl with this id that the caller may see."""

    status, title = 404, "Job not found"

    def __init__(self, type_: str, operation_id: str) -> None:
        super().__init__(f"There is no {type_} {operation_id[:80]} that you may see")


class WorkflowNotFound(ZipfRefused):
    """There is no workflow with this id that the caller may see."""

    status, title = 404, "Workflow not found"

    def __init__(self, workflow_id: str) -> None:
        super().__init__(f"There is no workflow {workflow_id[:80]} that you may see")


class ReadOnly(ZipfRefused):
    """The caller may see the session, but it is somebody else's."""

    status, title = 403, "Read-only access"

    def __init__(self, level: str) -> None:
        super().__init__(f"You may read this as {level}, but only its owner may change it")


class NotAMember(ZipfRefused):
    """The caller does not belong to the organisation."""

    status, title = 403, "Not a member"

    def __init__(self, organization_id: str) -> None:
        super().__init__(f"You do not belong to the organisation {organization_id[:80]}")


class SessionNotActive(ZipfRefused):
    """The session is completed or archived, and what was asked needs an active one."""

    status, title = 409, "Session not active"

    def __init__(self, status: str) -> None:
        super().__init__(f"The session is {status}; this needs an active one")


class SessionNotCompleted(ZipfRefused):
    """Only a completed session can be archived."""

    status, title = 409, "Session not completed"

    def __init__(self, status: str) -> None:
        super().__init__(f"The session is {status}; complete an active session before you archive it")


class SessionArchived(ZipfRefused):
    """An archived session stays as it is."""

    status, title = 409, "Session archived"

    def __init__(self) -> None:
        super().__init__("The session is archived and stays as it is")


class TooManySessions(ZipfRefused):
    """The user has as many sessions as anybody may have."""

    status, title = 409, "Session limit reached"

    def __init__(self, limit: int) -> None:
        super().__init__(f"You have {limit} sessions, which is the limit; delete one to create another")


class TooManyOperations(ZipfRefused):
    """The session holds as many operations as it may."""

    status, title = 409, "Operation limit reached"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The session holds {limit} operations, which is its limit; create another session")


class WebhookRefused(ZipfRefused):
    """Results cannot be sent to the address."""

    status, title = 400, "Invalid request"

    def __init__(self, reason: str) -> None:
        super().__init__(f"webhook_url: {reason}")


class InsufficientCredits(ZipfRefused):
    """The caller's account does not cover what the operation costs."""

    status, title = 402, "Insufficient credits"

    def __init__(self, cost: int, balance: int) -> None:
        super().__init__(f"The operation needs {cost} of your credits, and {balance} are left")


class RateLimited(ZipfRefused):
    """The token has sent as many requests in this hour as it may."""

    status, title = 429, "Rate limit exceeded"

    def __init__(self, limit: int, wait: int) -> None:
        super().__init__(f"This token may send {limit} requests per hour; wait {wait} seconds")
        self.headers = {"Retry-After": str(wait)}


def render(error: RequestError | Refused) -> Reply:
    """The error in Zipf's envelope."""
    if isinstance(error, RequestError):
        return _envelope(error.status, TITLES[error.status], error.detail, error.headers)
    if not isinstance(error, ZipfRefused):
        raise TypeError(f"no condition of Zipf: {error!r}")
    return _envelope(error.status, error.title, str(error), error.headers)


def _envelope(status: int, title: str, message: str, headers: Mapping[str, str]) -> Reply:
    return Reply(status, {"error": title, "message": message, "code": CODES[status]}, headers)
