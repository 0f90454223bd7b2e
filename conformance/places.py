"""Finds the operation of a contract that serves a request."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a contract a path stands: the template, and what the path has for its parameters, encoded."""

    template: str
    ids: tuple[str, ...]

    @property
    def collection(self) -> str:
        """The path of the collection whose records the path names."""
        return collection_of(self.template)


def collection_of(template: str) -> str:
    """Return the path of the collection in a template: `/notes` of `/notes/{id}/share`."""
    return template.partition("/{")[0]


def places(contract: Mapping[str, Any], path: str) -> Iterator[Place]:
    """Go through the templates that fit a path; a literal path goes before a template."""
    as_long = [each for each in contract["paths"] if each.count("/") == path.count("/")]
    for template in sorted(as_long, key=lambda each: str(each).count("{")):
        match = re.fullmatch(re.sub(r"\\\{[^/]*?\\\}", "([^/]+)", re.escape(template)), path)
        if match:
            yield Place(template, match.groups())


def served(contract: Mapping[str, Any], method: str, path: str) -> tuple[str, Place] | None:
    """Return the id of the operation that serves the request, and its place, or None."""
    for place in places(contract, path):
        item = contract["paths"][place.template]
        if method.lower() in item:
            return str(item[method.lower()]["operationId"]), place
    return None


def operation_of(contract: Mapping[str, Any], method: str, path: str) -> str | None:
    """Return the id of the operation that serves the request, or None."""
    found = served(contract, method, path)
    return found[0] if found else None


def operations(contract: Mapping[str, Any]) -> list[str]:
    """Return the operation ids of the contract in its order."""
    return [
        item[method]["operationId"]
        for item in contract["paths"].values()
        for method in METHODS
        if method in item
    ]
