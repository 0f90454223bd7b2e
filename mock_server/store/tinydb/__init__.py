"""The default store: TinyDB, immutable documents in persistent maps, with persistent indexes beside them."""

from collections.abc import Iterator, Mapping
from itertools import islice
from threading import RLock

from immutables import Map

from mock_server.store import CollectionPlan, Document, DuplicateKey, IndexKey, UnknownKey
from mock_server.store.frozen import StoredDocument, frozen
from mock_server.store.tinydb.index import Index
from mock_server.store.tinydb.table import Database, Documents, DocumentTable


class TinyCollection:
    """A `Collection` over one table and its indexes."""

    def __init__(self, table: DocumentTable, indexes: Mapping[str, Index]) -> None:
        self._table = table
        self._indexes = indexes
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._table.documents)

    @property
    def documents(self) -> Documents:
        """See `Store.documents`."""
        return self._table.documents

    def items(self) -> Iterator[tuple[str, StoredDocument]]:
        """See `Collection.items`."""
        return iter(self._table.documents.items())

    def get(self, key: str) -> StoredDocument | None:
        """See `Collection.get`."""
        return self._table.documents.get(key)

    def insert(self, key: str, document: Document) -> StoredDocument:
        """See `Collection.insert`."""
        kept = frozen(document)
        with self._lock:
            if key in self._table.documents:
                raise DuplicateKey(key)
            self._change(key, None, kept)
        return kept

    def update(self, key: str, document: Document) -> StoredDocument:
        """See `Collection.update`."""
        kept = frozen(document)
        with self._lock:
            self._change(key, self._existing(key), kept)
        return kept

    def delete(self, key: str) -> None:
        """See `Collection.delete`."""
        with self._lock:
            self._change(key, self._existing(key), None)

    def load(self, documents: Mapping[str, Document]) -> None:
        """See `Store.load`; takes less time than inserting them one by one."""
        kept = {key: frozen(document) for key, document in documents.items()}
        with self._lock:
            self._indexes = {name: index.over(kept) for name, index in self._indexes.items()}
            self._table.documents = Map(kept)

    def find(
        self,
        index: str,
        equal: IndexKey = (),
        *,
        low: IndexKey | None = None,
        high: IndexKey | None = None,
        descending: bool = False,
        limit: int | None = None,
    ) -> Iterator[StoredDocument]:
        """See `Collection.find`."""
        with self._lock:
            documents, settled = self._table.documents, self._settled(index)
        keys = settled.keys(equal, low, high, descending=descending)
        return map(documents.__getitem__, islice(keys, limit))

    def fork(self, table: DocumentTable) -> "TinyCollection":
        """The same documents over another table; nothing is copied."""
        with self._lock:
            table.documents = self._table.documents
            return TinyCollection(table, self._indexes)

    def _settled(self, name: str) -> Index:
        index = self._indexes[name]
        if index.pending:
            index = index.settled()
            self._indexes = {**self._indexes, name: index}
        return index

    def _existing(self, key: str) -> StoredDocument:
        document = self._table.documents.get(key)
        if document is None:
            raise UnknownKey(key)
        return document

    def _change(self, key: str, before: StoredDocument | None, after: StoredDocument | None) -> None:
        # Everything that can fail comes first, so that documents and indexes always agree.
        indexes = {name: index.changed(key, before, after) for name, index in self._indexes.items()}
        documents = self._table.documents
        documents = documents.delete(key) if after is None else documents.set(key, after)
        self._indexes, self._table.documents = indexes, documents


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
                database.documents(name), {index: Index(key) for index, key in plan.indexes.items()}
            )
            for name, plan in plans.items()
        }
        return cls(database, collections)

    def collection(self, name: str) -> TinyCollection:
        """See `Store.collection`."""
        return self._collections[name]

    def documents(self, name: str) -> Documents:
        """See `Store.documents`."""
        return self._collections[name].documents

    def load(self, name: str, documents: Mapping[str, Document]) -> None:
        """See `Store.load`."""
        self._collections[name].load(documents)

    def names(self) -> tuple[str, ...]:
        """See `Store.names`."""
        return tuple(self._collections)

    def fork(self) -> "TinyStore":
        """See `Store.fork`."""
        database = Database()
        forks = {name: kept.fork(database.documents(name)) for name, kept in self._collections.items()}
        return TinyStore(database, forks)
