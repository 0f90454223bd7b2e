"""Quotas of a world: how many requests each caller may send in a window of its clock."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MOST_QUOTAS = 100


class TooManyQuotas(Exception):
    """A world has as many quotas as it may have."""


@dataclass(frozen=True, slots=True)
class Quota:
    """At the most `limit` requests of a caller in `seconds`, of one API or operation (empty for any).

    The window of a caller begins with its first request.
    """

    limit: int
    seconds: float
    api: str = ""
    operation: str = ""


@dataclass(slots=True)
class Window:
    """The current window of one caller."""

    ends: datetime
    used: int = 0


@dataclass(slots=True)
class Installed:
    """A quota in a world, with a window for each caller; `refused` counts the requests that were too many."""

    number: int
    quota: Quota
    windows: dict[str, Window] = field(default_factory=dict)
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A request beyond a quota: it may come again at `ends`."""

    number: int
    quota: Quota
    ends: datetime
    now: datetime

    @property
    def headers(self) -> Mapping[str, str]:
        """`Retry-After` (RFC 9110, 10.2.3), and the limits in the form most vendors use."""
        return {
            "Retry-After": str(max(1, math.ceil((self.ends - self.now).total_seconds()))),
            "X-RateLimit-Limit": str(self.quota.limit),
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(math.ceil(self.ends.timestamp())),
        }


class Quotas:
    """The quotas of one world, `entries`. A request counts for every quota it falls under."""

    def __init__(self) -> None:
        self.entries: list[Installed] = []
        self._number = 0

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def installed(self) -> Sequence[Installed]:
        """Every quota, the oldest first."""
        return tuple(self.entries)

    def add(self, quota: Quota) -> Installed:
        """Adds a quota. Raises `TooManyQuotas`."""
        if len(self.entries) >= MOST_QUOTAS:
            raise TooManyQuotas(f"a world has {MOST_QUOTAS} quotas at the most; remove some first")
        self._number += 1
        self.entries.append(Installed(self._number, quota))
        return self.entries[-1]

    def remove(self, number: int) -> bool:
        """Takes one quota away; False when there is none of this number."""
        remaining = [each for each in self.entries if each.number != number]
        existed = len(remaining) < len(self.entries)
        self.entries = remaining
        return existed

    def clear(self) -> None:
        """Takes all quotas away."""
        self.entries = []

    def take(self, api: str, operation: str, caller: str, now: datetime) -> Exceeded | None:
        """Counts a request; tells which quota it exceeds, None when it is within all."""
        for each in self.entries:
            if each.quota.api not in ("", api) or each.quota.operation not in ("", operation):
                continue
            window = each.windows.get(caller)
            length = timedelta(seconds=each.quota.seconds)
            # The clock may have gone back to before the window began.
            if window is None or not window.ends - length <= now < window.ends:
                window = each.windows[caller] = Window(now + length)
            if window.used >= each.quota.limit:
                each.refused += 1
                return Exceeded(each.number, each.quota, window.ends, now)
            window.used += 1
        return None
