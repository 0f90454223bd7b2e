"""A reply with the expectations requirements have of it."""

import json
from dataclasses import dataclass
from typing import Any

from conformance import expect
from conformance.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to one request of a requirement."""

    exchange: Exchange

    @property
    def status(self) -> int:
        """The status code."""
        return self.exchange.status

    @property
    def ok(self) -> bool:
        """Whether the request was carried out (2xx)."""
        return 200 <= self.status < 300  # the bounds of the class

    def header(self, name: str) -> str | None:
        """Return a header of the reply, or None."""
        pairs = self.exchange.reply_headers
        return next((value for key, value in pairs if key.lower() == name.lower()), None)

    def succeeded(self) -> "Reply":
        """Expect 2xx."""
        expect.that(self.ok, expected=f"{self._request} answered with 2xx", got=self._summary)
        return self

    def refused(self) -> "Reply":
        """Expect 4xx."""
        expect.that(400 <= self.status < 500, expected=f"{self._request} refused with 4xx", got=self._summary)
        return self

    def has_status(self, *statuses: int) -> "Reply":
        """Expect one of these status codes."""
        names = " or ".join(map(str, statuses))
        expect.that(
            self.status in statuses, expected=f"{self._request} answered with {names}", got=self._summary
        )
        return self

    def json(self) -> Any:
        """Expect a JSON document, and return it."""
        try:
            return json.loads(self.exchange.reply_body)
        except (ValueError, RecursionError):
            expect.that(False, expected=f"{self._request} answered with JSON", got=self._summary)

    def object(self) -> dict[str, Any]:
        """Expect a JSON object, and return it."""
        document = self.json()
        expect.that(
            isinstance(document, dict),
            expected=f"{self._request} answered with a JSON object",
            got=self._summary,
        )
        return dict(document)

    @property
    def _request(self) -> str:
        return f"{self.exchange.method} {self.exchange.path}"

    @property
    def _summary(self) -> str:
        text = self.exchange.reply_body.decode("utf-8", "replace")
        return f"{self.status} {expect.shown(text)}".strip()
