"""A reply with the expectations requirements have of it."""

import json
from dataclasses import dataclass
from typing import Any

from conformance import expect
from conformance.exchange import Exchange
from conformance.held_off import CONFLICT, is_held_off
from conformance.outcome import Inconclusive


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to one request of a requirement.

    `collective` says that the request went to no single record, of which the state would be known.
    """

    exchange: Exchange
    collective: bool = False

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
        return self.exchange.reply_header(name)

    def succeeded(self) -> "Reply":
        """Expect 2xx.

        Raises:
            Inconclusive: the request was held off.
        """
        self._heard()
        expect.that(self.ok, expected=f"{self._request} answered with 2xx", got=self._summary)
        return self

    def refused(self, *statuses: int) -> "Reply":
        """Expect 4xx; `statuses` are a refusal here, though they otherwise hold a request off.

        Raises:
            Inconclusive: the request was held off.
        """
        self._heard(CONFLICT, *statuses)
        expect.that(400 <= self.status < 500, expected=f"{self._request} refused with 4xx", got=self._summary)
        return self

    def has_status(self, *statuses: int) -> "Reply":
        """Expect one of these status codes.

        Raises:
            Inconclusive: the request was held off.
        """
        self._heard(*statuses)
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

    def _heard(self, *statuses: int) -> None:
        """Go on unless the request was held off, by none of the statuses that are an answer here."""
        held_off = is_held_off(self.status, state_is_known=not self.collective)
        if held_off and self.status not in statuses:
            raise Inconclusive(f"{self._request} was held off with {self._summary}")

    @property
    def _request(self) -> str:
        return f"{self.exchange.method} {self.exchange.path}"

    @property
    def _summary(self) -> str:
        text = self.exchange.reply_body.decode("utf-8", "replace")
        return f"{self.status} {expect.shown(text)}".strip()
