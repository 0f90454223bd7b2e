"""Calls from pages of other origins: preflights, and the headers that let a page read an answer.

Starlette's middleware does the same and costs a request without an `Origin` more than the mock's own work.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_server.headers import RawHeaders, RequestHeaders, encoded
from mock_server.request import HEADERS, VARY, send_answer

METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"
PREFLIGHT_SECONDS = "600"


@dataclass(frozen=True, slots=True)
class CrossOrigin:
    """Any origin may call `app`, with credentials; `exposed` are the headers of an answer it may read.

    Preflights are answered here: they carry neither cookie nor namespace.
    """

    app: ASGIApp
    exposed: Sequence[str]

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Hands one request on, or answers it when it is a preflight."""
        if b"origin" not in scope[HEADERS]:
            return self.app(scope, receive, send)
        headers = RequestHeaders(scope[HEADERS])
        origin = headers["origin"]
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            return send_answer(send, 200, self._preflight(origin, headers), b"")
        added = self._permission(origin)

        def send_with_permission(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *added]
            return send(message)

        return self.app(scope, receive, send_with_permission)

    def _permission(self, origin: str) -> RawHeaders:
        permission = {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Credentials": "true",
            # A list, since `*` does not count together with credentials.
            "Access-Control-Expose-Headers": ", ".join(self.exposed),
        }
        return encoded(permission)

    def _preflight(self, origin: str, headers: Mapping[str, str]) -> RawHeaders:
        permission = {
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Max-Age": PREFLIGHT_SECONDS,
            "Access-Control-Allow-Headers": headers.get("access-control-request-headers", ""),
            # https://wicg.github.io/private-network-access: a page from the internet asks for loopback.
            "Access-Control-Allow-Private-Network": headers.get("access-control-request-private-network", ""),
        }
        return [
            *encoded({name: value for name, value in permission.items() if value}),
            *self._permission(origin),
        ]


def varying(send: Send) -> Send:
    """`send` for an application that does not know that its answers depend on the `Origin`."""

    def send_varying(message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], VARY]
        return send(message)

    return send_varying
