"""Reads Zipf's replies whatever their form: the page names what they hold, but seldom where."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

ENDED = ("completed", "complete", "failed", "cancelled", "canceled", "done", "success", "succeeded", "error")
LISTS = ("operations", "timeline", "events", "entries", "items")
URL_KEYS = ("url", "link")


def session(body: Any) -> dict[str, Any]:
    """Return the session in a reply: under `session`, or the reply itself."""
    if not isinstance(body, dict):
        return {}
    inner = body.get("session")
    return inner if isinstance(inner, dict) else body


def operations(body: Any) -> list[dict[str, Any]]:
    """Return the operations in a reply: a list under one of the usual names, or the only list there is."""
    if isinstance(body, list):
        return [each for each in body if isinstance(each, dict)]
    for holder in (body, session(body)):
        for name in LISTS:
            found = holder.get(name) if isinstance(holder, dict) else None
            if isinstance(found, list | dict):
                return operations(found)
    return []


def busy(entries: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether one of the operations has not come to its end; one that does not say so has."""
    states = [str(entry.get("status", entry.get("state", "done"))).lower() for entry in entries]
    return any(state not in ENDED for state in states)


def results(body: Any) -> Any:
    """Return what a reply to a search or crawl holds as results, or nothing."""
    return body.get("results", []) if isinstance(body, dict) else []


def urls(entry: Mapping[str, Any]) -> list[str]:
    """Return the URLs of an operation's results, in their order."""
    return [value for value in strings(entry.get("results", ()), URL_KEYS) if "://" in value]


def strings(node: Any, keys: Sequence[str]) -> Iterator[str]:
    """Go through a document for texts under these keys."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from strings(value, keys)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from strings(each, keys)


def credits_of(entry: Mapping[str, Any]) -> int | float | None:
    """Return the credits that an operation shows: a number under a key that speaks of them, or None."""
    for key, value in entry.items():
        if "credit" in key.lower() or key.lower() in ("cost", "consumed"):
            found = credits_of(value) if isinstance(value, dict) else value
            if isinstance(found, int | float) and not isinstance(found, bool):
                return found
    return None


def found(document: Any, key: str) -> list[Any]:
    """Return every value under this key, wherever it stands in a document."""
    if isinstance(document, dict):
        own = [document[key]] if key in document else []
        return [*own, *(each for value in document.values() for each in found(value, key))]
    if isinstance(document, list):
        return [each for item in document for each in found(item, key)]
    return []
