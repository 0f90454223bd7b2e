"""The default store: TinyDB, with immutable documents in a persistent map and sorted indexes beside it.

TinyDB's own table copies every document for every write and hands out its own dictionaries. This one replaces
the table class, as TinyDB documents it; TinyDB's whole-table operations and queries keep working on it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rpds import HashTrieMap
from sortedcontainers import SortedList
from tinydb import TinyDB
from tinydb.storages import MemoryStorage
from tinydb.table import Table

from mock_server.store import CollectionPlan, Document, DuplicateKey, IndexKey, UnknownKey
from mock_server.store.frozen import FrozenDict, freeze

Documents = Mapping[str, FrozenDict]


class DocumentTable(Table):
    """A TinyDB table with string keys over a persistent map: no write costs more in a larger table."""

    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0

    documents: "HashTrieMap[str, FrozenDict]" = HashTrieMap()

    def put(self, key: str, document: Document) -> FrozenDict:
        """Stores an immutable copy under `key`, in place of whatever was there, and returns it."""
        frozen: FrozenDict = freeze(dict(document))
        self.documents = self.documents.insert(key, frozen)
        return frozen

    def drop(self, key: str) -> None:
        """Removes the document under `key`."""
        self.documents = self.documents.remove(key)

    def _read_table(self) -> Documents:  # type: ignore[override]
        return self.documents

    def _update_table(self, updater: Callable[[dict[Any, Mapping[str, Any]]], Any]) -> None:
        # The way of TinyDB's own insert, update and remove: over the whole table, for whoever wants queries.
        table: dict[Any, Mapping[str, Any]] = {key: dict(value) for key, value in self.documents.items()}
        updater(table)
        self.documents = HashTrieMap({key: freeze(dict(value)) for key, value in table.items()})

    def _get_next_id(self) -> str:
        raise NotImplementedError("documents come with their own key: use put() or a TinyDB Document")


class Database(TinyDB):
    """TinyDB with our table class, kept in memory."""

    table_class = DocumentTable

    def __init__(self) -> None:
        super().__init__(storage=MemoryStorage)


class Index:
    """Keys of documents in the order of a sort key."""

    def __init__(
        self, sort_key: Callable[[Any], IndexKey | None], entries: Sequence[tuple[IndexKey, str]] = ()
    ) -> None:
        self._sort_key = sort_key
        self._entries = SortedList(entries)

    def add(self, key: str, document: Document) -> None:
        """Takes a document in, unless its sort key is None."""
        if (sort_key := self._sort_key(document)) is not None:
            self._entries.add((sort_key, key))

    def remove(self, key: str, document: Document) -> None:
        """Takes a document out."""
        if (sort_key := self._sort_key(document)) is not None:
            self._entries.remove((sort_key, key))

    def keys(self, low: IndexKey, high: IndexKey, descending: bool) -> Iterator[str]:
        """Keys of documents whose sort key is in [low, high)."""
        found = self._entries.irange((low, ""), (high, ""), (True, False), reverse=descending)
        return (key for _, key in found)

    def copy(self) -> "Index":
        """An independent index with the same entries."""
        return Index(self._sort_key, list(self._entries))


class TinyCollection:
    """A `Collection` over one table and its indexes."""

    def __init__(self, table: DocumentTable, indexes: Mapping[str, Index]) -> None:
        self._table = table
        self._indexes = indexes

    def __len__(self) -> int:
        return len(self._table.documents)

    def items(self) -> Iterator[tuple[str, FrozenDict]]:
        """See `Collection.items`."""
        return iter(self._table.documents.items())

    def get(self, key: str) -> FrozenDict | None:
        """See `Collection.get`."""
        return self._table.documents.get(key)

    def insert(self, key: str, document: Document) -> FrozenDict:
        """See `Collection.insert`."""
        if key in self._table.documents:
            raise DuplicateKey(key)
        return self._write(key, document)

    def update(self, key: str, document: Document) -> FrozenDict:
        """See `Collection.update`."""
        self._unindex(key)
        return self._write(key, document)

    def delete(self, key: str) -> None:
        """See `Collection.delete`."""
        self._unindex(key)
        self._table.drop(key)

    def find(
        self,
        index: str,
        equal: IndexKey = (),
        *,
        low: IndexKey | None = None,
        high: IndexKey | None = None,
        descending: bool = False,
        limit: int | None = None,
    ) -> Iterator[FrozenDict]:
        """See `Collection.find`."""
        first = (*equal, *(low or ()))
        last = (*equal, *high) if high is not None else (*equal, GREATEST)
        keys = list(_limited(self._indexes[index].keys(first, last, descending), limit))
        documents = self._table.documents
        return (documents[key] for key in keys)

    def fork(self, table: DocumentTable) -> "TinyCollection":
        """The same documents over another table."""
        table.documents = self._table.documents
        return TinyCollection(table, {name: index.copy() for name, index in self._indexes.items()})

    def _write(self, key: str, document: Document) -> FrozenDict:
        stored = self._table.put(key, document)
        for index in self._indexes.values():
            index.add(key, stored)
        return stored

    def _unindex(self, key: str) -> None:
        document = self._table.documents.get(key)
        if document is None:
            raise UnknownKey(key)
        for index in self._indexes.values():
            index.remove(key, document)


class TinyStore:
    """A `Store` in one TinyDB database, a table for each collection."""

    def __init__(self, database: Database, collections: Mapping[str, TinyCollection]) -> None:
        self._database = database
        self._collections = collections

    @classmethod
    def create(cls, plans: Mapping[str, CollectionPlan]) -> "TinyStore":
        """An empty store with a collection for each plan, under its full name."""
        database = Database()
        collections = {
            name: TinyCollection(
                _table(database, name), {index: Index(sort_key) for index, sort_key in plan.indexes.items()}
            )
            for name, plan in plans.items()
        }
        return cls(database, collections)

    def collection(self, name: str) -> TinyCollection:
        """See `Store.collection`."""
        return self._collections[name]

    def names(self) -> tuple[str, ...]:
        """See `Store.names`."""
        return tuple(self._collections)

    def fork(self) -> "TinyStore":
        """See `Store.fork`."""
        database = Database()
        forks = {name: kept.fork(_table(database, name)) for name, kept in self._collections.items()}
        return TinyStore(database, forks)


class _Greatest:
    """Compares greater than everything else, so that a prefix of an index can be searched to its end."""

    def __lt__(self, other: object) -> bool:
        return False

    def __gt__(self, other: object) -> bool:
        return other is not self


GREATEST = _Greatest()


def _table(database: Database, name: str) -> DocumentTable:
    table = database.table(name)
    assert isinstance(table, DocumentTable)  # what `table_class` makes
    return table


def _limited(keys: Iterator[str], limit: int | None) -> Iterator[str]:
    for position, key in enumerate(keys):
        if position == limit:
            return
        yield key
