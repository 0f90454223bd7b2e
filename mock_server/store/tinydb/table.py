"""TinyDB's table over a persistent map: immutable documents, and no write costs more in a larger table.

TinyDB's own table copies every document for every write and hands out its own dictionaries. This one replaces
it, as TinyDB documents; TinyDB's whole-table operations and queries keep working on it.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from immutables import Map
from tinydb import TinyDB
from tinydb.storages import MemoryStorage
from tinydb.table import Table

from mock_server.store.frozen import StoredDocument, frozen

# A look-up in it takes a third, and a write a tenth, of what rpds' HashTrieMap takes.
Documents: TypeAlias = Map[str, StoredDocument]


class DocumentTable(Table):
    """A TinyDB table with string keys; `documents` is what is in it now."""

    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0

    documents: Documents = Map()

    def _read_table(self) -> Mapping[str, StoredDocument]:  # type: ignore[override]
        return self.documents

    def _update_table(self, updater: Callable[[dict[Any, Mapping[str, Any]]], Any]) -> None:
        # The way of TinyDB's own insert, update and remove: over the whole table, for whoever wants queries.
        table: dict[Any, Mapping[str, Any]] = {key: dict(value) for key, value in self.documents.items()}
        updater(table)
        self.documents = Map({key: frozen(value) for key, value in table.items()})

    def _get_next_id(self) -> str:
        raise NotImplementedError("documents come with their own key: insert a TinyDB Document")


class Database(TinyDB):
    """TinyDB with our table class, kept in memory."""

    table_class = DocumentTable

    def __init__(self) -> None:
        super().__init__(storage=MemoryStorage)

    def documents(self, name: str) -> DocumentTable:
        """The table of this name, made when there is none."""
        table = self.table(name)
        assert isinstance(table, DocumentTable)  # what `table_class` makes
        return table
