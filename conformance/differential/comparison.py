"""Where two replies part: ids and times differ rightly, everything else does not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from conformance import curl
from conformance.differential.names import Names
from conformance.exchange import Exchange
from conformance.expect import parsed_instant, shown

LONGEST_LIST = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which replies to an operation part: the kind, the place in the body, and both sides."""

    kind: str
    place: str
    left: str
    right: str

    @property
    def change(self) -> str:
        """Both sides in one text."""
        return f"{self.left} -> {self.right}"

    @property
    def sort(self) -> "Difference":
        """What differences have in common that are told together: values and lengths are but examples."""
        return replace(self, left="", right="") if self.kind in ("value", "length") else self


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares the replies to one request; `names` are those of left and right so far."""

    position: int
    status: int
    names: Names

    def of_values(self, place: str, key: str, left: Any, right: Any) -> Iterator[Difference]:
        """Go through the differences of two values."""
        if isinstance(left, dict) and isinstance(right, dict):
            yield from self.of_objects(place, left, right)
        elif isinstance(left, list) and isinstance(right, list):
            yield from self.of_lists(place, key, left, right)
        elif kind(left) != kind(right):
            yield Difference("type", place, kind(left), kind(right))
        elif not (left == right or is_time(left, right) or self.alike(key, left, right)):
            yield Difference("value", place, shown(left), shown(right))

    def of_objects(self, place: str, left: dict[str, Any], right: dict[str, Any]) -> Iterator[Difference]:
        """Go through the differences of two objects."""
        for name in [*left, *(name for name in right if name not in left)]:
            where = f"{place}.{name}" if place else name
            if name not in right:
                yield Difference("member", where, "there", "missing")
            elif name not in left:
                yield Difference("member", where, "missing", "there")
            else:
                yield from self.of_values(where, name, left[name], right[name])

    def of_lists(self, place: str, key: str, left: list[Any], right: list[Any]) -> Iterator[Difference]:
        """Go through the differences of two lists, whose elements share their place.

        Of lists of records only those that the sequence made are compared; of anybody else's, whether they
        have the same form.
        """
        where = f"{place}[]"
        if not all(identity(each) for each in (*left, *right)):
            if len(left) != len(right):
                yield Difference("length", place, str(len(left)), str(len(right)))
            pairs = list(zip(left, right, strict=False))[:LONGEST_LIST]
        else:
            mine = {identity(each): each for each in right}
            wanted = [self.names.records.get(identity(each), "") for each in left]
            pairs = [(one, mine[name]) for one, name in zip(left, wanted, strict=True) if name in mine]
            yield from self.of_membership(place, [each for each in wanted if each], list(mine))
            yield from self.of_strangers(where, left, right)
        for one, other in pairs:
            yield from self.of_values(where, key, one, other)

    def of_membership(self, place: str, wanted: list[str], got: list[str]) -> Iterator[Difference]:
        """Say which of the sequence's records the right list lacks, has beyond, or has in another order."""
        ours = set(self.names.records.values())
        found = [each for each in got if each in ours]
        if set(found) != set(wanted):
            yield Difference("records", place, f"{len(wanted)} of ours", f"{len(found)} of ours")
        elif found != wanted:
            yield Difference("order", place, "one", "another")

    def of_strangers(self, place: str, left: list[Any], right: list[Any]) -> Iterator[Difference]:
        """Compare the form of the first record on either side that the sequence did not make."""
        one = next((each for each in left if identity(each) not in self.names.records), None)
        ours = set(self.names.records.values())
        other = next((each for each in right if identity(each) not in ours), None)
        if one is not None and other is not None:
            found = self.of_values(place, "", one, other)
            yield from (each for each in found if is_of_form(each))

    def alike(self, key: str, one: Any, other: Any) -> bool:
        """Say whether two values name the same thing: known names, or ids that each side chose itself."""
        if self.names.known.get(str(one)) == str(other):
            return True
        if isinstance(one, str) and isinstance(other, str) and self.names.said(one) == other:
            return True
        chosen = curl.ID_KEY.fullmatch(key) and not self.names.sent_by(self.position, str(one))
        return bool(chosen and self.status < 300 and not isinstance(one, bool))


def differences(position: int, left: Exchange, right: Exchange, names: Names) -> list[Difference]:
    """Return how the replies to one request part; bodies are compared where the statuses are the same."""
    if left.status != right.status:
        return [Difference("status", "", str(left.status or "no reply"), str(right.status or "no reply"))]
    if media_type(left) != media_type(right):
        return [Difference("media type", "", media_type(left) or "none", media_type(right) or "none")]
    comparison = Comparison(position, left.status, names)
    return list(dict.fromkeys(comparison.of_values("", "", left.reply_json(), right.reply_json())))


def identity(element: Any) -> str:
    """Return the id of a record in a list; empty for anything else."""
    if not isinstance(element, dict):
        return ""
    return next((str(value) for name, value in element.items() if curl.ID_KEY.fullmatch(name) and value), "")


def is_of_form(difference: Difference) -> bool:
    """Say whether even records of other people may not differ so: their values may, and be none."""
    nothing = "null" in (difference.left, difference.right)
    return difference.kind == "member" or (difference.kind == "type" and not nothing)


def is_time(one: Any, other: Any) -> bool:
    """Say whether both are moments in the same form."""
    return parsed_instant(one) is not None and parsed_instant(other) is not None


def kind(value: Any) -> str:
    """Return the JSON type of a value."""
    names = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


def media_type(reply: Exchange) -> str:
    """Return the media type of a reply, without its parameters."""
    found = reply.reply_header("Content-Type") or ""
    return found.partition(";")[0].strip().lower()
