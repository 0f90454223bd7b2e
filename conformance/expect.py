"""The vocabulary of requirements: each word either holds or raises a `Breach` that says what was expected
and got.
"""

import json
import re
import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar

from conformance.outcome import Breach

T = TypeVar("T")

ATTEMPTS = 7
PAUSE = 0.3  # seconds: a moment
FIRST = 1 / 12  # of a moment, the first pause of several, each twice the one before: 1.6 s in all
RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})")


def shown(value: Any) -> str:
    """Write a value as JSON, and a text as it is; results shorten it when credentials are masked in it."""
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def that(condition: bool, *, expected: str, got: Any) -> None:
    """Expect the condition to hold."""
    if not condition:
        raise Breach(expected, shown(got))


def equal(what: str, got: Any, expected: Any) -> None:
    """Expect the named thing to equal a value; `true` does not equal 1."""
    same = got == expected and isinstance(got, bool) == isinstance(expected, bool)
    that(same, expected=f"{what} {json.dumps(expected, default=str)}", got=json.dumps(got, default=str))


def one_of(what: str, got: Any, allowed: Collection[Any]) -> None:
    """Expect the named thing to be one of several values."""
    names = ", ".join(json.dumps(each) for each in allowed)
    that(got in allowed, expected=f"{what} one of {names}", got=got)


def includes(what: str, got: Any, expected: Mapping[str, Any]) -> None:
    """Expect the named thing to be an object that holds at least these members."""
    held = isinstance(got, dict) and all(key in got and got[key] == value for key, value in expected.items())
    that(held, expected=f"{what} with {json.dumps(expected)}", got=got)


def member(what: str, got: Any, name: str) -> Any:
    """Expect the named object to have a member, and return it."""
    that(isinstance(got, dict) and name in got, expected=f"{what} with a member `{name}`", got=got)
    return got[name]


def text(what: str, got: Any) -> str:
    """Expect a string that is not empty, and return it."""
    that(
        isinstance(got, str) and got != "", expected=f"{what} a string that is not empty", got=json.dumps(got)
    )
    return str(got)


def count(what: str, got: Any) -> int:
    """Expect a whole number that is not negative, and return it."""
    whole = isinstance(got, int) and not isinstance(got, bool) and got >= 0
    that(whole, expected=f"{what} a whole number from 0", got=json.dumps(got))
    return int(got)


def instant(what: str, got: Any) -> datetime:
    """Expect an RFC 3339 date and time with its offset, and return it."""
    moment = parsed_instant(got)
    if moment is None:
        raise Breach(f"{what} an RFC 3339 date and time with its offset", shown(json.dumps(got)))
    return moment


def parsed_instant(value: Any) -> datetime | None:
    """Return the moment an RFC 3339 text names, or None when it names none."""
    if not isinstance(value, str) or not RFC_3339.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", value).upper())
    except ValueError:
        return None


def settled(read: Callable[[], T], good: Callable[[T], bool]) -> T:
    """Read until the value is good, a few times at most, and return the last one read.

    A deployment may work asynchronously; an honest one is not accused for being a moment late.
    """
    for attempt in range(ATTEMPTS - 1):
        value = read()
        if good(value):
            return value
        time.sleep(PAUSE * FIRST * 2**attempt)
    return read()
