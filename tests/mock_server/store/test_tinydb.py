"""The default store, by the promises of the store interface."""

import pytest

from mock_server.store import Collection, CollectionPlan, DuplicateKey, UnknownKey
from mock_server.store.tinydb import TinyStore

PLAN = CollectionPlan(
    "notes",
    indexes={
        "age": lambda note: (note["age"],),
        "owner": lambda note: None if note["owner"] is None else (note["owner"], note["age"]),
    },
)
NOTES = [("a", "ann", 3), ("b", "bob", 1), ("c", "ann", 2), ("d", None, 4)]


@pytest.fixture
def store() -> TinyStore:
    """A store with four notes; one has no owner."""
    made = TinyStore.create({"api.notes": PLAN})
    for key, owner, age in NOTES:
        made.collection("api.notes").insert(key, {"id": key, "owner": owner, "age": age})
    return made


@pytest.fixture
def notes(store: TinyStore) -> Collection:
    """The collection of that store."""
    return store.collection("api.notes")


def ids(notes: Collection, index: str = "age", *arguments: tuple[object, ...], **options: object) -> str:
    """The ids that a search finds, in one text."""
    return "".join(note["id"] for note in notes.find(index, *arguments, **options))  # type: ignore[arg-type]


def test_find_follows_the_index(notes: Collection) -> None:
    """Documents come in the order of the sort key, or backwards."""
    assert ids(notes) == "bcad"
    assert ids(notes, descending=True) == "dacb"


def test_find_fixes_bounds_and_limits(notes: Collection) -> None:
    """`equal` fixes the first parts, `low` is included, `high` is not, `limit` ends the search."""
    assert ids(notes, "owner", ("ann",)) == "ca"
    assert ids(notes, "owner", ("ann",), low=(3,)) == "a"
    assert ids(notes, "owner", ("ann",), high=(3,)) == "c"
    assert ids(notes, low=(2,), high=(4,), descending=True) == "ac"
    assert ids(notes, limit=2) == "bc"
    assert ids(notes, limit=0) == ""
    assert ids(notes, "owner", ("nobody",)) == ""


def test_a_document_without_a_key_is_not_in_the_index(notes: Collection) -> None:
    """It is found by the other indexes and by its own key."""
    assert ids(notes, "owner") == "cab"
    assert notes.get("d") == {"id": "d", "owner": None, "age": 4}


def test_an_update_moves_the_document(notes: Collection) -> None:
    """Every index follows a write, also into and out of it."""
    notes.update("a", {"id": "a", "owner": None, "age": 0})
    notes.update("d", {"id": "d", "owner": "ann", "age": 9})

    assert ids(notes) == "abcd"
    assert ids(notes, "owner", ("ann",)) == "cd"


def test_a_deleted_document_is_nowhere(notes: Collection) -> None:
    """Neither by key nor by index."""
    notes.delete("a")

    assert notes.get("a") is None
    assert (ids(notes), len(notes)) == ("bcd", 3)


def test_a_search_is_a_snapshot(notes: Collection) -> None:
    """What is written while a result is read does not show in it."""
    found = notes.find("age")
    for note in found:
        notes.delete(note["id"])
        notes.insert(f"{note['id']}2", {**note, "age": note["age"] + 10})

    assert len(notes) == len(NOTES)


def test_keys_are_unique_and_known(notes: Collection) -> None:
    """Inserting over a document, and changing or removing none, are mistakes of the caller."""
    with pytest.raises(DuplicateKey):
        notes.insert("a", {})
    with pytest.raises(UnknownKey):
        notes.update("x", {})
    with pytest.raises(UnknownKey):
        notes.delete("x")


def test_a_refused_write_changes_nothing(notes: Collection) -> None:
    """A document that one index cannot place is not half stored."""
    with pytest.raises(KeyError):
        notes.insert("x", {"id": "x", "age": 5})
    with pytest.raises(KeyError):
        notes.update("a", {"id": "a", "age": 5})

    assert notes.get("x") is None
    assert (ids(notes), ids(notes, "owner")) == ("bcad", "cab")


def test_forks_are_independent(store: TinyStore) -> None:
    """Neither side sees what the other writes from now on."""
    fork = store.fork()
    fork.collection("api.notes").delete("a")
    store.collection("api.notes").insert("e", {"id": "e", "owner": "eve", "age": 5})

    assert ids(store.collection("api.notes")) == "bcade"
    assert ids(fork.collection("api.notes")) == "bcd"


def test_an_undeclared_collection_is_a_mistake(store: TinyStore) -> None:
    """Only what an API declared exists."""
    assert store.names() == ("api.notes",)
    with pytest.raises(KeyError):
        store.collection("api.other")


def test_forks_do_not_share_what_their_indexes_have_pending(store: TinyStore) -> None:
    """An index that nobody has read yet takes its latest writes along, and each fork goes on by itself."""
    other = store.fork()
    for each, key in ((store, "x"), (other, "y")):
        each.collection("api.notes").insert(key, {"id": key, "owner": "ann", "age": 9})
        each.collection("api.notes").delete("b")

    assert ids(store.collection("api.notes")) == "cadx"
    assert ids(other.collection("api.notes")) == "cady"


def test_many_writes_between_two_searches_all_show(notes: Collection) -> None:
    """However many are applied together, in whatever order they came."""
    for age in range(1000, 0, -1):
        notes.insert(f"n{age}", {"id": f"n{age}", "owner": "zoe", "age": age})
    for age in range(1, 1000, 2):
        notes.delete(f"n{age}")

    assert [note["age"] for note in notes.find("owner", ("zoe",))] == list(range(2, 1001, 2))


def test_a_prefix_ends_before_what_only_begins_like_it(store: TinyStore) -> None:
    """`ann` is not `ann` with something behind it, whatever that is; numbers and other values alike."""
    notes = store.collection("api.notes")
    for key, owner in (("x", "ann\0"), ("y", "anna"), ("z", "ann ")):
        notes.insert(key, {"id": key, "owner": owner, "age": 0})

    assert ids(notes, "owner", ("ann",)) == "ca"
    assert ids(notes, "owner", ("ann\0",)) == "x"
    assert ids(notes, "age", (3,)) == "a"
    assert ids(notes, "age", (3.5,)) == ""
    assert ids(notes, "age", (2.0,)) == "c"
