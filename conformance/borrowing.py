"""Which generated cases may be sent to a deployment that is not the run's own, and what is lent to them.

A case is Schemathesis': its operation, its method, its path parameters, and how its parts were made.
"""

from collections.abc import Collection
from typing import Any
from urllib.parse import quote, unquote

from conformance.adapter import Transport
from conformance.addressing import segment
from conformance.guard import SAFE
from conformance.lending import Lending
from conformance.places import collection_of


def borrow(schema: Any, transport: Transport, lending: Lending, known: Collection[str]) -> None:
    """Have every generated request that would change a record change one of the run's own, or drop it."""

    def filter_case(_: object, case: Any) -> bool:
        return admitted(lending, case)

    def prepare(case: Any) -> None:
        respell(lending, case)
        if not harmless(lending, case) or enlightening(lending, case, known):
            lend(lending, case)

    schema.hook(filter_case)
    transport.prepare = prepare


def lend(lending: Lending, case: Any) -> None:
    """Put the id of a record of the run's own into a case."""
    id_ = lending.lend(case.operation.label, case.method.upper())
    for name, value in case.path_parameters.items():
        lent = int(id_) if isinstance(value, int) and id_.isdigit() else segment(id_)
        case.path_parameters[name] = lent or value


def respell(lending: Lending, case: Any) -> None:
    """Write the ids of the run's own records as they are: the engine takes `%41` in one for an encoded A."""
    for name, value in (case.path_parameters or {}).items():
        mistaken = [id_ for _, id_ in lending.own if "%" in id_ and quote(unquote(id_), safe="") == value]
        if mistaken and not lending.owns(collection_of(case.operation.path), [unquote(value)]):
            case.path_parameters[name] = segment(mistaken[0])


def enlightening(lending: Lending, case: Any, known: Collection[str]) -> bool:
    """Say whether to lend a record to a read of something unknown: every second time."""
    ids = ids_of(case)
    unknown = ids and not lending.owns(collection_of(case.operation.path), ids) and ids.isdisjoint(known)
    return bool(unknown and next(lending.reads) % 2 and positive_path(case)) and lending.can_lend(
        case.operation.label
    )


def harmless(lending: Lending, case: Any) -> bool:
    """Say whether a case changes nothing, or names only records that the run created and did not delete."""
    return case.method.upper() in SAFE or lending.holds(collection_of(case.operation.path), ids_of(case))


def ids_of(case: Any) -> set[str]:
    """Return the ids that a case names; in its path they are encoded."""
    return {unquote(str(each)) for each in (case.path_parameters or {}).values()}


def admitted(lending: Lending, case: Any) -> bool:
    """Say whether a case may be sent, with a record that is lent to it where it names another: not where what
    is wrong with it is the id, nor to a whole collection by a method that the contract does not have.
    """
    if not case.path_parameters:
        return case.method.upper() in SAFE or case.method.lower() == case.operation.method.lower()
    collection = collection_of(case.operation.path)
    return harmless(lending, case) or (
        positive_path(case) and lending.can_lend(case.operation.label, collection)
    )


def positive_path(case: Any) -> bool:
    """Say whether the path of a case keeps the contract."""
    part = case.meta.components.get("path") if case.meta else None
    return not (part and part.mode.is_negative)
