"""Reads back what generated requests wrote, for the shadow model: the generator itself seldom does.

After every write to a record of the run, refused or carried out, the record is read, after a deletion the
list as well; of new records every second one, for a run consists of creations more than of anything else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import httpx

from conformance.budget import Budget
from conformance.client import exchanged
from conformance.creations import Creations
from conformance.exchange import Exchange
from conformance.guard import SAFE, Observer
from conformance.outcome import Broken
from conformance.places import operation_of
from conformance.suite import Suite
from conformance.target import Target

OWNER = "owner"


@dataclass(slots=True)
class ReadBack:
    """Sees every exchange and, once it is `on`, shows `watch` what the owner reads after each write."""

    suite: Suite
    contract: Mapping[str, Any]
    creations: Creations
    target: Target
    connection: httpx.Client
    budget: Budget
    watch: Observer
    on: bool = False
    made: set[str] = field(default_factory=set)
    turns: Iterator[bool] = field(default_factory=lambda: cycle((True, False)))

    def observe(self, exchange: Exchange) -> None:
        """Note what the exchange created, and read what it wrote."""
        created = set(self.creations.created(exchange))
        self.made |= created
        if self.on and exchange.method not in SAFE:
            seconds = [path for path in created if next(self.turns)]
            for path in filter(self._is_free, (*seconds, *self._written(exchange))):
                reply = self._read(path)
                if reply:
                    self.watch(reply)

    def _written(self, exchange: Exchange) -> Iterator[str]:
        """Go through the paths at which shows what the request did to a record of the run."""
        record = next((path for path in upwards(exchange.path) if path in self.made), None)
        if record:
            yield record
            if exchange.method == "DELETE" and exchange.status // 100 == 2:
                yield record.rpartition("/")[0]

    def _is_free(self, path: str) -> bool:
        """Say whether reading the path is an operation of the contract that costs nothing."""
        operation = operation_of(self.contract, "GET", path.removeprefix(self.suite.base_path))
        return operation is not None and operation not in self.suite.effects

    def _read(self, path: str) -> Exchange | None:
        """Read a path as the owner, None where the budget does not allow it or no usable reply came."""
        if self.budget.exhausted():
            return None
        self.budget.count()
        owner = self.target.actors.get(OWNER)
        headers = self.suite.authorize(owner.token) if owner else {}
        try:
            return exchanged(
                self.connection, self.target, Exchange("GET", path, tuple(headers.items()), None)
            )
        except (httpx.HTTPError, Broken):
            return None


def upwards(path: str) -> Iterator[str]:
    """Go through a path and those above it."""
    while path:
        yield path
        path = path.rpartition("/")[0]
