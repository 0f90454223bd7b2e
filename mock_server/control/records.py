"""Single records that a test puts in, changes or takes out, past the operations of their API."""

from mock_server.errors import Conflict, UnknownPath
from mock_server.kinds import Kind, check_places
from mock_server.store import Collection, Document
from mock_server.world import World

SEQUENCE = "sequence"


class Records:
    """The records of one collection in one world."""

    def __init__(self, kind: Kind, world: World) -> None:
        self._kind = kind
        self._world = world
        self._collection: Collection = world.collection(kind.api, kind.plan.name)

    def get(self, key: str) -> Document:
        """The record under `key` as it is kept. Raises `UnknownPath`."""
        record: Document | None = self._collection.get(key)
        if record is None:
            raise UnknownPath(f"{self._kind.api} has no record {key[:80]!r} in {self._kind.plan.name}")
        return record

    def put(self, key: str, members: Document) -> tuple[Document, bool]:
        """The record with these members, and whether it is new; members that are left out stay as they are.

        Raises `InvalidRequest`, and `Conflict` for a place in an index that another record has.
        """
        current: Document | None = self._collection.get(key)
        record = {**(current or {}), **members}
        self._kind.check(key, record, members)
        check_places(self._kind.plan, {SEQUENCE: 0, **record})
        self._check_unique(key, record)
        if current is not None:
            return self._collection.update(key, record), False
        ordinal = self._world.next_ordinal(f"{self._kind.api}.{self._kind.plan.name}")
        return self._collection.insert(key, {**record, SEQUENCE: ordinal}), True

    def delete(self, key: str) -> None:
        """Takes the record out. Raises `UnknownPath`."""
        self.get(key)
        self._collection.delete(key)

    def _check_unique(self, key: str, record: Document) -> None:
        for index in self._kind.plan.unique:
            place = self._kind.plan.indexes[index](record) or ()
            others = [
                other["id"] for other in self._collection.find(index, place, limit=2) if other["id"] != key
            ]
            if place and others:
                raise Conflict(f"record {others[0]!r} has the same {index}; no two may")
