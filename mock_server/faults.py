"""Faults that a world's answers suffer from: delays, statuses, broken connections and bodies."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from mock_server.draw import Draw

Breakage: TypeAlias = Literal["connection_reset", "empty_response", "malformed_body", "truncated_body"]
MOST_FAULTS = 100


class TooManyFaults(Exception):
    """A world has as many faults as it may have."""


@dataclass(frozen=True, slots=True)
class Delay:
    """How long an answer is held back: always the same, or anything between two bounds, in seconds."""

    low: float
    high: float

    def seconds(self, fraction: float) -> float:
        """The delay that belongs to a number from 0 to 1."""
        return self.low + (self.high - self.low) * fraction


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, and with which requests.

    * `api`, `operation`: only requests of these; empty for any.
    * `probability`: for how many of them; `first`: at the most this often; `ttl`: for this many seconds.
    * `delay`, `status`, `breakage`: what happens, in this order. With a `status` the operation is not
      performed; a breakage spoils whatever answer there is on its way.
    """

    api: str = ""
    operation: str = ""
    probability: float = 1.0
    first: int | None = None
    ttl: float | None = None
    delay: Delay | None = None
    status: int | None = None
    breakage: Breakage | None = None


@dataclass(slots=True)
class Planted:
    """A fault in a world: `seen` requests were for it, and it struck `fired` of them."""

    number: int
    fault: Fault
    planted_at: float
    seen: int = 0
    fired: int = 0


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault that strikes one request, with the delay that chance gave it."""

    number: int
    fault: Fault
    seconds: float


class Faults:
    """The faults of one world, `entries`; the first that fits a request strikes it.

    Chance comes from the seed: the n-th request that a fault looks at has the same luck in every run.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self.entries: list[Planted] = []  # with those whose time is over since the last look
        self._number = 0

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def planted(self) -> Sequence[Planted]:
        """Every fault, the oldest first."""
        self._expire()
        return tuple(self.entries)

    def plant(self, fault: Fault) -> Planted:
        """Adds a fault. Raises `TooManyFaults`."""
        self._expire()
        if len(self.entries) >= MOST_FAULTS:
            raise TooManyFaults(f"a world has {MOST_FAULTS} faults at the most; remove some first")
        self._number += 1
        planted = Planted(self._number, fault, self._monotonic())
        self.entries.append(planted)
        return planted

    def remove(self, number: int) -> bool:
        """Takes one fault away; False when there is none of this number."""
        remaining = [each for each in self.entries if each.number != number]
        existed = len(remaining) < len(self.entries)
        self.entries = remaining
        return existed

    def clear(self) -> None:
        """Takes all faults away."""
        self.entries = []

    def strike(self, draw: Draw, api: str, operation: str) -> Strike | None:
        """The fault that strikes a request of this operation, None when it is spared."""
        self._expire()
        for planted in self.entries:
            if self._fits(planted, api, operation):
                planted.seen += 1
                path = ("fault", planted.number, planted.seen)
                if draw.chance(planted.fault.probability, *path):
                    planted.fired += 1
                    delay = planted.fault.delay
                    seconds = delay.seconds(draw.fraction(*path, "delay")) if delay else 0.0
                    return Strike(planted.number, planted.fault, seconds)
        return None

    @staticmethod
    def _fits(planted: Planted, api: str, operation: str) -> bool:
        fault = planted.fault
        return (
            fault.api in ("", api)
            and fault.operation in ("", operation)
            and (fault.first is None or planted.fired < fault.first)
        )

    def _expire(self) -> None:
        now = self._monotonic()
        self.entries = [
            each for each in self.entries if each.fault.ttl is None or now < each.planted_at + each.fault.ttl
        ]
