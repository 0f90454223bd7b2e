"""The objects of a contract in which a mark may stand, each with its kind and its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openapi import Spec
from openapi.provenance import METHODS

_SCHEMA = {
    "properties/*": "property",
    "items": "schema",
    "additionalProperties": "schema",
    "not": "schema",
    "allOf/*": "schema",
    "anyOf/*": "schema",
    "oneOf/*": "schema",
}
_CHILDREN = {
    "contract": {"paths/*": "path item", "components": "components"},
    "components": {
        "schemas/*": "schema",
        "responses/*": "response",
        "parameters/*": "parameter",
        "requestBodies/*": "request body",
        "headers/*": "header",
        "securitySchemes/*": "security scheme",
    },
    "path item": {"parameters/*": "parameter", **dict.fromkeys(METHODS, "operation")},
    "operation": {"parameters/*": "parameter", "requestBody": "request body", "responses/*": "response"},
    "parameter": {"schema": "schema", "content/*": "media type"},
    "request body": {"content/*": "media type"},
    "response": {"headers/*": "header", "content/*": "media type"},
    "header": {"schema": "schema", "content/*": "media type"},
    "media type": {"schema": "schema"},
    "security scheme": {},
    "schema": _SCHEMA,
    "property": _SCHEMA,
}


@dataclass(frozen=True, slots=True)
class Located:
    """One object of a contract: what it is, where it stands, and itself."""

    kind: str
    pointer: str
    node: Spec

    @property
    def in_request(self) -> bool:
        """Whether it is part of what a client sends."""
        return any(part in self.pointer for part in ("/requestBody", "/requestBodies/", "/parameters/"))


def objects(spec: Spec) -> Iterator[Located]:
    """Yield every object of `spec` that can be told by its place, references too."""
    yield from _below(Located("contract", "#", spec))


def _below(parent: Located) -> Iterator[Located]:
    for keyword, kind in _CHILDREN[parent.kind].items():
        for name, node in _values(parent.node, keyword):
            if isinstance(node, dict):
                child = Located(kind, f"{parent.pointer}/{name}", node)
                yield child
                yield from _below(child)


def _values(node: Spec, keyword: str) -> Iterator[tuple[str, Any]]:
    """Yield name and value of `keyword`, or of everything in it when it ends with a star."""
    name, star, _ = keyword.partition("/*")
    value = node.get(name)
    if not star:
        yield name, value
    elif isinstance(value, dict):
        yield from ((f"{name}/{key.replace('/', '~1')}", item) for key, item in value.items())
    elif isinstance(value, list):
        yield from ((f"{name}/{at}", item) for at, item in enumerate(value))
