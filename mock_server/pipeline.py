"""The compiled pipeline, in the place of Connexion's middlewares, built from what Connexion resolved."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from connexion.decorators.parameter import pythonic
from connexion.http_facts import METHODS
from connexion.middleware.abstract import SpecMiddleware
from connexion.resolver import Resolver
from connexion.security import SecurityHandlerFactory
from connexion.spec import Specification
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_server.auth import Check, Persona
from mock_server.breaking import send_broken
from mock_server.errors import (
    ContractBroken,
    MethodNotAllowed,
    MockProblem,
    Refused,
    RequestError,
    StateNotWritten,
    Steered,
    UnknownPath,
)
from mock_server.metrics import Metrics
from mock_server.operation import BodyReader, Operation, ResponseContract
from mock_server.parameters import ParameterReader, compile_parameter
from mock_server.recording import Recorder
from mock_server.reply import Reply, problem
from mock_server.request import ClientGone, Request, send_answer
from mock_server.routing import Router
from mock_server.settings import Settings
from mock_server.steering import Steering
from mock_server.validation import SchemaCompiler
from mock_server.world import World

logger = logging.getLogger(__name__)
Raw = Mapping[str, Any]


class ServedApi(Protocol):
    """What the pipeline needs to know of an API (see `contract.MockApi`)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def service(self) -> Callable[[World, Persona | None], Any]: ...  # noqa: D102
    @property
    def render(self) -> Callable[[RequestError | Refused], Reply]: ...  # noqa: D102
    @property
    def reads_any_media_type(self) -> bool: ...  # noqa: D102
    @property
    def is_steerable(self) -> bool: ...  # noqa: D102
    @property
    def unjournaled(self) -> frozenset[str]: ...  # noqa: D102


