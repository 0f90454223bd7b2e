"""Views: what an API shows of a stored document, made and validated once for as long as the document lives.

A stored document never changes, so what a pure function shows of it does not either. What depends on the
caller, the clock or other documents is no view.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from operator import attrgetter
from typing import Any

from mock_server.json_codec import serialise, trimmed
from mock_server.store.frozen import FrozenDict, freeze

TEXT = attrgetter("text")


class View(FrozenDict):
    """What a function shows of a document; `text` is its JSON, `accepted_by` the last validator that did."""

    __slots__ = ("accepted_by", "text")
    accepted_by: object
    text: bytes

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> "View":
        """A view that nobody has validated."""
        made = cls(freeze(shown))
        made.accepted_by, made.text = None, trimmed(serialise(made))
        return made


def view(show: Callable[[Any], Mapping[str, Any]]) -> Callable[[Any], Mapping[str, Any]]:
    """Decorates a pure function of a document: what it shows of a stored one is kept with the document.

    Any other mapping may still change, so of that it is made each time.
    """

    @wraps(show)
    def shown(document: Any) -> Mapping[str, Any]:
        try:
            kept: View = document.views[show]
        except KeyError:
            kept = document.views[show] = View.of(show(document))
        except AttributeError:
            return show(document)
        return kept

    return shown


def written(body: Any) -> bytes:
    """The JSON of an answer's body. Of views, alone or in a list right inside it, it is there already."""
    if type(body) is View:
        return body.text
    if type(body) is dict:
        for value in body.values():
            if type(value) is list and value and type(value[0]) is View:
                return b"{%s}" % b",".join([b"%s:%s" % (serialise(n), _member(body[n])) for n in body])
    return serialise(body)


def _member(value: Any) -> bytes:
    if type(value) is not list:
        return serialise(value)
    try:
        return b"[%s]" % b",".join(map(TEXT, value))
    except AttributeError:  # not all of them are views
        return serialise(value)
