"""The composition root: makes every object of a server; each request finds its API and its world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

import fixtures
from mock_server import control, docs, seeding
from mock_server.addressing import CONTROL_PREFIX, Address, locate
from mock_server.contract import MockApi, build
from mock_server.control.guard import ControlGuard
from mock_server.errors import MockProblem, UnknownApi
from mock_server.json_codec import serialise
from mock_server.parameters import parse_cookies
from mock_server.reply import Reply
from mock_server.request import PATH, WORLD, send_answer
from mock_server.settings import Settings
from mock_server.world import DEFAULT, Worlds

NAMESPACE_HEADER = "x-mock-namespace"
NAMESPACE_COOKIE = "mock_namespace"
NAMESPACE = "mock_server.namespace"
# What a page from another origin may read of an answer; a list, since `*` does not count together with
# credentials.
EXPOSED = [
    "Allow",
    "Location",
    "Link",
    "Retry-After",
    "WWW-Authenticate",
    "Content-Disposition",
    "ETag",
    "X-Mock-Operation",
    "X-Mock-Namespace",
    "X-Mock-Request-Id",
    "Preference-Applied",
]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class WorldSelector:
    """Gives each request its world: named by path segment, else header, else cookie, else the default one."""

    app: ASGIApp
    worlds: Worlds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands one request on, or tells why its namespace cannot be."""
        try:
            scope[WORLD] = self.worlds.get(scope[NAMESPACE] or _named(Headers(scope=scope)))
        except MockProblem as trouble:
            await _answer(trouble.render(), scope, send)
            return
        await self.app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class ApiEntrance:
    """One API with its documentation beside it."""

    api: ASGIApp
    documentation: ASGIApp
    docs_root: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands one request on."""
        path = scope[PATH].removeprefix(self.docs_root)
        if path in docs.PATHS or path.startswith("/docs/"):
            await self.documentation(
                {**scope, "root_path": scope["root_path"] + self.docs_root}, receive, send
            )
        else:
            await self.api(scope, receive, send)


class MockServer:
    """The ASGI application of one server."""

    def __init__(
        self, entrances: Mapping[str, ASGIApp], control_entrance: ASGIApp, index: Mapping[str, Any]
    ) -> None:
        self._entrances = entrances
        self._names = tuple(entrances)
        self._control = control_entrance
        self._index = index

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; nothing needs starting or stopping with the server."""
        if scope["type"] != "http":
            return
        raw_path = scope.get("raw_path") or scope["path"].encode()
        address = locate(raw_path.decode("latin-1"), Headers(scope=scope).get("host", ""), self._names)
        scope["root_path"] = scope.get("root_path", "") + address.prefix
        scope[PATH], scope[NAMESPACE] = address.path, address.namespace
        if address.is_control:
            await self._control(scope, receive, send)
        elif address.api is not None:
            await self._entrances[address.api](scope, receive, send)
        else:
            await _answer(self._nowhere(address), scope, send)

    def _nowhere(self, address: Address) -> Reply:
        if address.path == "/":
            return Reply(200, self._index)
        first = address.path[1:].partition("/")[0]
        detail = (
            f"there is no API {first[:40]!r}; this server offers {', '.join(f'/{n}' for n in self._names)}"
        )
        return UnknownApi(detail).render()


def create_app(apis: Sequence[MockApi], settings: Settings | None = None) -> MockServer:
    """A server for `apis`. Raises what `contract.build` raises for a contract that cannot be served."""
    settings = settings or Settings()
    shared = fixtures.world()
    worlds = Worlds(
        lambda seed: seeding.baseline(apis, shared, seed, settings.epoch),
        seed=settings.seed,
        capacity=settings.namespaces,
        idle_seconds=settings.namespace_idle,
    )
    entrances = {api.name: _with_cors(_entrance(api, worlds, settings)) for api in apis}
    controlling = _entrance(control.api(apis, worlds), worlds, settings, docs_root=CONTROL_PREFIX)
    return MockServer(entrances, ControlGuard(controlling, settings.control_hosts), _index(apis))


def _entrance(api: MockApi, worlds: Worlds, settings: Settings, docs_root: str = "") -> ASGIApp:
    selector = WorldSelector(build(api, settings), worlds)
    base_path = api.base_path.removeprefix(docs_root)
    return ApiEntrance(selector, docs.documentation(api.title, api.specification, base_path), docs_root)


def _with_cors(app: ASGIApp) -> ASGIApp:
    """Any origin may call, with credentials; a preflight is answered before a namespace is looked for."""
    return CORSMiddleware(
        app,
        allow_origin_regex=".*",
        allow_credentials=True,
        allow_methods=METHODS,
        allow_headers=["*"],
        expose_headers=EXPOSED,
    )


def _named(headers: Mapping[str, str]) -> str:
    name = headers.get(NAMESPACE_HEADER)
    if name is None and NAMESPACE_COOKIE in headers.get("cookie", ""):
        name = parse_cookies(headers["cookie"]).get(NAMESPACE_COOKIE, [""])[0]
    return name or DEFAULT


def _index(apis: Sequence[MockApi]) -> dict[str, Any]:
    served = [
        {
            "name": api.name,
            "title": api.title,
            "base_url": f"/{api.name}{api.base_path}",
            "docs": f"/{api.name}/docs",
        }
        for api in apis
    ]
    return {"apis": served, "control": CONTROL_PREFIX + "/docs"}


async def _answer(reply: Reply, scope: Scope, send: Send) -> None:
    headers = {"Content-Type": reply.media_type}
    await send_answer(
        send, reply.status, headers, serialise(reply.body), without_body=scope["method"] == "HEAD"
    )
