"""An API of the mock: its record, and how its parts become one application."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs
from connexion.apps.asynchronous import AsyncApp
from connexion.middleware.main import API
from connexion.resolver import Resolver
from connexion.spec import OpenAPISpecification
from starlette.types import ASGIApp

from mock_server.auth import Credentials, Persona, security_map
from mock_server.errors import Refused, RequestError
from mock_server.metrics import Metrics
from mock_server.pipeline import PipelineMiddleware
from mock_server.reply import Reply
from mock_server.seeding import Generate, Seed
from mock_server.settings import Settings
from mock_server.store import CollectionPlan
from mock_server.world import World


def no_records(seed: Seed) -> tuple[()]:  # noqa: ARG001  # the signature of Generate
    """For an API that keeps nothing."""
    return ()


def always(path: str) -> bool:  # noqa: ARG001  # one answer for every path
    """For an API all of whose paths act on a world."""
    return True


@dataclass(frozen=True, slots=True)
class MockApi:
    """Everything that makes one API, put together in `mock_server/apis/<api>/__init__.py`.

    * `specification`: the full contract; `fixture`: credentials, hand-picked records and the seeding plan.
    * `operations`: an object with one method per operationId; it gets the service first, then the parameters.
    * `service`: the rules, bound to a world and to whoever calls (None where no credentials were sent).
    * `render`: an error in the vendor's envelope.
    * `collections` and `generate`: what the store keeps and what is in it at the start.
    * `personas`: the well-known credentials, the owner first.
    * `reads_any_media_type`: a body is read as JSON whatever its Content-Type says.
    * `unjournaled`: operations that the journal does not record.
    * `is_steerable`: faults and preferences reach its operations (not those of control).
    * `acts_on_world`: whether what is at a path belongs to one world, or to the server as a whole.
    """

    name: str
    specification: Mapping[str, Any]
    fixture: Mapping[str, Any]
    operations: object
    service: Callable[[World, Persona | None], Any]
    render: Callable[[RequestError | Refused], Reply]
    collections: tuple[CollectionPlan, ...] = ()
    generate: Generate = field(default=no_records)
    personas: tuple[Persona, ...] = ()
    reads_any_media_type: bool = False
    unjournaled: frozenset[str] = frozenset()
    is_steerable: bool = True
    acts_on_world: Callable[[str], bool] = always

    @property
    def title(self) -> str:
        """The API's name for people."""
        return str(self.specification["info"]["title"])

    @property
    def base_path(self) -> str:
        """The path of the vendor's server URL, for example `/api/v1`."""
        url = str(self.specification["servers"][0]["url"])
        return "/" + url.rsplit("://", maxsplit=1)[-1].partition("/")[2].rstrip("/")


class Specification(OpenAPISpecification):
    """Connexion's specification, checked in a hundredth of the time that Connexion takes.

    It is held against the same schema; what does not pass is left to Connexion, which says what is wrong.
    (That defaults fit their schemas is for the tests of the contracts.)
    """

    schema = jsonschema_rs.Draft4Validator(OpenAPISpecification.openapi_schema)

    @classmethod
    def _validate_spec(cls, spec: dict[str, Any]) -> None:
        if not cls.schema.is_valid(spec):
            super()._validate_spec(spec)  # type: ignore[no-untyped-call]


def build(api: MockApi, settings: Settings, metrics: Metrics | None = None) -> ASGIApp:
    """One Connexion application for one API.

    Connexion loads and checks the specification and resolves operations and security; the compiled pipeline
    takes the place of its middlewares and handles each request, which `metrics` count. Raises Connexion's
    `InvalidSpecification`, and its `ResolverError` for an operationId that `operations` has no method for, at
    once and not with the first request.
    """
    counted = metrics or Metrics()
    application = AsyncApp(
        __name__,
        middlewares=[lambda app: PipelineMiddleware(app, api, settings, counted)],
        resolver=Resolver(lambda operation_id: getattr(api.operations, operation_id)),
        security_map=security_map(Credentials(api.personas)),
    )
    middleware = application.middleware
    specification = Specification(dict(api.specification))  # type: ignore[no-untyped-call]
    # What `add_api` does, which would make a specification of its own.
    middleware.apis.append(API(specification, base_path=api.base_path, **middleware.options.__dict__))
    # Connexion would build its stack with the first request, and tell of a missing operation only then.
    middleware.app, middleware.middleware_stack = middleware._build_middleware_stack()  # noqa: SLF001
    pipeline: ASGIApp = middleware.app
    return pipeline
