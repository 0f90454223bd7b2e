"""The inspector: a page for people, at the root of control. Static files that call nothing but control."""

from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_server import json_codec
from mock_server.addressing import CONTROL_PREFIX
from mock_server.headers import encoded
from mock_server.reply import PROBLEM, problem
from mock_server.request import PATH

ASSETS = Path(__file__).parent / "assets"
# What clients sent is shown here: nothing of it may ever run, and nobody may put the page into a frame.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
PROTECTION: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # always asked for again: it belongs to the server that is running
}


class Inspector:
    """Answers requests for the page and its files; everything else under control is for `control`."""

    def __init__(self, control: ASGIApp) -> None:
        self._control = control
        self._page = _page()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        path = scope[PATH].removeprefix(CONTROL_PREFIX)
        if path not in ("", "/") and not path.startswith("/inspector/"):
            await self._control(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *encoded(PROTECTION)]
            await send(message)

        await self._page(scope, receive, send_protected)


def _page() -> Starlette:
    async def to_page(request: Request) -> Response:
        return RedirectResponse(f"{request.scope['root_path']}{CONTROL_PREFIX}/")

    async def page(request: Request) -> Response:
        host, label = request.url.netloc, request.url.hostname or ""
        if label.endswith(".localhost"):
            # There, one API has all paths but control's; the page wants to reach every API.
            port = host.partition(":")[2]
            return RedirectResponse(
                str(request.url.replace(netloc=f"localhost:{port}" if port else "localhost"))
            )
        return FileResponse(ASSETS / "index.html")

    return Starlette(
        exception_handlers={HTTPException: _refuse},
        routes=[
            Route(CONTROL_PREFIX, to_page),
            Route(f"{CONTROL_PREFIX}/", page),
            Mount(f"{CONTROL_PREFIX}/inspector", StaticFiles(directory=ASSETS)),
        ],
    )


async def _refuse(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # what it is registered for
    reply = problem(error.status_code, error.detail, "the inspector has nothing for this request")
    return Response(json_codec.serialise(reply.body), reply.status, error.headers, PROBLEM)
