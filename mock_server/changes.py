"""What requests change: a collection that notes each write, whichever store is behind it."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from mock_server.store import Collection, Document


class Change(NamedTuple):
    """One write: the document as it was (None: there was none) and as it is (None: it is gone)."""

    collection: str
    key: str
    before: Document | None
    after: Document | None


class WatchedCollection:
    """A `Collection` that tells `note` of every write and is otherwise the one it was made from."""

    __slots__ = ("_collection", "_name", "_note", "find", "get")

    def __init__(self, name: str, collection: Collection, note: Callable[[Change], None]) -> None:
        self._name = name
        self._collection = collection
        self._note = note
        # Reading is not watched, so it goes straight to the store.
        self.get: Callable[[str], Any | None] = collection.get
        self.find = collection.find

    def __len__(self) -> int:
        return len(self._collection)

    def items(self) -> Iterator[tuple[str, Any]]:
        """See `Collection.items`."""
        return self._collection.items()

    def insert(self, key: str, document: Document) -> Any:
        """See `Collection.insert`."""
        stored = self._collection.insert(key, document)
        self._note(Change(self._name, key, None, stored))
        return stored

    def update(self, key: str, document: Document) -> Any:
        """See `Collection.update`."""
        before = self._collection.get(key)
        stored = self._collection.update(key, document)
        self._note(Change(self._name, key, before, stored))
        return stored

    def delete(self, key: str) -> None:
        """See `Collection.delete`."""
        before = self._collection.get(key)
        self._collection.delete(key)
        self._note(Change(self._name, key, before, None))
