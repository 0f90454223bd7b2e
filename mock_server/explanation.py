"""The journal made readable: what a request was, why it got this answer, and how to send it again."""

import base64
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from mock_server.auth import Persona
from mock_server.clock import rfc3339
from mock_server.headers import decoded, unpacked
from mock_server.journal import Entry
from mock_server.near_misses import Route, near_misses, routes
from mock_server.recording import answer_headers
from mock_server.redaction import Redactor
from mock_server.webhooks import Delivery
from mock_server.world import DEFAULT

LONGEST_BODY = 64 * 1024
# What curl sends by itself, or what belongs to the connection and not to the request.
CURLS_OWN_HEADERS = frozenset(
    {"host", "user-agent", "accept", "accept-encoding", "connection", "content-length", "transfer-encoding"}
)


class ExplainedApi(Protocol):
    """What explanations rest on (see `contract.MockApi`)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def base_path(self) -> str: ...  # noqa: D102
    @property
    def specification(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def personas(self) -> tuple[Persona, ...]: ...  # noqa: D102


class Explainer:
    """Turns entries into the views that `openapi/control.yaml` describes."""

    def __init__(self, apis: Sequence[ExplainedApi]) -> None:
        self._specifications = {api.name: api.specification for api in apis}
        self._routes = {api.name: routes(api.specification, api.base_path) for api in apis}
        self.redactor = Redactor(apis)

    def summary(self, namespace: str, entry: Entry) -> dict[str, Any]:
        """The line of a list."""
        return {
            "id": f"{namespace}-{entry.ordinal}",
            "namespace": namespace,
            "at": rfc3339(entry.at, "microseconds"),
            "method": entry.method,
            "target": self.redactor.target(entry.target),
            "api": entry.api,
            "operation": entry.operation,
            "caller": entry.caller,
            "status": entry.status,
            "milliseconds": round(entry.seconds * 1000, 3),
            "answered_by": _answered_by(entry),
            "steered": list(entry.steered),
        }

    def explanation(self, namespace: str, entry: Entry) -> dict[str, Any]:
        """Everything there is to know of one request."""
        route = self._route(entry)
        return {
            **self.summary(namespace, entry),
            "route": {"path": route.path, "pointer": _pointer(route)} if route else None,
            "request": {
                "headers": self.redactor.headers(unpacked(entry.headers)),
                "body": _text(entry.body),
            },
            "response": {
                "headers": self.redactor.headers(decoded(answer_headers(namespace, entry))),
                "body": _text(entry.answer_body),
            },
            "verdict": self._verdict(entry, route),
            "changes": [
                {"collection": each.collection, "key": each.key, "before": each.before, "after": each.after}
                for each in entry.changes
            ],
            "deliveries": [_delivery(each) for each in entry.deliveries],
            "near_misses": self.near_misses(entry),
            "curl": self.curl(namespace, entry),
        }

    def near_misses(self, entry: Entry) -> list[dict[str, Any]]:
        """What a request that no operation answered was probably meant to be."""
        if entry.operation:
            return []
        found = near_misses(entry.method, entry.path, self._routes.get(entry.api, ()))
        return [
            {
                "operation": near.route.operation,
                "method": near.route.method,
                "path": near.route.base_path + near.route.path,
                "likeness": near.likeness,
                "reason": near.reason,
            }
            for near in found
        ]

    def curl(self, namespace: str, entry: Entry) -> str:
        """A shell line that sends the request again, with `$CREDENTIAL` where only the client knows it."""
        headers = dict(unpacked(entry.headers))
        words = ["curl", "-sS", "-i", "-X", entry.method]
        words.append(
            shlex.quote(f"http://{headers.get('host', '127.0.0.1')}{self.redactor.target(entry.target)}")
        )
        for name, value in self._sent_again(headers):
            words += ["-H", value if name == "" else shlex.quote(f"{name}: {value}")]
        if namespace != DEFAULT and "x-mock-namespace" not in headers and not entry.target.startswith("/~"):
            words += ["-H", shlex.quote(f"X-Mock-Namespace: {namespace}")]
        return _with_body(" ".join(words), entry.body)

    def _sent_again(self, headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for name, value in headers.items():
            if name in CURLS_OWN_HEADERS or name == "cookie":
                continue
            if not self.redactor.hides(name) or self.redactor.is_well_known(value):
                yield name, value
            else:
                kind, space, _ = value.partition(" ")
                yield "", f'"{name}: {kind + space if kind.isalpha() else ""}$CREDENTIAL"'

    def _route(self, entry: Entry) -> Route | None:
        known = self._routes.get(entry.api, ())
        return next((route for route in known if route.operation == entry.operation), None)

    def _verdict(self, entry: Entry, route: Route | None) -> dict[str, Any]:
        condition = entry.condition
        errors = [dict(error) for error in condition.errors] if condition else []
        of_request = bool(condition and condition.kind == "validation")
        of_response = bool(condition and condition.name == "ContractBroken")
        if of_request and route:
            errors = [self._located(error, entry.api, route) for error in errors]
        return {
            "request": {"valid": not of_request, "errors": errors if of_request else []},
            "response": {"valid": not of_response, "errors": errors if of_response else []},
        }

    def _located(self, error: dict[str, str], api: str, route: Route) -> dict[str, str]:
        """An error about a parameter, whose pointer is its name, with the pointer to where it is declared."""
        item = self._specifications[api]["paths"][route.path]
        if error["schemaPointer"] or error["pointer"].startswith("/"):
            return error
        for owner, where in ((item[route.method.lower()], _pointer(route)), (item, _path_pointer(route))):
            for position, parameter in enumerate(owner.get("parameters", ())):
                if self._resolved(api, parameter).get("name") == error["pointer"]:
                    return {**error, "schemaPointer": f"{where}/parameters/{position}"}
        return error

    def _resolved(self, api: str, parameter: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in parameter:
            return parameter
        components = self._specifications[api]["components"]["parameters"]
        resolved: Mapping[str, Any] = components[parameter["$ref"].rpartition("/")[2]]
        return resolved


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "url": delivery.url,
        "attempts": [
            {"at": rfc3339(each.at, "microseconds"), "status": each.status, "text": each.text}
            for each in delivery.attempts
        ],
    }


def _answered_by(entry: Entry) -> dict[str, str]:
    condition = entry.condition
    if condition is None:
        return {"kind": "operation", "name": entry.operation or entry.method, "text": ""}
    return {"kind": condition.kind, "name": condition.name, "text": condition.text}


def _path_pointer(route: Route) -> str:
    return f"/paths/{route.path.replace('~', '~0').replace('/', '~1')}"


def _pointer(route: Route) -> str:
    return f"{_path_pointer(route)}/{route.method.lower()}"


def _text(body: bytes) -> str:
    text = body[:LONGEST_BODY].decode("utf-8", "replace")
    return text if len(body) <= LONGEST_BODY else f"{text}... ({len(body)} bytes)"


def _with_body(request: str, body: bytes) -> str:
    if not body:
        return request
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or len(text) > LONGEST_BODY:
        return f"echo {base64.b64encode(body).decode()} | base64 -d | {request} --data-binary @-"
    return f"{request} --data-binary {shlex.quote(text)}"
