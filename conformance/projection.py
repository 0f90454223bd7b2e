"""The contract the generator draws from: the tier's, without the ways that lead to other people's records."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import openapi
from conformance.requirement import Tier
from conformance.target import Target

METHODS = ("get", "put", "post", "delete", "patch")

Spec = dict[str, Any]


def projected(contract: Spec, tier: Tier, target: Target) -> Spec:
    """Return what of the contract the tier holds a deployment to; the contract itself stays as it is."""
    spec = openapi.documented(contract) if tier is Tier.DOCUMENTED else deepcopy(contract)
    return spec if target.disposable else harmless(spec)


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
