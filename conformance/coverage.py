"""Counts which operations answered with which status codes, over all layers of a run."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.exchange import Exchange

METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(slots=True)
class Coverage:
    """What of a contract was reached; requests outside it are not counted."""

    contract: Mapping[str, Any]
    found: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, base_path: str, exchanges: Iterable[Exchange]) -> None:
        """Count these exchanges."""
        for each in exchanges:
            operation = operation_of(self.contract, each.method, each.path.removeprefix(base_path))
            if operation and each.status:
                self.found[operation][str(each.status)] += 1

    def counts(self) -> dict[str, dict[str, int]]:
        """Return, for every operation of the contract, how often it answered with which status."""
        return {name: dict(sorted(self.found[name].items())) for name in operations(self.contract)}


def operations(contract: Mapping[str, Any]) -> list[str]:
    """Return the operation ids of the contract in its order."""
    return [
        item[method]["operationId"]
        for item in contract["paths"].values()
        for method in METHODS
        if method in item
    ]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a contract a path stands: the template, and what the path has for its parameters, encoded."""

    template: str
    ids: tuple[str, ...]


def places(contract: Mapping[str, Any], path: str) -> Iterator[Place]:
    """Go through the templates that fit a path; a literal path goes before a template."""
    for template in sorted(contract["paths"], key=lambda each: str(each).count("{")):
        match = re.fullmatch(re.sub(r"\\\{[^/]*?\\\}", "([^/]+)", re.escape(template)), path)
        if match:
            yield Place(template, match.groups())


def operation_of(contract: Mapping[str, Any], method: str, path: str) -> str | None:
    """Return the id of the operation that serves the request, or None."""
    items = (contract["paths"][each.template] for each in places(contract, path))
    return next((str(each[method.lower()]["operationId"]) for each in items if method.lower() in each), None)
