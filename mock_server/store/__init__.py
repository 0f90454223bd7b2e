"""The interface of the store: collections of documents, found by key or by index, in whichever database."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Document = Mapping[str, Any]
IndexKey = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CollectionPlan:
    """A collection as an API declares it.

    `indexes` gives for each index the sort key of a document, a tuple whose parts compare with each other
    across documents; a document whose key is None is not in that index. No two documents have the same place
    in an index that is `unique`. `schema` is the component of the contract that documents keep (they may hold
    more); control writes documents, known by their `id`, only where there is one.
    """

    name: str
    indexes: Mapping[str, Callable[[Any], IndexKey | None]] = field(default_factory=dict)
    unique: tuple[str, ...] = ()
    schema: str = ""


class DuplicateKey(Exception):
    """A document with this key is in the collection already."""


class UnknownKey(KeyError):
    """No document with this key is in the collection."""


class Collection(Protocol):
    """Documents under string keys. They are immutable: a write replaces one, a read hands it out as it is."""

    def __len__(self) -> int:
        """How many documents there are."""

    def items(self) -> Iterator[tuple[str, Any]]:
        """Every key with its document, in no particular order."""

    def get(self, key: str) -> Any | None:
        """The document under `key`, or None."""

    def insert(self, key: str, document: Document) -> Any:
        """Stores a new document and returns its immutable form. Raises `DuplicateKey`."""

    def update(self, key: str, document: Document) -> Any:
        """Replaces a document and returns its immutable form. Raises `UnknownKey`."""

    def delete(self, key: str) -> None:
        """Removes a document. Raises `UnknownKey`."""

    def find(
        self,
        index: str,
        equal: IndexKey = (),
        *,
        low: IndexKey | None = None,
        high: IndexKey | None = None,
        descending: bool = False,
        limit: int | None = None,
    ) -> Iterator[Any]:
        """Documents in the order of `index`.

        `equal` fixes the first parts of the key; `low` (inclusive) and `high` (exclusive) bound the parts
        after those. The result is a snapshot: writes made while it is read do not show in it.
        """


class Store(Protocol):
    """All collections of one world."""

    def collection(self, name: str) -> Collection:
        """The collection of this name (`<api>.<collection>`). Raises `KeyError` for one nobody declared."""

    def names(self) -> tuple[str, ...]:
        """Names of all collections."""

    def documents(self, name: str) -> Mapping[str, Document]:
        """All documents of a collection by key, as they are now; later writes do not show in it."""

    def load(self, name: str, documents: Mapping[str, Document]) -> None:
        """Puts these documents in the place of all that are in a collection."""

    def fork(self) -> "Store":
        """An independent store with the same documents; neither sees what the other writes from now on."""
