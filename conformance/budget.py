"""How much a run may still send and cost: number of requests, time, pace, and credits."""

import math
import time
from dataclasses import dataclass, field

from conformance.needs import NO_CREDITS
from conformance.outcome import BudgetSpent, Skip

SHORTEST_WAIT = 0.05  # seconds


@dataclass(slots=True)
class Budget:
    """Counts the requests of a run and refuses the one that would be too many or too late."""

    max_requests: int | None = None
    max_time: float | None = None
    rate: float | None = None
    credits: int | None = None
    spent: int = 0
    paid: int = 0
    share: float = 1.0  # of the limits, that may be used by now
    beside: int = 0  # requests that no limit holds back: looks at the target, and cleaning up
    main: "Budget | None" = None
    started: float = field(default_factory=time.monotonic)
    _next_at: float = 0.0

    def spend(self) -> None:
        """Account for one request that is about to be sent.

        Raises:
            BudgetSpent: nothing is left.
        """
        reason = self.exhausted()
        if reason:
            raise BudgetSpent(reason)
        self.count()

    def count(self) -> None:
        """Account for one request that is about to be sent, waiting for its turn."""
        self.spent += 1
        if self.main:
            self.main.beside += 1
        (self.main or self).wait()

    def aside(self) -> "Budget":
        """Return a budget without limits, whose requests keep to this one's pace and are counted beside its
        own.
        """
        return Budget(main=self.main or self)

    @property
    def sent(self) -> int:
        """How many requests were sent in all."""
        return self.spent + self.beside

    def wait(self) -> None:
        """Wait for the next turn where a rate is set."""
        if self.rate:
            now = time.monotonic()
            time.sleep(max(0.0, self._next_at - now))
            self._next_at = max(now, self._next_at) + 1 / self.rate

    def pay(self, credits_: int) -> None:
        """Account for credits that the next request may cost.

        Raises:
            Skip: the run may cost nothing.
            BudgetSpent: it has cost too much already.
        """
        if self.credits == 0:
            raise Skip(NO_CREDITS)
        if self.credits is not None and self.paid + credits_ > self.credits:
            raise BudgetSpent(f"the allowance of {self.credits} credits is spent")
        self.paid += credits_

    def exhausted(self) -> str | None:
        """Say why no further request may be sent, or None."""
        if self.max_requests is not None and self.spent >= math.ceil(self.max_requests * self.share):
            return f"the budget of {self.max_requests} requests is spent{self._kept}"
        if self.max_time is not None and self.elapsed >= self.max_time * self.share:
            return f"the time of {self.max_time:g} s is spent{self._kept}"
        return None

    @property
    def _kept(self) -> str:
        return "" if self.share == 1 else f", but for {1 - self.share:.0%} kept for generated requests"

    @property
    def limited(self) -> bool:
        """Whether the run may come to its end early."""
        return self.max_requests is not None or self.max_time is not None

    def allows(self, seconds: float) -> bool:
        """Say whether the run may take this much longer."""
        return self.max_time is None or self.elapsed + seconds < self.max_time

    def patience(self, timeout: float) -> float:
        """Return the seconds to wait for a reply: the time-out, but not beyond the run's time."""
        left = math.inf if self.max_time is None else self.max_time - self.elapsed
        return max(SHORTEST_WAIT, min(timeout, left))

    @property
    def elapsed(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.started
