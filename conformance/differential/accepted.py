"""The file of differences that somebody has accepted, each with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from conformance.differential.comparison import Difference
from conformance.target_values import toml
from conformance.usage import Usage

FIELDS = ("operation", "kind", "place", "change", "reason")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A difference that is known; every field but the reason may hold `*` patterns."""

    reason: str
    operation: str = "*"
    kind: str = "*"
    place: str = "*"
    change: str = "*"

    def covers(self, operation: str, difference: Difference) -> bool:
        """Say whether the difference is this one."""
        given = (operation, difference.kind, difference.place, difference.change)
        wanted = (self.operation, self.kind, self.place, self.change)
        return all(
            fnmatchcase(text, literal_brackets(form)) for text, form in zip(given, wanted, strict=True)
        )


def literal_brackets(form: str) -> str:
    """Return a pattern in which `[]`, which marks a list's elements, means itself."""
    return form.replace("[", "[[]")


def read(path: Path) -> tuple[Accepted, ...]:
    """Return what the file accepts.

    Raises:
        TargetError: the file cannot be read, or is not TOML.
        Usage: naming the file, the entry and the reason.
    """
    document = toml(path)
    entries = document.pop("accepted", [])
    if document or not isinstance(entries, list):
        raise Usage(f"{path}: expected entries [[accepted]] and nothing else")
    return tuple(entry(path, number, each) for number, each in enumerate(entries, 1))


def entry(path: Path, number: int, given: Any) -> Accepted:
    """Return one entry."""
    where = f"{path}: entry {number}"
    if not isinstance(given, Mapping) or not all(isinstance(each, str) for each in given.values()):
        raise Usage(f"{where}: every value must be a text")
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        raise Usage(f"{where}: unknown key {unknown[0]}; there are {', '.join(FIELDS)}")
    if not given.get("reason"):
        raise Usage(f"{where}: say in `reason` why this difference is accepted")
    return Accepted(**given)
