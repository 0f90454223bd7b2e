"""The composition root: makes every object of a server; each request finds its API and its world."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

import fixtures
from mock_server import control, docs, preferences, seeding
from mock_server.addressing import CONTROL_PREFIX, Locator
from mock_server.contract import MockApi, build
from mock_server.control.events import EventStreams
from mock_server.control.guard import ControlGuard
from mock_server.cors import CrossOrigin, varying
from mock_server.errors import MockProblem, NamespaceRequired, UnknownApi
from mock_server.headers import Fields, encoded
from mock_server.inspector import Inspector
from mock_server.journal import JournalBudget
from mock_server.json_codec import serialise
from mock_server.kinds import kinds
from mock_server.metrics import Metrics
from mock_server.parameters import parse_cookies
from mock_server.progress import unnoticed
from mock_server.recording import Recorder
from mock_server.reply import Reply
from mock_server.request import HEADERS, PATH, WORLD, Request, send_answer
from mock_server.settings import Settings
from mock_server.state import StateFile
from mock_server.webhooks import Courier
from mock_server.world import DEFAULT, World, Worlds

NAMESPACE_HEADER = b"x-mock-namespace"
NAMESPACE_COOKIE = "mock_namespace"
# A key of the ASGI scope: the namespace that the address of a request names.
NAMESPACE = "mock_server.namespace"
# What a page from another origin may read of an answer.
EXPOSED = [
    "Allow",
    "Location",
    "Link",
    "Retry-After",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "WWW-Authenticate",
    "Content-Disposition",
    "ETag",
    "X-Mock-Operation",
    "X-Mock-Namespace",
    "X-Mock-Request-Id",
    "X-Mock-Explanation",
    "Preference-Applied",
]


@dataclass(frozen=True, slots=True)
class WorldSelector:
    """Gives each request its world: named by path segment, else header, else cookie, else the default one.

    Where `needs_name` says so of its path, a request that names none is refused.
    """

    app: ASGIApp
    worlds: Worlds
    needs_name: Callable[[str], bool] | None = None

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Hands one request on, or tells why its namespace cannot be."""
        try:
            scope[WORLD] = self.worlds.get(self._name(scope))
            if b"prefer" in scope[HEADERS]:
                self._seed(scope, scope[HEADERS][b"prefer"].decode("latin-1"))
        except MockProblem as trouble:
            return _answer(trouble.render(), scope, send)
        return self.app(scope, receive, send)

    def _seed(self, scope: Scope, prefer: str) -> None:
        seed = preferences.parse(prefer).seed
        if seed is not None:
            scope[WORLD] = self.worlds.seeded(scope[WORLD], seed)

    def _name(self, scope: Scope) -> str:
        name: str | None = scope[NAMESPACE]
        if name is None:
            name = _named(scope[HEADERS])
        if name is not None:
            return name
        if self.needs_name is not None and self.needs_name(scope[PATH]):
            raise NamespaceRequired
        return DEFAULT


@dataclass(frozen=True, slots=True)
class ApiEntrance:
    """One API with its documentation beside it."""

    api: ASGIApp
    documentation: ASGIApp
    docs_root: str = ""

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Hands one request on."""
        path = scope[PATH].removeprefix(self.docs_root)
        if path in docs.PATHS or path.startswith("/docs/"):
            inner = {**scope, "root_path": scope["root_path"] + self.docs_root}
            return self.documentation(inner, receive, varying(send))
        return self.api(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Index:
    """Answers `/` with `listed`; everything else is for `elsewhere`."""

    listed: Mapping[str, Any]
    elsewhere: ASGIApp

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answers one request that means no API."""
        if scope[PATH] == "/":
            return _answer(Reply(200, self.listed), scope, send)
        return self.elsewhere(scope, receive, send)