class PipelineMiddleware(SpecMiddleware):
    """Answers every request of one API; what it does not know is a 404 in the vendor's envelope."""

    def __init__(self, app: ASGIApp, api: ServedApi, settings: Settings, metrics: Metrics) -> None:
        self._api = api
        self._settings = settings
        self._router: Router[Operation] = Router()
        self._recorder = Recorder(api.name, api.unjournaled, metrics)
        self._steering = Steering(api) if api.is_steerable else None

    def add_api(
        self,
        specification: Specification,
        **options: Any,
    ) -> None:
        """Compiles every operation. Called once by Connexion, with what it loaded and resolved."""
        resolver, security_map = options["resolver"], options["security_map"]
        compiler = OperationCompiler(specification, resolver, security_map, self._api, self._settings)
        for path, item in specification.raw["paths"].items():
            for method in METHODS & item.keys():
                self._router.add(
                    specification.base_path + path, method.upper(), compiler.compile(path, method)
                )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one HTTP request."""
        request = Request(scope, receive)
        world = request.world
        operation: Operation | None = None
        try:
            found = self._router.match(request.path)
            if found is None:
                raise UnknownPath(f"no operation has the path {request.path[:200]}")
            endpoints, variables = found
            operation = endpoints.get("GET" if request.method == "HEAD" else request.method)
            if operation is None:
                reply = _no_operation(request.method, endpoints)
            else:
                reply = await self._answer(request, operation, variables)
        except ClientGone:
            return
        except Exception as error:  # noqa: BLE001  # a client gets an answer whatever went wrong
            reply = self._refusal(error, request, operation)
        request.take_changes()
        if world.keeper is not None:
            reply = await self._kept(request, reply)
        answer = self._recorder.finish(request, operation.operation_id if operation else "", reply)
        if request.breakage is not None:
            await send_broken(request.breakage, answer, receive, send)
        else:
            await send_answer(send, *answer, without_body=request.method == "HEAD")
        if request.deliveries:
            world.send(request.deliveries)

    async def _kept(self, request: Request, reply: Reply) -> Reply:
        # Nobody is told of a change before it is where it stays.
        try:
            await request.world.keep(request.changes)
        except StateNotWritten as trouble:
            request.error, request.changes, request.deliveries = trouble, (), ()
            logger.error("%s", trouble)
            return trouble.render()
        return reply

    async def _answer(self, request: Request, operation: Operation, variables: Mapping[str, str]) -> Reply:
        world = request.world
        if self._steering and (world.faults.entries or b"prefer" in request.fields):
            await self._steering.steer(request, operation)
        caller = operation.authenticate(request)
        request.caller = caller.name if caller else ""
        if self._steering and world.quotas.entries:
            self._steering.count(request, operation)
        arguments = operation.parameters.read(variables, request.query_string, request.fields)
        if operation.body is not None:
            arguments |= await operation.body.read(request)
        request.at = world.clock.hold()
        try:
            reply = operation.handler(self._api.service(world, caller), **arguments)
        finally:
            world.clock.release()
        return self._checked(reply, request, operation)

    def _refusal(self, error: Exception, request: Request, operation: Operation | None) -> Reply:
        """What is answered when `error` ended the request."""
        request.error = error
        if isinstance(error, RequestError | Refused):
            return self._checked(self._api.render(error), request, operation)
        if isinstance(error, Steered):
            return error.reply
        if isinstance(error, MockProblem):
            return error.render()
        logger.error("%s %s failed", request.method, request.path, exc_info=error)
        return problem(500, "Internal Server Error", "the mock failed; its log says where")

    def _checked(self, reply: Reply, request: Request, operation: Operation | None) -> Reply:
        validation = request.world.validation
        if operation is None or validation == "off":
            return reply
        try:
            operation.check(reply)
        except ContractBroken as broken:
            request.error = broken
            logger.error("%s", broken)
            return broken.render() if validation == "strict" else reply
        return reply


def _no_operation(method: str, endpoints: Mapping[str, Operation]) -> Reply:
    allowed = sorted({*endpoints, "OPTIONS", *({"HEAD"} if "GET" in endpoints else ())})
    if method == "OPTIONS":
        return Reply(204, headers={"Allow": ", ".join(allowed)})
    raise MethodNotAllowed(method, allowed)


class OperationCompiler:
    """Turns the operations of one specification into `Operation`s."""

    def __init__(
        self,
        specification: Specification,
        resolver: Resolver,
        security_map: Mapping[str, Any],
        api: ServedApi,
        settings: Settings,
    ) -> None:
        self._specification = specification
        self._resolver = resolver
        self._security = SecurityHandlerFactory(dict(security_map))
        self._schemas = SchemaCompiler(specification.raw)
        self._api = api
        self._settings = settings

    def compile(self, path: str, method: str) -> Operation:
        """The operation under a path template and a lower-case method. Raises Connexion's `ResolverError`."""
        item = self._specification.raw["paths"][path]
        raw = item[method]
        where = f"/paths/{path.replace('/', '~1')}/{method}"
        return Operation(
            operation_id=raw["operationId"],
            where=where,
            handler=self._resolver.resolve_function_from_operation_id(raw["operationId"]),
            alternatives=self._alternatives(raw),
            parameters=self._parameters(item, raw),
            body=self._body(raw, where),
            responses={
                int(status): self._response(response, f"{where}/responses/{status}")
                for status, response in raw["responses"].items()
            },
            examples={int(status): self._examples(response) for status, response in raw["responses"].items()},
        )

    def _alternatives(self, raw: Raw) -> Sequence[Sequence[Check]]:
        requirements = raw.get("security", self._specification.security or ())
        return tuple(
            tuple(self._check(name, scopes) for name, scopes in requirement.items())
            for requirement in requirements
        )

    def _check(self, name: str, scopes: Sequence[str]) -> Check:
        scheme = self._specification.security_schemes[name]
        check: Check | None = self._security.parse_security_scheme(scheme, list(scopes))
        if check is None:
            raise NotImplementedError(f"security scheme {name!r}: no handler for {dict(scheme)}")
        return check

    def _parameters(self, item: Raw, raw: Raw) -> ParameterReader:
        declared = map(self._resolved, (*item.get("parameters", ()), *raw.get("parameters", ())))
        # A parameter of the operation overrides one of the path with the same name and place (OpenAPI
        # 3.0.3, 4.7.9).
        unique = {(parameter["name"], parameter["in"]): parameter for parameter in declared}
        return ParameterReader(
            [compile_parameter(each, pythonic(each["name"]), self._schemas) for each in unique.values()]
        )

    def _body(self, raw: Raw, where: str) -> BodyReader | None:
        if "requestBody" not in raw:
            return None
        body = self._resolved(raw["requestBody"])
        return BodyReader(
            validators={
                media_type.lower(): self._schemas.compile(content.get("schema", {}), "request")
                for media_type, content in body["content"].items()
            },
            required=body.get("required", False),
            any_media_type=self._api.reads_any_media_type,
            limit=self._settings.body_limit,
            where=f"{where}/requestBody",
        )

    def _response(self, raw: Raw, where: str) -> ResponseContract:
        response = self._resolved(raw)
        headers = {name: self._resolved(header) for name, header in response.get("headers", {}).items()}
        required = {name: header for name, header in headers.items() if header.get("required")}
        return ResponseContract(
            validators={
                media_type: self._schemas.compile_body(content.get("schema", {}))
                for media_type, content in response.get("content", {}).items()
            },
            required_headers=frozenset(name.lower() for name in required),
            where=where,
            example_headers={
                name: str(header["example"]) for name, header in required.items() if "example" in header
            },
        )

    def _examples(self, raw: Raw) -> dict[str, tuple[str, Any]]:
        named: dict[str, tuple[str, Any]] = {}
        for media_type, content in self._resolved(raw).get("content", {}).items():
            for name, example in content.get("examples", {}).items():
                named[name] = (media_type, self._resolved(example).get("value"))
            if "example" in content:
                named["example"] = (media_type, content["example"])
        return named

    def _resolved(self, raw: Raw) -> Raw:
        while "$ref" in raw:
            node: Any = self._specification.raw
            for part in raw["$ref"].removeprefix("#/").split("/"):
                node = node[part.replace("~1", "/").replace("~0", "~")]
            raw = node
        return raw
