"""Single records that a test puts in, changes or takes out, past the operations of their API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mock_server.errors import Conflict, InvalidRequest, UnknownPath
from mock_server.store import Collection, CollectionPlan, Document
from mock_server.validation import SchemaCompiler, Validator
from mock_server.world import World

SEQUENCE = "sequence"


class StoredApi(Protocol):
    """What this module needs to know of an API (see `contract.MockApi`)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def specification(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def collections(self) -> tuple[CollectionPlan, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Kind:
    """The records of one collection: `validator` and `described` come from the contract's component."""

    api: str
    plan: CollectionPlan
    validator: Validator
    described: frozenset[str]

    def check(self, key: str, record: Document, given: Document) -> None:
        """Raises `InvalidRequest` for a record that the contract does not allow under `key`.

        Members that only the mock knows of are passed over, unless they were `given`.
        """
        seen = {name: value for name, value in record.items() if name in self.described or name in given}
        violation = next(self.validator.violations(seen), None)
        if violation is not None:
            raise InvalidRequest(violation.detail, pointer=violation.pointer)
        if str(record.get("id")) != key:
            raise InvalidRequest(f"id: has to be the key in the path, {key[:80]!r}", pointer="/id")


Kinds = Mapping[tuple[str, str], Kind]


def kinds(apis: Iterable[StoredApi]) -> Kinds:
    """The collections whose records can be written: those whose plan names a schema of the contract."""
    found = {}
    for api in apis:
        compiler = SchemaCompiler(api.specification)
        for plan in (plan for plan in api.collections if plan.schema):
            validator = compiler.compile({"$ref": f"#/components/schemas/{plan.schema}"}, "response")
            described = api.specification["components"]["schemas"][plan.schema]["properties"]
            found[api.name, plan.name] = Kind(api.name, plan, validator, frozenset(described))
    return found


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
        self._check_places(key, record)
        if current is not None:
            return self._collection.update(key, record), False
        ordinal = self._world.next_ordinal(f"{self._kind.api}.{self._kind.plan.name}")
        return self._collection.insert(key, {**record, SEQUENCE: ordinal}), True

    def delete(self, key: str) -> None:
        """Takes the record out. Raises `UnknownPath`."""
        self.get(key)
        self._collection.delete(key)

    def _check_places(self, key: str, record: Document) -> None:
        for index in self._kind.plan.unique:
            place = self._kind.plan.indexes[index](record) or ()
            others = [
                other["id"] for other in self._collection.find(index, place, limit=2) if other["id"] != key
            ]
            if place and others:
                raise Conflict(f"record {others[0]!r} has the same {index}; no two may")
