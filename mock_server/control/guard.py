"""Who may control the mock: programs on this machine, or whoever has the token, and never a foreign web page.

A page in a developer's browser can reach loopback. It cannot forge `Host` (against DNS rebinding) nor
`Origin`, and without a preflight it cannot send `application/json`.
"""

from collections.abc import Mapping, Sequence
from hmac import compare_digest
from ipaddress import ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from mock_server.addressing import CONTROL_PREFIX
from mock_server.errors import ControlRefused, ControlUnauthorized, MockProblem
from mock_server.headers import RequestHeaders, encoded
from mock_server.json_codec import serialise
from mock_server.request import HEADERS, PATH, send_answer

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class ControlGuard:
    """Lets a request through to control, or answers 401 or 403 with the reason.

    With a `token`, whoever sends `Authorization: Bearer <token>` may call, from wherever, and nobody else.
    The documentation and the inspector's page, which hold nothing of any world, need none.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], token: str | None = None) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guards one request."""
        try:
            self._check(scope, RequestHeaders(scope[HEADERS]))
        except (ControlRefused, ControlUnauthorized) as refusal:
            await self._refuse(refusal, scope, send)
            return
        await self._app(scope, receive, send)

    async def _refuse(self, refusal: MockProblem, scope: Scope, send: Send) -> None:
        reply = refusal.render()
        challenge = {"WWW-Authenticate": "Bearer"} if reply.status == 401 else {}
        headers = encoded({"Content-Type": reply.media_type, **challenge})
        await send_answer(
            send, reply.status, headers, serialise(reply.body), without_body=scope["method"] == "HEAD"
        )

    def _check(self, scope: Scope, headers: Mapping[str, str]) -> None:
        if self._token is None:
            self._check_place(scope, headers)
        elif not _is_page(scope) and not _carries(self._token, headers):
            raise ControlUnauthorized(
                "send 'Authorization: Bearer <token>' with the token of --control-token"
            )
        self._check_page(scope, headers)

    def _check_place(self, scope: Scope, headers: Mapping[str, str]) -> None:
        host = headers.get("host", "")
        if not self._is_ours(hostname(host)):
            raise ControlRefused(f"Host {host[:80]!r} is neither loopback nor named with --control-host")
        client = (scope.get("client") or ("127.0.0.1", 0))[0]
        if not is_loopback(client):
            raise ControlRefused(
                f"the call comes from {client}; without --control-token control answers on loopback only"
            )

    def _check_page(self, scope: Scope, headers: Mapping[str, str]) -> None:
        origin, own = headers.get("origin"), f"{scope.get('scheme', 'http')}://{headers.get('host', '')}"
        if origin is not None and origin != own:
            raise ControlRefused(f"Origin {origin[:80]!r} is another one than the mock's own")
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if scope["method"] not in SAFE_METHODS and media_type not in ("", "application/json"):
            raise ControlRefused(f"the body's Content-Type is {media_type[:80]!r}; send application/json")

    def _is_ours(self, name: str) -> bool:
        return name in self._hosts or name == "localhost" or name.endswith(".localhost") or is_loopback(name)


def _carries(token: str, headers: Mapping[str, str]) -> bool:
    kind, _, sent = headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and compare_digest(sent.strip().encode(), token.encode())


def _is_page(scope: Scope) -> bool:
    path = scope[PATH].removeprefix(CONTROL_PREFIX)
    return scope["method"] in SAFE_METHODS and (
        path in ("", "/") or path.startswith(("/inspector/", "/docs", "/openapi."))
    )


def hostname(host: str) -> str:
    """The name or address in a `Host` header, in lower case, without port and brackets."""
    name = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    return name.lower()


def is_loopback(address: str) -> bool:
    """Whether an IP address is of 127.0.0.0/8 or ::1."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
