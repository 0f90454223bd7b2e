"""Who may control the mock: programs on this machine, and never a web page from somewhere else.

A page in a developer's browser can reach loopback. It cannot forge `Host` (against DNS rebinding) nor
`Origin`, and without a preflight it cannot send `application/json`.
"""

from collections.abc import Mapping, Sequence
from ipaddress import ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from mock_server.errors import ControlRefused
from mock_server.headers import encoded
from mock_server.json_codec import serialise
from mock_server.request import HEADERS, send_answer

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class ControlGuard:
    """Lets a request through to control, or answers 403 with the reason."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guards one request."""
        reason = self._refusal(scope, scope[HEADERS])
        if reason is None:
            await self._app(scope, receive, send)
            return
        reply = ControlRefused(reason).render()
        headers = encoded({"Content-Type": reply.media_type})
        await send_answer(
            send, reply.status, headers, serialise(reply.body), without_body=scope["method"] == "HEAD"
        )

    def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> str | None:
        host = headers.get("host", "")
        if not self._is_ours(hostname(host)):
            return f"Host {host[:80]!r} is neither loopback nor named with --control-host"
        client = (scope.get("client") or ("127.0.0.1", 0))[0]
        if not is_loopback(client):
            return f"the call comes from {client}, and control answers on loopback only"
        origin = headers.get("origin")
        if origin is not None and origin != f"{scope.get('scheme', 'http')}://{host}":
            return f"Origin {origin[:80]!r} is another one than the mock's own"
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if scope["method"] not in SAFE_METHODS and media_type not in ("", "application/json"):
            return f"the body's Content-Type is {media_type[:80]!r}; send application/json"
        return None

    def _is_ours(self, name: str) -> bool:
        return name in self._hosts or name == "localhost" or name.endswith(".localhost") or is_loopback(name)


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
