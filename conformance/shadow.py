"""What the shadow models of all APIs share: reading an exchange, and writing a suspicion down.

Whatever cannot be read in one sure way is left out: a model suspects nobody of what it does not understand.
"""

import json
from collections.abc import Collection
from typing import Any
from unicodedata import is_normalized
from urllib.parse import parse_qsl

from conformance.exchange import Exchange
from conformance.guard import SAFE
from conformance.model import Suspicion

MOST_EXACT = 2**53  # from here on not every JSON reader keeps whole numbers (RFC 8259, section 6)

Json = dict[str, Any]


def suspicion(requirement: str, record: str, expected: str, got: object, *earlier: Exchange) -> Suspicion:
    """Return a suspicion about a record, with the exchanges it contradicts."""
    shown = json.dumps(got, ensure_ascii=False, default=str)
    return Suspicion(requirement, record, f"for {record}: {expected}", shown, earlier)


def is_ok(exchange: Exchange) -> bool:
    """Say whether the request was carried out (2xx)."""
    return exchange.status // 100 == 2


def is_refused(exchange: Exchange) -> bool:
    """Say whether the request was refused (4xx), so that it must have changed nothing."""
    return exchange.status // 100 == 4


def may_have_changed(exchange: Exchange) -> bool:
    """Say whether a change was perhaps carried out, or is yet to be: no reply came, or one that does not say,
    as a gateway's (RFC 9110, section 15.6). What it was of may be as before, changed or gone from now on.
    """
    return exchange.method not in SAFE and not (is_ok(exchange) or is_refused(exchange))


def caller_of(exchange: Exchange) -> str:
    """Return the credentials a request was sent with, empty for none: they tell callers apart."""
    return header_of(exchange, "Authorization")


def header_of(exchange: Exchange, name: str) -> str:
    """Return a header of the request, empty when it was not sent."""
    return next((value for key, value in exchange.headers if key.lower() == name.lower()), "")


def body_of(exchange: Exchange) -> Json:
    """Return the object that was sent, or an empty one."""
    try:
        body = json.loads(exchange.body or b"{}")
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def query_of(exchange: Exchange, described: Collection[str]) -> dict[str, str] | None:
    """Return the query parameters, or None when they are not each one of those described, once, with a
    value.
    """
    pairs = parse_qsl(exchange.target.partition("?")[2], keep_blank_values=True)
    known = all(name in described and value for name, value in pairs)
    return dict(pairs) if known and len(dict(pairs)) == len(pairs) else None


def is_plain(value: Any) -> bool:
    """Say whether every honest store keeps the value as it is: no fractions, huge numbers, odd characters."""
    match value:
        case dict():
            return all(is_plain(each) for pair in value.items() for each in pair)
        case list():
            return all(is_plain(each) for each in value)
        case str():
            return value.isprintable() and value.strip() == value and is_normalized("NFC", value)
        case bool() | None:
            return True
        case int():
            return abs(value) < MOST_EXACT
    return False
