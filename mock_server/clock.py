"""The clock of a world: system time, system time with an offset, or frozen. All rules ask it for the time."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

Mode = Literal["system", "offset", "frozen"]
RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)", re.ASCII)
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

# Rules add and subtract days and years: from within these bounds none can leave what `datetime` can hold.
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC)


class OutOfBounds(ValueError):
    """A time before `EARLIEST` or after `LATEST`."""

    def __init__(self) -> None:
        super().__init__("the time has to be in the years 1970 to 2999")


system_time = partial(datetime.now, UTC)  # the time of the machine


@dataclass(slots=True)
class Clock:
    """A clock that can be frozen, set and advanced; each raises `OutOfBounds` and then changes nothing.

    `read` gives the underlying time; `offset` is added to it; `frozen_at` overrides both. While it is held it
    stands still, so that everything one request does has the same time.
    """

    read: Callable[[], datetime] = system_time
    offset: timedelta = timedelta()
    frozen_at: datetime | None = None
    _held_at: datetime | None = field(default=None, init=False)

    @property
    def mode(self) -> Mode:
        """How this clock runs."""
        if self.frozen_at is not None:
            return "frozen"
        return "offset" if self.offset else "system"

    def now(self) -> datetime:
        """The time in this world, in UTC."""
        if self._held_at is not None:
            return self._held_at
        return self.frozen_at if self.frozen_at is not None else self.read() + self.offset

    def hold(self) -> datetime:
        """Lets the clock stand until it is released, or changed; gives the time."""
        now = self._held_at = self.frozen_at or (self.read() + self.offset if self.offset else self.read())
        return now

    def release(self) -> None:
        """Lets the clock go on as if it had not been held."""
        self._held_at = None

    def freeze(self, at: datetime | None = None) -> None:
        """Stops the clock at `at`, or where it stands."""
        self.frozen_at = self.now() if at is None else within_bounds(at)
        self.release()

    def set(self, to: datetime) -> None:
        """Moves the clock to `to` and lets it run on from there."""
        self.offset = within_bounds(to) - self.read()
        self.frozen_at = None
        self.release()

    def resume(self) -> None:
        """Back to system time."""
        self.frozen_at, self.offset = None, timedelta()
        self.release()

    def advance(self, by: timedelta) -> None:
        """Moves the clock forward, frozen or running."""
        try:
            there = within_bounds(self.now() + by)
        except OverflowError:
            raise OutOfBounds from None
        if self.frozen_at is not None:
            self.frozen_at = there
        else:
            self.offset += by
        self.release()

    def fork(self) -> "Clock":
        """An independent clock that shows the same time."""
        return replace(self)


def within_bounds(moment: datetime) -> datetime:
    """The same instant in UTC. Raises `OutOfBounds`."""
    if not EARLIEST <= moment <= LATEST:
        raise OutOfBounds
    return moment.astimezone(UTC)


def rfc3339(instant: datetime, timespec: str = "seconds") -> str:
    """An instant as RFC 3339 text in UTC, cut to `timespec` (`seconds`, `milliseconds`).

    Always the same length for the same `timespec`, so that texts compare as instants do.
    """
    return instant.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """The instant that RFC 3339 text names, in UTC. Raises `ValueError` for other text.

    What is finer than a microsecond is rounded up: a time kept to the microsecond is before the result
    exactly when it is before the text. A leap second is the first one after it; what lies beyond Python's
    calendar is the first or the last instant in it.
    """
    parts = RFC_3339.fullmatch(text.upper())
    if parts is None:
        raise ValueError(f"{text[:40]!r} is no RFC 3339 time, such as 2026-01-31T12:00:00Z")
    local, digits, zone = parts[1], parts[2] or "", parts[3]
    beyond = timedelta(microseconds=int(digits[:6].ljust(6, "0")) + bool(digits[6:].strip("0")))
    if local.endswith(":60"):
        local, beyond = f"{local[:-2]}59", beyond + timedelta(seconds=1)
    if local.startswith("0000"):
        return FIRST
    try:
        return datetime.fromisoformat(local + zone).astimezone(UTC) + beyond
    except OverflowError:
        return FIRST if local.startswith("0001") else LAST