class NoSuchApi:
    """Tells who asks for an API that is not served which are; the journal of the world has it, unmatched."""

    def __init__(self, names: Sequence[str], metrics: Metrics) -> None:
        self._offered = ", ".join(f"/{name}" for name in names)
        self._recorder = Recorder("", frozenset(), metrics)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answers one request."""
        request = Request(scope, receive)
        first = request.path[1:].partition("/")[0]
        trouble = UnknownApi(f"there is no API {first[:40]!r}; this server offers {self._offered}")
        request.error = trouble
        answer = self._recorder.finish(request, "", trouble.render())
        return send_answer(send, *answer, without_body=request.method == "HEAD")


class MockServer:
    """The ASGI application of one server: `apis` by name, `elsewhere` for what means none, and `control`.

    `hang_up` ends the event streams, which would never end by themselves; `close`, at the end, writes out
    what is kept.
    """

    def __init__(
        self,
        apis: Mapping[str, ASGIApp],
        elsewhere: ASGIApp,
        control: ASGIApp,
        close: Callable[[], None],
        hang_up: Callable[[], None],
    ) -> None:
        self._locator = Locator(tuple(apis))
        self._apis = apis
        self._elsewhere = elsewhere
        self._control = control
        self.close = close
        self.hang_up = hang_up

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; nothing needs starting or stopping with the server."""
        if scope["type"] != "http":
            return
        raw_path = scope.get("raw_path") or scope["path"].encode()
        fields = scope[HEADERS] = dict(scope["headers"])
        address = self._locator.locate(raw_path, fields.get(b"host", b""))
        scope["root_path"] = scope.get("root_path", "") + address.prefix
        scope[PATH], scope[NAMESPACE] = address.path, address.namespace
        app = self._apis.get(address.api or "", self._elsewhere)
        await (self._control if address.is_control else app)(scope, receive, send)


def create_app(
    apis: Sequence[MockApi],
    settings: Settings | None = None,
    progress: Callable[[str], None] = unnoticed,
) -> MockServer:
    """A server for `apis`. `progress` is called with the API's name for each record that is made.

    Raises what `contract.build` raises for a contract that cannot be served, `FixtureUnusable`, and
    `StateUnusable`.
    """
    settings = settings or Settings()
    courier = Courier(settings.webhook_allow, delivers=settings.webhooks)
    shared, kept = fixtures.world(), kinds(apis)
    # `off` looks at nothing, whether it goes out or is there from the start.
    checked = seeding.UNCHECKED if settings.validation == "off" else kept

    def baseline(seed: int) -> World:
        made = seeding.baseline(apis, shared, seed, settings.epoch, checked, progress)
        return replace(made, validation=settings.validation, courier=courier)

    worlds = Worlds(
        baseline,
        seed=settings.seed,
        capacity=settings.namespaces,
        idle_seconds=settings.namespace_idle,
        journals=JournalBudget(settings.journal_bytes),
        keeper=_keeper(apis, settings),
    )
    metrics = Metrics()
    entrances = {api.name: _entrance(api, build(api, settings, metrics), worlds, settings) for api in apis}
    elsewhere = WorldSelector(NoSuchApi(list(entrances), metrics), worlds)
    for_control = replace(settings, body_limit=max(settings.body_limit, control.BODY_LIMIT))
    controlled = control.controlled(apis, kept, worlds, metrics)
    controlling = control.api(controlled)
    streams = EventStreams(build(controlling, for_control, metrics), control.observer(controlled))
    entrance = _entrance(controlling, streams, worlds, for_control, docs_root=CONTROL_PREFIX)
    return MockServer(
        {name: CrossOrigin(entrance, EXPOSED) for name, entrance in entrances.items()},
        CrossOrigin(Index(_index(apis), elsewhere), EXPOSED),
        ControlGuard(Inspector(entrance), settings.control_hosts, settings.control_token),
        worlds.close,
        streams.close,
    )


def _keeper(apis: Sequence[MockApi], settings: Settings) -> StateFile | None:
    if settings.state is None:
        return None
    versions = {api.name: str(api.specification["info"]["version"]) for api in apis}
    return StateFile(settings.state, versions, settings.fsync)


def _entrance(api: MockApi, app: ASGIApp, worlds: Worlds, settings: Settings, docs_root: str = "") -> ASGIApp:
    needs_name = api.acts_on_world if settings.require_namespace else None
    selector = WorldSelector(app, worlds, needs_name)
    base_path = api.base_path.removeprefix(docs_root)
    return ApiEntrance(selector, docs.documentation(api.title, api.specification, base_path), docs_root)


def _named(headers: Fields) -> str | None:
    if NAMESPACE_HEADER in headers:
        return headers[NAMESPACE_HEADER].decode("latin-1") or None
    if b"cookie" not in headers:
        return None
    cookies = headers[b"cookie"]
    return parse_cookies(cookies.decode("latin-1")).get(NAMESPACE_COOKIE, [""])[0] or None


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
    return {"apis": served, "control": CONTROL_PREFIX + "/docs", "inspector": CONTROL_PREFIX + "/"}


async def _answer(reply: Reply, scope: Scope, send: Send) -> None:
    headers = encoded({"Content-Type": reply.media_type})
    await send_answer(
        send, reply.status, headers, serialise(reply.body), without_body=scope["method"] == "HEAD"
    )
