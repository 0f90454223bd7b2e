"""Questions to the journal: which requests came, how often, in which order, and why one got its answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from mock_server import json_codec
from mock_server.errors import InvalidRequest, UnknownPath
from mock_server.explanation import Explainer
from mock_server.journal import Entry
from mock_server.world import World, Worlds

CONTROL = "control"
MOST_NAMED = 50
Criteria = Mapping[str, Any]
# Each criterion of `openapi/control.yaml` that compares one thing; `body` and `after` are apart.
TESTS: Mapping[str, Callable[[Entry, Any], bool]] = {
    "api": lambda entry, wanted: entry.api == wanted,
    "operation": lambda entry, wanted: entry.operation == wanted,
    "method": lambda entry, wanted: entry.method == wanted,
    "path": lambda entry, wanted: fnmatchcase(entry.path, wanted),
    "status": lambda entry, wanted: entry.status == wanted,
    "caller": lambda entry, wanted: entry.caller == wanted,
    "after": lambda entry, wanted: entry.ordinal > wanted,
    "body": lambda entry, wanted: _holds(_json(entry.body), wanted),
}


class Requests:
    """The journal of one world. Calls of control are in it, and shown only when `api` asks for them."""

    def __init__(self, world: World, worlds: Worlds, explainer: Explainer) -> None:
        self._world = world
        self._worlds = worlds
        self._explainer = explainer

    def listed(self, limit: int) -> dict[str, Any]:
        """The latest requests, newest first."""
        return self._found(list(self._matching({})), limit)

    def find(self, criteria: Criteria, limit: int) -> dict[str, Any]:
        """Requests that meet every criterion, newest first."""
        return self._found(list(self._matching(criteria)), limit)

    def count(self, criteria: Criteria) -> int:
        """How many requests meet every criterion."""
        return sum(1 for _ in self._matching(criteria))

    def unmatched(self, limit: int) -> dict[str, Any]:
        """Requests that no operation answers, newest first, each with what it was probably meant to be."""
        entries = [entry for entry in self._matching({}) if not entry.operation]
        found = self._found(entries, limit)
        for shown, entry in zip(found["requests"], reversed(entries), strict=False):
            shown["near_misses"] = self._explainer.near_misses(entry)
        return found

    def verify(self, calls: Sequence[Mapping[str, Any]], *, in_order: bool) -> dict[str, Any]:
        """Whether each call was made as often as it says and, `in_order`, after the one before it."""
        results, position = [], 0
        for call in calls:
            matching = [entry.ordinal for entry in self._matching(call.get("match", {}))]
            reasons = list(_miscounts(len(matching), call.get("times", {"at_least": 1})))
            later = next((ordinal for ordinal in matching if ordinal > position), None)
            if in_order and later is None and not reasons and matching:
                reasons.append("none came after the one found for the call before")
            position = later or position
            results.append(self._result(matching, reasons))
        return {"verified": all(result["holds"] for result in results), "calls": results}

    def explain(self, request_id: str) -> dict[str, Any]:
        """Why a request of any world got its answer. Raises `UnknownPath`."""
        namespace, _, number = request_id.rpartition("-")
        world = self._worlds.find(namespace)
        entry = world.journal.find(int(number)) if world and number.isdecimal() else None
        if entry is None:
            raise UnknownPath(
                f"the journal has no request {request_id[:80]!r}: it is too old, or its namespace is gone"
            )
        return self._explainer.explanation(namespace, entry)

    def clear(self) -> None:
        """Forgets every request."""
        self._world.forget_requests()

    def _matching(self, criteria: Criteria) -> Iterator[Entry]:
        tests = [(TESTS[name], wanted) for name, wanted in self._in_numbers(criteria).items()]
        is_shown = "api" in criteria
        for entry in self._world.journal:
            if (is_shown or entry.api != CONTROL) and all(test(entry, wanted) for test, wanted in tests):
                yield entry

    def _in_numbers(self, criteria: Criteria) -> Criteria:
        if "after" not in criteria:
            return criteria
        namespace, _, number = criteria["after"].rpartition("-")
        if namespace != self._world.name or not number.isdecimal():
            detail = f"after: has to be the id of a request in this namespace, such as {self._world.name}-1"
            raise InvalidRequest(detail, pointer="/after")
        return {**criteria, "after": int(number)}

    def _found(self, entries: Sequence[Entry], limit: int) -> dict[str, Any]:
        latest = entries[: -limit - 1 : -1]
        return {
            "requests": [self._explainer.summary(self._world.name, entry) for entry in latest],
            "total": len(entries),
            "forgotten": self._world.journal.forgotten,
        }

    def _result(self, ordinals: Sequence[int], reasons: Sequence[str]) -> dict[str, Any]:
        named = [f"{self._world.name}-{ordinal}" for ordinal in ordinals[:MOST_NAMED]]
        return {
            "holds": not reasons,
            "count": len(ordinals),
            "requests": named,
            "reason": "; ".join(reasons),
        }


def _miscounts(count: int, times: Mapping[str, int]) -> Iterator[str]:
    if "exactly" in times and count != times["exactly"]:
        yield f"came {count} times, not exactly {times['exactly']}"
    if count < times.get("at_least", 0):
        yield f"came {count} times, not at least {times['at_least']}"
    if count > times.get("at_most", count):
        yield f"came {count} times, not at most {times['at_most']}"


def _json(body: bytes) -> Any:
    try:
        return json_codec.parse(body)
    except InvalidRequest:
        return None


def _holds(value: Any, wanted: Any) -> bool:
    """Whether `value` is `wanted`, or an object with at least its members."""
    if isinstance(wanted, Mapping):
        return isinstance(value, Mapping) and all(
            name in value and _holds(value[name], part) for name, part in wanted.items()
        )
    return bool(value == wanted)
