"""Finds the shortest sequence of requests that shows a failure, by replaying shorter ones (delta debugging).

Ids are symbolic: where the deployment gives another id this time, later requests name that one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from conformance import curl
from conformance.exchange import Exchange

REPLAYS = 40
PROVEN = "# replayed: these requests showed the failure again"

Send = Callable[[Exchange], Exchange | None]
Shows = Callable[[Sequence[Exchange]], bool]
Steps = tuple[Exchange, ...]


@dataclass(slots=True)
class Reducer:
    """Replays sequences through `send` (None: no reply came); `shows` recognises the failure.

    `tidy` deletes what a replay created, so that the next one does not build on it.
    """

    send: Send
    shows: Shows
    tidy: Callable[[Steps], object] = tuple
    left: int = REPLAYS

    def shortest(self, steps: Steps) -> Steps | None:
        """Return the shortest sequence found, as replayed; None when not even the whole one shows it."""
        best = self.replay(steps)
        if best is None:
            return None
        size = max(1, (len(best) - 1) // 2)
        while size and self.left > 0:
            shorter = self._without_some(best, size)
            best, size = (shorter, size) if shorter else (best, size // 2)
            size = min(size, len(best) - 1)
        return best

    def _without_some(self, steps: Steps, size: int) -> Steps | None:
        """Return the sequence without a run of requests before the last one, where that still shows it."""
        for start in range(0, len(steps) - 1, size):
            end = min(start + size, len(steps) - 1)
            candidate = steps[:start] + steps[end:]
            found = None if dangling(steps[start:end], candidate) else self.replay(candidate)
            if found:
                return found
        return None

    def replay(self, steps: Steps) -> Steps | None:
        """Send the sequence again and return it when the failure showed."""
        if self.left <= 0:
            return None
        self.left -= 1
        done = tuple(self._replayed(steps))
        self.tidy(done)
        return done if len(done) == len(steps) and self.shows(done) else None

    def _replayed(self, steps: Steps) -> Iterator[Exchange]:
        """Send the requests one by one, as far as replies come."""
        values: dict[str, str] = {}
        for each in steps:
            got = self.send(renamed(each, values))
            if got is None:
                return
            values |= paired(each, got)
            yield got


def dangling(removed: Steps, kept: Steps) -> bool:
    """Say whether a kept request names an id that only a removed reply gave.

    Its record may still be there from an earlier replay, which on a fresh deployment it is not.
    """
    given = produced(removed) - produced(kept)
    requests = [curl.written(each) for each in kept]
    return any(curl.uses(id_, request) for id_ in given for request in requests)


def produced(steps: Steps) -> set[str]:
    """Return the ids that replies to anything but reads gave."""
    return {value for each in steps if each.method != "GET" for _, _, value in curl.ids(each.reply_json())}


def renamed(exchange: Exchange, values: dict[str, str]) -> Exchange:
    """Return the request with the ids of this time in place of those of last time."""
    kept = tuple(pair for pair in exchange.headers if pair[0].lower() not in curl.OWN_HEADERS)
    request = Exchange(exchange.method, exchange.target, kept, exchange.body)
    for old, new in values.items():
        request = replace(
            request,
            target=substituted(request.target, old, new),
            body=None if request.body is None else in_body(request.body, old, new),
        )
    return request


def in_body(body: bytes, old: str, new: str) -> bytes:
    """Return a body with another id; one that is no text stays as it is."""
    try:
        return substituted(body.decode(), old, new).encode()
    except UnicodeDecodeError:
        return body


def substituted(text: str, old: str, new: str) -> str:
    """Return the text with another id."""
    return re.sub(curl.pattern(old), lambda _: new, text)


def paired(before: Exchange, now: Exchange) -> dict[str, str]:
    """Return which id of the reply then is which id of the reply now, by where they stand."""
    current = {where: value for where, _, value in curl.ids(now.reply_json())}
    return {value: current[where] for where, _, value in curl.ids(before.reply_json()) if where in current}


def looks_like(original: Exchange) -> Shows:
    """Return a recogniser of failures that one reply shows: by status, media type and form of its body."""
    return lambda steps: appearance(steps[-1]) == appearance(original)


def appearance(exchange: Exchange) -> tuple[Any, ...]:
    """Return what of a reply is the same each time."""
    media = exchange.reply_header("Content-Type") or ""
    return exchange.status, media.partition(";")[0], tuple(form(exchange.reply_json()))


def form(document: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Go through the places of a document with the type of what stands there."""
    yield where, type(document).__name__
    if isinstance(document, dict):
        for name in sorted(document):
            yield from form(document[name], f"{where}.{name}")
    elif isinstance(document, list):
        for each in document[:1]:
            yield from form(each, f"{where}[]")
