"""Documents that nobody can change."""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server import json_codec
from mock_server.store.frozen import Immutable, freeze

CHANGES: dict[str, Callable[[Any], object]] = {
    "update": lambda d: d.update(a=1),
    "pop": lambda d: d.pop("list"),
    "clear": lambda d: d.clear(),
    "setdefault": lambda d: d.setdefault("new", 1),
    "set item": lambda d: d.__setitem__("list", 1),
    "delete item": lambda d: d.__delitem__("list"),
    "merge": lambda d: d.__ior__({"a": 1}),
    "append": lambda d: d["list"].append(1),
    "sort": lambda d: d["list"].sort(),
    "set element": lambda d: d["list"].__setitem__(0, 1),
    "add": lambda d: d["list"].__iadd__([1]),
    "update within": lambda d: d["list"][0].update(a=1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_in_a_document_can_be_changed(change: str) -> None:
    """Neither the document nor anything inside it, by whichever method."""
    document = freeze({"list": [{"deep": True}]})
    with pytest.raises(Immutable, match="write a changed copy"):
        CHANGES[change](document)

    assert document == {"list": [{"deep": True}]}


def test_freezing_copies() -> None:
    """Whoever keeps the original cannot change what was stored."""
    original: dict[str, Any] = {"list": [1]}
    frozen = freeze(original)
    original["list"].append(2)

    assert frozen == {"list": [1]}


def test_what_is_frozen_is_not_copied_again() -> None:
    """Writing a changed copy of a large document costs only what changed."""
    frozen = freeze({"data": {"a": 1}})

    assert freeze({**frozen, "b": 2})["data"] is frozen["data"]


def test_frozen_values_are_json() -> None:
    """They are written as what they are, also where a number takes the slow way."""
    assert json_codec.serialise(freeze({"a": [1, (2,)]})) == b'{"a":[1,[2]]}'
    assert json_codec.serialise(freeze({"a": [2**70]})) == f'{{"a":[{2**70}]}}'.encode()
