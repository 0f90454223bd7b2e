"""One request with its reply as it went over the wire, and the journal of one examination."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its reply; `target` is path and query as sent, `status` is 0 when no reply came."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    status: int = 0
    reply_headers: tuple[tuple[str, str], ...] = ()
    reply_body: bytes = b""

    def __repr__(self) -> str:
        """Name the request and the status only: headers hold credentials."""
        return f"<{self.method} {self.target} -> {self.status}>"

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    def reply_header(self, name: str) -> str | None:
        """Return a header of the reply, or None."""
        return next((value for key, value in self.reply_headers if key.lower() == name.lower()), None)

    def reply_json(self) -> Any:
        """Return the parsed reply, or None when it is not JSON."""
        try:
            return json.loads(self.reply_body)
        except (ValueError, RecursionError):
            return None


@dataclass(slots=True)
class Journal:
    """The exchanges of one examination in the order they happened."""

    exchanges: list[Exchange] = field(default_factory=list)

    def record(self, exchange: Exchange) -> None:
        """Add an exchange at the end."""
        self.exchanges.append(exchange)

    def __iter__(self) -> Iterator[Exchange]:
        """Go through the exchanges, the oldest first."""
        return iter(self.exchanges)

    def __len__(self) -> int:
        """Count the requests."""
        return len(self.exchanges)
