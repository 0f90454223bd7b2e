"""Which JSON documents this program can read: Python's reader has limits that JSON does not have.

What is beyond them is no fault of the deployment's (RFC 8259, section 9: a parser may set limits).
"""

import json
import sys
from typing import Any

DEEPEST = 200  # levels; schema validation, and a script's own functions, go down them one by one


def unreadable(body: bytes) -> str:
    """Say why a reply cannot be read here though it may well be JSON; empty where it can be, or is none."""
    if is_small(body):
        return ""
    try:
        return "" if is_shallow(json.loads(body)) else f"it is nested more than {DEEPEST} levels deep"
    except RecursionError:
        return f"it is nested more than {DEEPEST} levels deep"
    except (json.JSONDecodeError, UnicodeDecodeError):
        return ""
    except ValueError:
        return f"it holds a whole number of more than {sys.get_int_max_str_digits()} digits"


def is_small(body: bytes) -> bool:
    """Say whether a reply has too few bytes for such a number, and too few brackets for so many levels: most
    do, and need not be read for it.
    """
    digits = sys.get_int_max_str_digits() or len(body)
    return len(body) <= digits and body.count(b"[") + body.count(b"{") < DEEPEST


def is_shallow(document: Any) -> bool:
    """Say whether a document is nested no deeper than can be read."""
    level = [document]
    for _ in range(DEEPEST):
        level = [child for each in level for child in children(each)]
        if not level:
            return True
    return False


def children(value: Any) -> list[Any]:
    """Return what an object or a list holds; nothing else holds anything."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
