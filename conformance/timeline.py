"""What was sent and answered, in order, as reports show it: readable text, without headers and credentials."""

from collections.abc import Iterable
from dataclasses import dataclass

from conformance.exchange import Exchange

LONGEST_BODY = 2000


@dataclass(frozen=True, slots=True)
class Step:
    """One request with its reply; `status` is 0 when none came. Long bodies are cut."""

    method: str
    target: str
    body: str
    status: int
    reply: str


def steps(exchanges: Iterable[Exchange]) -> tuple[Step, ...]:
    """Return the exchanges as steps, in their order."""
    return tuple(
        Step(each.method, each.target, readable(each.body or b""), each.status, readable(each.reply_body))
        for each in exchanges
    )


def readable(body: bytes) -> str:
    """Return a body as text that is not too long; what is not UTF-8 is replaced."""
    text = body.decode("utf-8", "replace")
    return text if len(text) <= LONGEST_BODY else f"{text[:LONGEST_BODY]}... ({len(body)} bytes)"
