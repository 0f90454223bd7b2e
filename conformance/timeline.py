"""What was sent and answered, in order, as reports show it: readable text, without headers or credentials."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from conformance.exchange import Exchange
from conformance.masking import excerpt, mask

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


def steps(exchanges: Iterable[Exchange], secrets: Mapping[str, str]) -> tuple[Step, ...]:
    """Return the exchanges as steps, in their order; those that are alike and follow each other are one."""
    each_alone = (of(each, secrets) for each in exchanges)
    return tuple(replace(step, times=len(list(same))) for step, same in groupby(each_alone))


def of(exchange: Exchange, secrets: Mapping[str, str]) -> Step:
    """Return an exchange as a step without any of the secrets; long bodies are cut."""
    return Step(
        exchange.method,
        mask(exchange.target, secrets),
        readable(exchange.body or b"", secrets),
        exchange.status,
        readable(exchange.reply_body, secrets),
    )


def readable(body: bytes, secrets: Mapping[str, str]) -> str:
    """Return a body as text that is not too long; what is not UTF-8 is replaced."""
    return excerpt(body.decode("utf-8", "replace"), secrets, LONGEST_BODY, f" ({len(body)} bytes)")
