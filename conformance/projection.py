"""The contract the generator draws from: the tier's, without the ways that lead to other people's records."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import openapi
from conformance.addressing import segment
from conformance.requirement import Tier
from conformance.target import Target

METHODS = ("get", "put", "post", "delete", "patch")
NUMBERS = ("integer", "number")

Spec = dict[str, Any]


def projected(contract: Spec, tier: Tier, target: Target, left_out: Collection[str] = ()) -> Spec:
    """Return what of the contract the tier holds a deployment to, without the operations that are left out.

    The contract itself stays as it is.
    """
    spec = openapi.documented(contract) if tier is Tier.DOCUMENTED else deepcopy(contract)
    return spec if target.disposable else fed(without(harmless(spec), left_out), target.known)


def without(spec: Spec, left_out: Collection[str]) -> Spec:
    """Drop operations by their ids, and the links that lead to them."""
    for item in spec["paths"].values():
        for method in METHODS:
            if method in item and item[method]["operationId"] in left_out:
                del item[method]
    for _, operation in operations(spec):
        for response in operation["responses"].values():
            links = resolved(spec, response).get("links", {})
            for name, link in list(links.items()):
                if resolved(spec, link).get("operationId") in left_out:
                    del links[name]
    return spec


def lifecycles(spec: Spec) -> Iterator[Spec]:
    """Yield for each kind of record that can be deleted the contract of what makes, shows and changes it."""
    for path, item in spec["paths"].items():
        if "delete" in item and path.endswith("}"):
            around = (path, path.rpartition("/")[0])
            inside = {
                operation["operationId"]
                for each in around
                for method, operation in spec["paths"].get(each, {}).items()
                if method in METHODS
            }
            names = {operation["operationId"] for _, operation in operations(spec)}
            yield without(deepcopy(spec), names - inside)


def fed(spec: Spec, known: Mapping[str, Sequence[str]]) -> Spec:
    """Give reads the ids of known records as examples: `sessions` for what stands behind `/sessions/`."""
    for path, item in spec["paths"].items():
        if "get" in item:
            own = item["get"].setdefault("parameters", [])
            names = {resolved(spec, each)["name"] for each in own}
            shared = [
                each for each in item.get("parameters", []) if resolved(spec, each)["name"] not in names
            ]
            item["get"]["parameters"] = [
                with_example(resolved(spec, each), path, known, spec) for each in [*own, *shared]
            ]
    return spec


def with_example(parameter: Spec, path: str, known: Mapping[str, Sequence[str]], spec: Spec) -> Spec:
    """Return the parameter with a known id as its example, where it names a record of a known collection."""
    collection = re.search(rf"([^/]+)/\{{{re.escape(parameter['name'])}\}}", path)
    ids = known.get(collection[1], ()) if collection else ()
    if not ids or parameter["in"] != "path":
        return parameter
    numbers = resolved(spec, parameter.get("schema", {})).get("type") in NUMBERS
    examples = {f"known_{number}": {"value": example(id_, numbers)} for number, id_ in enumerate(ids, 1)}
    return {name: value for name, value in parameter.items() if name != "example"} | {"examples": examples}


def example(id_: str, numbers: bool) -> str | int:
    """Return an id as the generator takes it: a number where ids are numbers, else a step of a path."""
    return int(id_) if numbers and id_.isdecimal() and id_.isascii() else segment(id_)


def writing_operations(spec: Spec) -> frozenset[str]:
    """Return the ids of the operations that may change something."""
    return frozenset(
        str(operation["operationId"]) for method, operation in operations(spec) if method != "get"
    )


def harmless(spec: Spec) -> Spec:
    """Drop the links from something read to something changed: what a list shows may be somebody's."""
    kept = deepcopy(spec)
    methods = {operation["operationId"]: method for method, operation in operations(kept)}
    for method, operation in operations(kept):
        if method == "get":
            for response in operation["responses"].values():
                drop_changing_links(resolved(kept, response), kept, methods)
    return kept


def drop_changing_links(response: Spec, spec: Spec, methods: dict[str, str]) -> None:
    """Remove the links of a response that lead to anything but a read."""
    for name, link in list(response.get("links", {}).items()):
        if methods.get(resolved(spec, link).get("operationId", "")) != "get":
            del response["links"][name]


def resolved(spec: Spec, node: Spec) -> Spec:
    """Return what a node refers to within the document, or the node itself."""
    while "$ref" in node:
        place: Any = spec
        for step in node["$ref"].removeprefix("#/").split("/"):
            place = place[step.replace("~1", "/").replace("~0", "~")]
        node = place
    return node


def operations(spec: Spec) -> Iterator[tuple[str, Spec]]:
    """Go through the operations of a specification with their methods."""
    for item in spec["paths"].values():
        yield from ((method, item[method]) for method in METHODS if method in item)
