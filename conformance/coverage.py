"""Counts which operations answered with which status codes, over all layers of a run."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
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


def operation_of(contract: Mapping[str, Any], method: str, path: str) -> str | None:
    """Return the id of the operation that serves the request, or None; a literal path goes before a
    template.
    """
    for template, item in sorted(contract["paths"].items(), key=lambda pair: pair[0].count("{")):
        form = re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(template))
        if method.lower() in item and re.fullmatch(form, path):
            return str(item[method.lower()]["operationId"])
    return None
