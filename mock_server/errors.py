"""Conditions under which the mock refuses a request. How each looks on the wire is decided elsewhere.

RequestError            the request itself is wrong; the API's own `errors.py` gives it the vendor's body
  InvalidRequest        400   NotAuthenticated 401   UnknownPath          404   MethodNotAllowed 405
  Conflict              409   BodyTooLarge   413   UnsupportedMediaType 415
  InvalidRequest has MalformedBody below it, for vendors who answer that with another status
Refused                 a vendor's rule said no; every API derives its own conditions from it
Steered                 the answer is one that somebody wished for: a fault, a quota, a preference
MockProblem             the mock's own trouble, always told as application/problem+json (RFC 9457)
  ContractBroken        500   UnknownApi       404   InvalidNamespace     400   TooManyNamespaces 429
  StateNotWritten       507   ControlRefused   403   PreferenceRefused 422
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from mock_server.reply import NO_HEADERS, Reply, problem


class RequestError(Exception):
    """A request that no rule of the vendor ever got to see.

    `detail` is a sentence for people that names what was wrong; `pointer` is the JSON pointer (RFC 6901)
    of the culprit in the body, or the name of the parameter, when there is one; `schema_pointer` leads to
    what it broke in the contract.
    """

    status: int
    title: str

    def __init__(
        self,
        detail: str,
        *,
        pointer: str = "",
        schema_pointer: str = "",
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.pointer = pointer
        self.schema_pointer = schema_pointer
        self.headers = headers


class InvalidRequest(RequestError):
    """A parameter or a body that the contract does not allow."""

    status = 400
    title = "Bad Request"


class MalformedBody(InvalidRequest):
    """A body that is no JSON text at all, or one that cannot be read."""


class NotAuthenticated(RequestError):
    """Credentials are missing, unknown or expired."""

    status = 401
    title = "Unauthorized"


class UnknownPath(RequestError):
    """No operation of the API has this path."""

    status = 404
    title = "Not Found"


class MethodNotAllowed(RequestError):
    """The path exists, but not for this method; `Allow` (RFC 9110, 15.5.6) lists those that do."""

    status = 405
    title = "Method Not Allowed"

    def __init__(self, method: str, allowed: Sequence[str]) -> None:
        allow = ", ".join(allowed)
        super().__init__(f"{method} is not allowed here; use {allow}", headers={"Allow": allow})


class Conflict(RequestError):
    """What is asked for does not go together with what is there."""

    status = 409
    title = "Conflict"


class BodyTooLarge(RequestError):
    """The body is longer than this server reads."""

    status = 413
    title = "Content Too Large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"the body is longer than {limit} bytes")


class UnsupportedMediaType(RequestError):
    """The body's media type is none that the operation reads."""

    status = 415
    title = "Unsupported Media Type"


class Refused(Exception):
    """A rule of the vendor refused what was asked. Conditions of an API derive from this."""


class Steered(Exception):
    """Somebody wished for this answer (a fault, a quota, a preference), so nothing else is asked for one."""

    def __init__(self, reason: str, reply: Reply) -> None:
        super().__init__(reason)
        self.reply = reply


class MockProblem(Exception):
    """Trouble of the mock itself. `render` gives its RFC 9457 form."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal Server Error"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    def render(self) -> Reply:
        """The problem document."""
        return problem(self.status, self.title, self.detail)


class ContractBroken(MockProblem):
    """The mock was about to send what its own contract forbids."""

    title = "The mock's answer breaks its own contract"

    def __init__(self, operation: str, violations: Sequence[Mapping[str, str]]) -> None:
        super().__init__(f"{operation}: {violations[0]['detail']}")
        self.operation = operation
        self.violations = tuple(violations)

    def render(self) -> Reply:
        """The problem document, with a pointer into the message and one into the contract per violation."""
        violations = [dict(violation) for violation in self.violations]
        return problem(self.status, self.title, self.detail, operation=self.operation, errors=violations)


class UnknownApi(MockProblem):
    """The request names no API that this server offers."""

    status = 404
    title = "Unknown API"


class InvalidNamespace(MockProblem):
    """The name given for a namespace is none."""

    status = 400
    title = "Invalid namespace"


class TooManyNamespaces(MockProblem):
    """Every place for a namespace is taken by one that is in use."""

    status = 429
    title = "Too many namespaces"


class PreferenceRefused(MockProblem):
    """A `Prefer` header asks for what cannot be."""

    status = 422
    title = "Preference refused"


class StateNotWritten(MockProblem):
    """What a request changed could not be written to the state file, and was undone."""

    status = 507
    title = "State not written"


class NamespaceRequired(MockProblem):
    """The request names no namespace, and this server wants every request to."""

    status = 400
    title = "Namespace required"

    def __init__(self) -> None:
        super().__init__(
            "name a namespace: header X-Mock-Namespace, cookie mock_namespace, or /~<name> before the path"
        )


class ControlUnauthorized(MockProblem):
    """A control call without the token that the server was started with."""

    status = 401
    title = "Control needs its token"


class ControlRefused(MockProblem):
    """A control call from where none may come."""

    status = 403
    title = "Control refused"
