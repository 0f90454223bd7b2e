"""Conditions under which Deep Work Zone refuses, and its error body: `{"message": ..., "errors": {...}}`.

The sessions page shows no errors. The 401 is that of the vendor's page on authentication
(https://docs.deepworkzone.ai/docs/authentication.html); its text is the one of the framework Laravel, whose
forms the others take (https://laravel.com/docs/validation).
"""

from collections.abc import Mapping
from datetime import date

from mock_server.errors import InvalidRequest, MalformedBody, NotAuthenticated, Refused, RequestError
from mock_server.reply import NO_HEADERS, Reply

UNAUTHENTICATED = "Unauthenticated."
UNAUTHORIZED = "This action is unauthorized."


class SessionNotFound(Refused):
    """There is no session with this id, or none that the caller may see."""

    def __init__(self, session_id: int) -> None:
        super().__init__(f"Session {session_id} not found.")


class NotAMember(Refused):
    """The caller does not belong to the organisation."""

    def __init__(self, organization: int) -> None:
        super().__init__(f"{UNAUTHORIZED} You do not belong to organization {organization}.")


class NotTheOwner(Refused):
    """The session is somebody else's to change."""

    def __init__(self, session_id: int) -> None:
        super().__init__(f"{UNAUTHORIZED} Only the owner of session {session_id} may do it.")


class NotJoined(Refused):
    """The caller has no part in the session that could be completed."""

    def __init__(self, session_id: int) -> None:
        super().__init__(f"Join session {session_id} before completing it.")


class SessionOver(Refused):
    """The session is completed; nobody joins it any more."""

    def __init__(self, session_id: int) -> None:
        super().__init__(f"Session {session_id} is completed: nobody can join it any more.")


class NoOccurrence(Refused):
    """A series without a single day."""

    field = "recurring_ends"

    def __init__(self, start: date, end: date | None) -> None:
        super().__init__(f"The series has no day from {start} to {end}.")


STATUSES: dict[type[Refused], int] = {
    SessionNotFound: 404,
    NotAMember: 403,
    NotTheOwner: 403,
    NotJoined: 409,
    SessionOver: 409,
}


def render(error: RequestError | Refused) -> Reply:
    """The error in Deep Work Zone's envelope."""
    if isinstance(error, NotAuthenticated):
        return _message(401, UNAUTHENTICATED, error.headers)
    if isinstance(error, InvalidRequest) and not isinstance(error, MalformedBody):
        return _invalid(error)
    if isinstance(error, RequestError):
        return _message(error.status, error.detail, error.headers)
    if isinstance(error, NoOccurrence):
        return _fields(error.field, str(error))
    return _message(STATUSES[type(error)], str(error), NO_HEADERS)


def _invalid(error: InvalidRequest) -> Reply:
    if error.pointer == "id":  # the path's: what is no number is the id of no session
        return _message(404, error.detail, NO_HEADERS)
    field = error.pointer.removeprefix("/").partition("/")[0] or "body"
    missing = error.detail == f"{field}: is required"
    return _fields(field, f"The {field} field is required." if missing else error.detail)


def _fields(field: str, complaint: str) -> Reply:
    return Reply(422, {"message": complaint, "errors": {field: [complaint]}})


def _message(status: int, text: str, headers: Mapping[str, str]) -> Reply:
    return Reply(status, {"message": text}, headers)
