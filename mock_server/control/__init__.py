"""Control: what tests and people do to the mock itself (`openapi/control.yaml`), served like any API."""

from collections.abc import Iterator, Sequence

import openapi
from mock_server.addressing import CONTROL_PREFIX
from mock_server.contract import MockApi
from mock_server.control.observer import Observer
from mock_server.control.operations import Operations
from mock_server.control.service import Control, Controlled
from mock_server.errors import Refused, RequestError
from mock_server.explanation import Explainer
from mock_server.kinds import Kinds
from mock_server.metrics import Metrics
from mock_server.reply import Reply, problem
from mock_server.snapshots import Snapshots
from mock_server.world import Worlds

NAME = "control"
SERVER_WIDE = ("health", "metrics", "namespaces", "personas")
BODY_LIMIT = 64 * 1024 * 1024  # the state of a large world
ASKING = ("find_requests", "count_requests", "verify_requests")  # POST only for the sake of their body


def controlled(apis: Sequence[MockApi], kinds: Kinds, worlds: Worlds, metrics: Metrics) -> Controlled:
    """What control has power over: `worlds`, which serve `apis` and are counted by `metrics`."""
    return Controlled(apis, kinds, worlds, Explainer(apis), Snapshots(), metrics)


def observer(controlled: Controlled) -> Observer:
    """Sees what happens there, for the event stream."""
    return Observer(controlled.worlds, controlled.explainer, controlled.snapshots)


def api(controlled: Controlled) -> MockApi:
    """The record of control itself."""
    specification = openapi.load(NAME)
    return MockApi(
        name=NAME,
        specification=specification,
        fixture={},
        operations=Operations(),
        service=lambda world, caller: Control(controlled, world),  # noqa: ARG005
        render=render,
        unjournaled=frozenset(_readers(specification)),
        is_steerable=False,
        acts_on_world=_acts_on_world,
    )


def _acts_on_world(path: str) -> bool:
    first, _, rest = path.removeprefix(f"{CONTROL_PREFIX}/").partition("/")
    # The id of a request names its namespace.
    return first not in SERVER_WIDE and not (first == "requests" and "-" in rest)


def _readers(specification: openapi.Spec) -> Iterator[str]:
    """Operations that change nothing, so that nobody needs to know of them afterwards."""
    yield from ASKING
    for item in specification["paths"].values():
        if "get" in item:
            yield item["get"]["operationId"]


def render(error: RequestError | Refused) -> Reply:
    """The error as a problem document, with `errors` naming the culprit where there is one."""
    if not isinstance(error, RequestError):
        raise TypeError(f"control has no rules of a vendor: {error!r}")
    members = {"errors": [{"pointer": error.pointer, "detail": error.detail}]} if error.pointer else {}
    reply = problem(error.status, error.title, error.detail, **members)
    return Reply(reply.status, reply.body, error.headers, reply.media_type)
