"""What was sent and answered, in order, as reports show it: readable text, without headers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from conformance.exchange import Exchange

LONGEST_BODY = 2000


@dataclass(frozen=True, slots=True)
class Step:
    """One request with its reply, sent so many times in a row; `status` is 0 when none came."""

    method: str
    target: str
    body: str
    status: int
    reply: str
    times: int = 1


def steps(exchanges: Iterable[Exchange]) -> tuple[Step, ...]:
    """Return the exchanges as steps, in their order; those that are alike and follow each other are one."""
    return tuple(replace(step, times=len(list(same))) for step, same in groupby(map(of, exchanges)))


def of(exchange: Exchange) -> Step:
    """Return an exchange as a step; long bodies are cut."""
    return Step(
        exchange.method,
        exchange.target,
        readable(exchange.body or b""),
        exchange.status,
        readable(exchange.reply_body),
    )


def readable(body: bytes) -> str:
    """Return a body as text that is not too long; what is not UTF-8 is replaced."""
    text = body.decode("utf-8", "replace")
    return text if len(text) <= LONGEST_BODY else f"{text[:LONGEST_BODY]}... ({len(body)} bytes)"
