"""JSON text to Python values and back: exact for integers of any size, strict about everything else.

orjson does the work. It turns integers beyond 64 bits into floats when reading and refuses them when writing,
so texts with such numbers take the slow way through the standard library.
"""

import json
import re
from typing import Any

import orjson

from mock_server.errors import MalformedBody

MAX_DEPTH = 100
ORJSON_BLOCK = 4096
LONG_NUMBER = re.compile(rb"[0-9]{19}")


def parse(text: bytes) -> Any:
    """The value of a JSON text (RFC 8259).

    Raises `MalformedBody` for text that is not UTF-8 or not JSON, for a lone surrogate or NUL in a string,
    for NaN and infinities, and for nesting beyond `MAX_DEPTH`.
    """
    try:
        value = decode(text)
    except (ValueError, RecursionError) as error:
        raise MalformedBody(f"the body is not valid JSON: {_reason(error)}") from None
    if text.count(b"[") + text.count(b"{") > MAX_DEPTH and _depth(value) > MAX_DEPTH:
        raise MalformedBody(f"the body is nested deeper than {MAX_DEPTH} levels")
    if b"\\u0000" in text and _has_nul(value):
        raise MalformedBody("a string in the body holds the character U+0000, which cannot be stored")
    return value


def decode(text: bytes) -> Any:
    """The value of a JSON text that this program wrote. Raises `ValueError`."""
    value = orjson.loads(text)
    return json.loads(text) if LONG_NUMBER.search(text) else value


def serialise(value: Any) -> bytes:
    """Compact UTF-8 JSON of a value made of dictionaries, lists, strings, numbers, booleans and None."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def trimmed(text: bytes) -> bytes:
    """The same text in the memory it needs, for one that is kept: orjson gives short ones 4 KiB each."""
    return bytes(memoryview(text)) if len(text) < ORJSON_BLOCK else text


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return list(value) if isinstance(value, list) else []


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [child for parent in level for child in _children(parent)]
    return depth


def _has_nul(value: Any) -> bool:
    pending = [value]
    while pending:
        current = pending.pop()
        if isinstance(current, str) and "\x00" in current:
            return True
        pending.extend(_children(current))
    return False
