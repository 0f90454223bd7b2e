"""Whether a value that came back is the one sent, for documents that do not say in which form it comes."""

import json
import re
from typing import Any

TIME = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)? ?([AaPp][Mm])?")
NOTHING: tuple[Any, ...] = (None, "", [], {})


def alike(sent: Any, got: Any) -> bool:
    """Say whether both mean the same.

    Flags may come as numbers or texts, objects as JSON texts, days with a time, times of day with 24 hours,
    and nothing in any form.
    """
    if sent in NOTHING and not isinstance(sent, int):
        return got in NOTHING or got in ("[]", "{}", "null")
    if isinstance(sent, bool) or isinstance(got, bool):
        return digits(sent) == digits(got)
    if isinstance(sent, int):
        return isinstance(got, int | float | str) and str(got).removesuffix(".0") == str(sent)
    if isinstance(sent, str):
        return isinstance(got, str) and texts_alike(sent, got)
    return bool(sent == got) or (isinstance(got, str) and parsed(got) == sent)


def digits(flag: Any) -> str:
    """Return a flag as the number it may come as, and anything else as a text."""
    return str(int(flag)) if isinstance(flag, bool) else str(flag)


def texts_alike(sent: str, got: str) -> bool:
    """Say whether two texts mean the same name, day or time of day."""
    if sent == got or (re.fullmatch(r"\d{4}-\d\d-\d\d", sent) and got.startswith(f"{sent}T")):
        return True
    return minutes(sent) is not None and minutes(sent) == minutes(got)


def minutes(text: str) -> int | None:
    """Return a time of day in minutes since midnight, None for another text."""
    match = TIME.fullmatch(text)
    if not match:
        return None
    hour, half = int(match[1]), (match[3] or "").upper()
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return hour * 60 + int(match[2])


def parsed(text: str) -> Any:
    """Return the JSON value of a text, or None."""
    try:
        return json.loads(text)
    except ValueError:
        return None
