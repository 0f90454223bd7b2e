"""Counts what of a contract a run reached, over all layers: operations, statuses, parameters, constraints."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.asked import Asked
from conformance.exchange import Exchange
from conformance.places import operations, served


@dataclass(slots=True)
class Coverage:
    """What of a contract was reached; requests outside it are not counted."""

    contract: Mapping[str, Any]
    found: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    asked: Asked = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing asked."""
        self.asked = Asked(self.contract)

    def add(self, base_path: str, exchanges: Iterable[Exchange]) -> None:
        """Count these exchanges."""
        for each in exchanges:
            found = served(self.contract, each.method, each.path.removeprefix(base_path))
            if found and each.status:
                operation, place = found
                self.found[operation][str(each.status)] += 1
                self.asked.add(operation, place, each)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return, for every operation of the contract, how often it answered with which status."""
        return {name: dict(sorted(self.found[name].items())) for name in operations(self.contract)}
