"""The clock of a world: system time, system time with an offset, or frozen. All rules ask it for the time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

Mode = Literal["system", "offset", "frozen"]


def system_time() -> datetime:
    """The time of the machine, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Clock:
    """A clock that can be frozen, set and advanced.

    `read` gives the underlying time; `offset` is added to it; `frozen_at` overrides both.
    """

    read: Callable[[], datetime] = system_time
    offset: timedelta = timedelta()
    frozen_at: datetime | None = None

    @property
    def mode(self) -> Mode:
        """How this clock runs."""
        if self.frozen_at is not None:
            return "frozen"
        return "offset" if self.offset else "system"

    def now(self) -> datetime:
        """The time in this world, in UTC."""
        return self.frozen_at if self.frozen_at is not None else self.read() + self.offset

    def freeze(self, at: datetime | None = None) -> None:
        """Stops the clock at `at`, or where it stands."""
        self.frozen_at = self.now() if at is None else at.astimezone(UTC)

    def set(self, to: datetime) -> None:
        """Moves the clock to `to` and lets it run on from there."""
        self.frozen_at = None
        self.offset = to.astimezone(UTC) - self.read()

    def resume(self) -> None:
        """Back to system time."""
        self.frozen_at, self.offset = None, timedelta()

    def advance(self, by: timedelta) -> None:
        """Moves the clock forward, frozen or running."""
        if self.frozen_at is not None:
            self.frozen_at += by
        else:
            self.offset += by

    def fork(self) -> "Clock":
        """An independent clock that shows the same time."""
        return replace(self)


def rfc3339(instant: datetime, timespec: str = "seconds") -> str:
    """An instant as RFC 3339 text in UTC, cut to `timespec` (`seconds`, `milliseconds`).

    Always the same length for the same `timespec`, so that texts compare as instants do.
    """
    return instant.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")
