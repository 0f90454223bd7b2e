"""What the records of a collection have to be like: the component of the contract that its plan names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mock_server.errors import InvalidRequest
from mock_server.store import CollectionPlan, Document
from mock_server.validation import SchemaCompiler, Validator


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


def check_places(plan: CollectionPlan, record: Document) -> None:
    """Raises `InvalidRequest` for a record that an index cannot place."""
    for index, sort_key in plan.indexes.items():
        try:
            sort_key(record)
        except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
            reason = f"has no place in the index {index!r} ({type(error).__name__}: {error})"
            raise InvalidRequest(reason) from None


Kinds = Mapping[tuple[str, str], Kind]


def kinds(apis: Iterable[StoredApi]) -> Kinds:
    """The collections of which that is known, by API and name: those whose plan names a schema."""
    found = {}
    for api in apis:
        compiler = SchemaCompiler(api.specification)
        for plan in (plan for plan in api.collections if plan.schema):
            validator = compiler.compile({"$ref": f"#/components/schemas/{plan.schema}"}, "response")
            described = api.specification["components"]["schemas"][plan.schema]["properties"]
            found[api.name, plan.name] = Kind(api.name, plan, validator, frozenset(described))
    return found
