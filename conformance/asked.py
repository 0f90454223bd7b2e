"""Counts what the requests of a run used of the contract: parameters, and constraints from both sides."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from conformance.constraints import Described, described
from conformance.exchange import Exchange
from conformance.places import METHODS, Place, operations
from conformance.projection import resolved

MOST_VALUES = 100  # that are told apart
ABSENT: Any = object()

Counts = dict[str, dict[str, dict[str, int]]]


@dataclass(slots=True)
class Use:
    """How often a parameter was sent and left out, and with which values."""

    sent: int = 0
    absent: int = 0
    values: set[str] = field(default_factory=set)

    @property
    def counts(self) -> dict[str, int]:
        """How often it was sent and left out, and how many values it had."""
        return {"sent": self.sent, "absent": self.absent, "values": len(self.values)}

    def note(self, value: Any) -> None:
        """Count a value."""
        if value is ABSENT:
            self.absent += 1
            return
        self.sent += 1
        if len(self.values) < MOST_VALUES:
            self.values.add(json.dumps(value, sort_keys=True, default=str))


@dataclass(slots=True)
class Asked:
    """How the parameters of each operation were used, and how often each constraint was kept or broken."""

    contract: Mapping[str, Any]
    described: dict[str, dict[str, Described]] = field(default_factory=dict)
    used: defaultdict[str, defaultdict[str, Use]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Use))
    )
    met: defaultdict[str, Counter[tuple[str, bool]]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, operation: str, place: Place, exchange: Exchange) -> None:
        """Count a request that the operation serves."""
        sent = values(place, exchange)
        for name, schema in self._schemas(operation).items():
            value = sent.get(name.lower() if name.startswith("header.") else name, ABSENT)
            value = value if name.startswith("body") else typed(value, schema)
            if name != "body":
                self.used[operation][name].note(value)
            if value is not ABSENT and not name.startswith("body."):
                self.met[operation].update(schema.met(value))

    def parameters(self) -> Counts:
        """Return how often each parameter was sent and left out, and with how many values, by operation."""
        return {
            operation: {
                name: self.used[operation][name].counts for name in self._schemas(operation) if name != "body"
            }
            for operation in operations(self.contract)
        }

    def constraints(self) -> Counts:
        """Return for each operation's constraints how often each was kept and broken."""
        return {
            operation: {
                name: {"kept": self.met[operation][name, True], "broken": self.met[operation][name, False]}
                for part, schema in self._schemas(operation).items()
                if not part.startswith("body.")
                for name in dict.fromkeys(schema.names())
            }
            for operation in operations(self.contract)
        }

    def _schemas(self, operation: str) -> dict[str, Described]:
        if operation not in self.described:
            for item in self.contract["paths"].values():
                for method in METHODS:
                    if item.get(method, {}).get("operationId") == operation:
                        self.described[operation] = dict(schemas_of(self.contract, item, item[method]))
        return self.described[operation]


def schemas_of(
    contract: Mapping[str, Any], item: Mapping[str, Any], operation: Mapping[str, Any]
) -> Iterator[tuple[str, Described]]:
    """Go through the parameters of an operation, its body, and the members of that, with their schemas."""
    spec = dict(contract)
    for each in (*item.get("parameters", []), *operation.get("parameters", [])):
        parameter = resolved(spec, each)
        name = f"{parameter['in']}.{parameter['name']}"
        yield name, described(spec, parameter["schema"], name)
    content = resolved(spec, operation.get("requestBody", {})).get("content", {})
    if "application/json" in content:
        body = described(spec, content["application/json"]["schema"], "body")
        yield "body", body
        yield from ((f"body.{name}", part) for name, part in body.properties.items())


def values(place: Place, exchange: Exchange) -> dict[str, Any]:
    """Return what a request sends, by the names of parameters; a body that is not JSON counts as a text."""
    names = [part[1:-1] for part in place.template.split("/") if part.startswith("{")]
    found: dict[str, Any] = {f"path.{name}": unquote(id_) for name, id_ in zip(names, place.ids, strict=True)}
    query = parse_qsl(exchange.target.partition("?")[2], keep_blank_values=True)
    found |= {f"query.{name}": value for name, value in query}
    found |= {f"header.{name.lower()}": value for name, value in exchange.headers}
    if exchange.body:
        found["body"] = body = parsed(exchange.body)
        found |= {f"body.{name}": value for name, value in body.items()} if isinstance(body, dict) else {}
    return found


def parsed(body: bytes) -> Any:
    """Return a body as JSON, or as a text where it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")


def typed(value: Any, schema: Described) -> Any:
    """Return the text of a parameter as the number or truth value it is meant as, if the schema wants one."""
    types = [each for each in schema.constraints if each.name.endswith(".type")]
    if not isinstance(value, str) or any(each.keeps(value) for each in types):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
