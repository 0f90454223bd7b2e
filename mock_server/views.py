"""Views: what an API shows of a stored document, made and validated once for as long as the document lives.

A stored document never changes, so what a pure function shows of it does not either. What depends on the
caller, the clock or other documents is no view.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from mock_server.json_codec import serialise
from mock_server.store.frozen import FrozenDict, StoredDocument, freeze


class View(FrozenDict):
    """What a function shows of a document; `accepted_by` is the validator that accepted it last."""

    __slots__ = ("_text", "accepted_by")
    accepted_by: object
    _text: bytes

    @property
    def text(self) -> bytes:
        """Its JSON, written when somebody asks for the first time."""
        if not self._text:
            self._text = serialise(self)
        return self._text

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> "View":
        """A view that nobody has validated or written."""
        made = cls(freeze(shown))
        made.accepted_by, made._text = None, b""
        return made


def view(show: Callable[[Any], Mapping[str, Any]]) -> Callable[[Any], Mapping[str, Any]]:
    """Decorates a pure function of a document: what it shows of a stored one is kept with the document.

    Any other mapping may still change, so of that it is made each time.
    """

    @wraps(show)
    def shown(document: Any) -> Mapping[str, Any]:
        if type(document) is not StoredDocument:
            return show(document)
        kept: View | None = document.views.get(show)
        if kept is None:
            kept = document.views[show] = View.of(show(document))
        return kept

    return shown
