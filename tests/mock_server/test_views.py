"""Views of stored documents: made once, validated once, and never out of date."""

import json
import tracemalloc
from typing import Any

import pytest

from mock_server.store.frozen import Immutable, frozen
from mock_server.views import view, written
from tests.mock_server.worlds import baseline


@view
def name(document: Any) -> dict[str, Any]:
    """What is shown here: the name, and a list."""
    return {"name": document["name"], "list": [1]}


def test_a_view_of_a_stored_document_is_made_once() -> None:
    """Whoever looks again gets the same object."""
    document = frozen({"name": "a", "age": 1})

    assert name(document) is name(document) == {"name": "a", "list": [1]}


def test_a_view_of_anything_else_is_made_each_time() -> None:
    """What may still change is looked at again."""
    document = {"name": "a"}
    before = name(document)
    document["name"] = "b"

    assert (before["name"], name(document)["name"]) == ("a", "b")


def test_a_view_cannot_be_changed() -> None:
    """Nobody can change what others are shown, however deep."""
    with pytest.raises(Immutable):
        name(frozen({"name": "a"}))["list"].append(2)


def test_a_view_takes_little_more_memory_than_what_it_shows() -> None:
    """A hundred thousand records, each seen once, stay within what a laptop has."""
    documents = [frozen({"name": str(number), "age": 1}) for number in range(1000)]
    tracemalloc.start()
    try:
        views = [name(document) for document in documents]
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert kept / len(views) < 1500


def test_functions_do_not_share_views() -> None:
    """Each view has its own function."""
    document = frozen({"name": "a", "age": 1})
    age = view(lambda document: {"age": document["age"]})

    assert (name(document)["name"], age(document)) == ("a", {"age": 1})


def test_a_changed_document_has_another_view() -> None:
    """A write makes a new document, which shows what it holds; the old one shows what it held."""
    sessions = baseline().collection("viben", "sessions")
    fields = dict(next(sessions.find("age")))
    before = sessions.insert("s", {**fields, "name": "a"})
    assert name(before)["name"] == "a"
    after = sessions.update("s", {**before, "name": "b"})

    assert (name(before)["name"], name(after)["name"]) == ("a", "b")


def test_views_are_written_once() -> None:
    """Alone, in lists, and beside what is no view: the text means what it would mean without them."""
    shown, other = name(frozen({"name": "a"})), {"name": "ü", "list": []}
    bodies: list[Any] = [
        shown,
        {"data": [shown, shown], "next": "", "none": None, "empty": [], "object": {}, "list": [1]},
        {"data": [shown, other], "one": shown},
        [shown, 2**70],
        "text",
    ]

    assert [json.loads(written(body)) for body in bodies] == bodies
