"""Provenance: telling what the vendor's document says from what this project assumes.

`x-assumed` in an object of a contract is a reason, a text (all of the object is ours), or a map from what
exactly is ours to its reason: a keyword, `required/NAME`, `enum/VALUE`, `status`, `path` or `existence`.
"""

import copy
from collections.abc import Iterator
from itertools import chain

from openapi.marks import References, Spec, is_ours
from openapi.responses import documented_responses

__all__ = ["METHODS", "documented"]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def documented(spec: Spec) -> Spec:
    """Return a copy of `spec` that promises no more than the vendor's document does; `spec` stays as it is.

    Only what a server answers is widened. Requests stay those of the full contract, with their marks, and so
    does a path item of which only the URL is assumed. Assumed operations go, and the links to them.
    Raises `LookupError` when a reference is dangling or leaves the contract.
    """
    result = copy.deepcopy(spec)
    _drop_assumed_operations(result)
    _drop_links_to(_operation_names(spec) - _operation_names(result), result, References(spec))
    references = References(copy.deepcopy(result))
    for _, operation in _operations(result):
        operation["responses"] = documented_responses(operation["responses"], references)
    return result


def _operations(spec: Spec) -> Iterator[tuple[str, Spec]]:
    """Yield every operation with the reference that leads to it."""
    for path, item in spec["paths"].items():
        pointer = path.replace("~", "~0").replace("/", "~1")
        for method in METHODS:
            if method in item:
                yield f"#/paths/{pointer}/{method}", item[method]


def _operation_names(spec: Spec) -> set[str]:
    """Return all that a link can call an operation: its reference and its operationId."""
    operations = dict(_operations(spec))
    return set(operations) | {op["operationId"] for op in operations.values() if "operationId" in op}


def _drop_assumed_operations(spec: Spec) -> None:
    """Take the operations out that are ours, and the paths on which none is left."""
    for path, item in list(spec["paths"].items()):
        methods = [method for method in METHODS if method in item]
        for method in methods:
            if is_ours(item) or is_ours(item[method]):
                del item[method]
        if methods and not any(method in item for method in methods):
            del spec["paths"][path]


def _drop_links_to(gone: set[str], spec: Spec, references: References) -> None:
    """Take the links out whose operation is in `gone`: a dangling one stops a stateful test run."""
    components = spec.get("components", {})
    responses = [list(operation["responses"].values()) for _, operation in _operations(spec)]
    for holder in [*chain(*responses), *components.get("responses", {}).values(), components]:
        links = holder.get("links", {})
        for name in [name for name, link in links.items() if _leads_to(gone, references.resolved(link))]:
            del links[name]
        if not links:
            holder.pop("links", None)


def _leads_to(names: set[str], link: Spec) -> bool:
    return link.get("operationId") in names or link.get("operationRef") in names
