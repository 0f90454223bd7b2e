"""Creations whose reply may never come: what was sent, and which record of a list it certainly made.

On a deployment that is not the run's own every name that the run makes up holds the run's mark, which is
random: a record that shows such a name is the run's, and nobody else's.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.creations import ENVELOPES, ids

PLAIN = (str, int, float)  # bool is an int

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Search:
    """How to find what creations without a reply made.

    `mark` is the run's, empty where it has none. `candidates` reads from the list, as an actor, records among
    which is what was sent; None where nothing can be listed. `alike` says whether a value shown is the one
    sent.
    """

    mark: str
    candidates: Callable[[Fields, str | None], Iterable[Fields]] | None
    alike: Callable[[Any, Any], bool]

    def can_find(self, sent: Fields) -> bool:
        """Say whether what was sent made a record that can be told from all others."""
        return self.candidates is not None and bool(names(sent, self.mark))

    def found(self, sent: Fields, actor: str | None, *, by_name: bool = False) -> list[str]:
        """Return the ids of the records that were certainly made by what was sent.

        Those of a series are known `by_name` alone, for each has a day of its own.

        Raises:
            Outcome: the list cannot be read.
        """
        listed = self.candidates(sent, actor) if self.candidates else ()
        named = [each for each in listed if self.has_name(sent, each)]
        made = named if by_name else [each for each in named if self.agrees(sent, each)]
        return [id_ for each in made for id_ in ids(each)]

    def has_name(self, sent: Fields, record: Fields) -> bool:
        """Say whether a record has the name that was sent, and that only this run gives."""
        return any(record.get(name) == value for name, value in names(sent, self.mark).items())

    def agrees(self, sent: Fields, record: Fields) -> bool:
        """Say whether a record shows no plain field otherwise than it was sent."""
        plain = {name: value for name, value in sent.items() if isinstance(value, PLAIN) and name in record}
        return all(self.alike(value, record[name]) for name, value in plain.items())

    def is_own(self, document: Any) -> bool:
        """Say whether what is read at an address is certainly a record of the run."""
        inner = [document.get(each) for each in ENVELOPES] if isinstance(document, dict) else []
        return any(isinstance(each, dict) and names(each, self.mark) for each in (document, *inner))


def names(fields: Fields, mark: str) -> dict[str, str]:
    """Return the fields that hold a name with the mark."""
    return {
        name: value for name, value in fields.items() if mark and isinstance(value, str) and mark in value
    }


def fields(body: str) -> Fields:
    """Return what a body says; nothing where it is no object, or was too long to be noted whole."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}
