"""A Hypothesis strategy that marks a contract at random, wherever a mark may stand in responses."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from openapi import Spec
from openapi.provenance import METHODS
from tests.openapi.contracts import WHY

ALL = "all of it"
NO_CONSTRAINTS = {"description", "example", "x-assumed"}

Place = tuple[Spec, list[str]]


@st.composite
def marked(draw: st.DrawFn, spec: Spec) -> Spec:
    """Draw a copy of `spec` with up to eight more things marked as assumed."""
    result = copy.deepcopy(spec)
    places = list(_places(result))
    for place in draw(st.lists(st.sampled_from(range(len(places))), max_size=8, unique=True)):
        node, options = places[place]
        option = draw(st.sampled_from(options))
        mark = node.get("x-assumed", {})
        if option == ALL:
            node["x-assumed"] = WHY
        elif isinstance(mark, dict):
            node["x-assumed"] = {**mark, option: WHY}
    return result


def _places(spec: Spec) -> Iterator[Place]:
    """Yield every object that may be marked, with what may be marked of it."""
    for item in spec["paths"].values():
        for operation in (item[method] for method in METHODS if method in item):
            yield operation, [ALL, "existence"]
            yield from _each(_response_places, operation["responses"])
    components = spec.get("components", {})
    yield from _each(_response_places, components.get("responses", {}))
    yield from _each(_header_places, components.get("headers", {}))
    yield from _each(_schema_places, components.get("schemas", {}))


def _each(places: Any, nodes: Spec) -> Iterator[Place]:
    """Yield the places in those of `nodes` that are no references; beside one no mark may stand."""
    for node in nodes.values():
        if "$ref" not in node:
            yield from places(node)


def _response_places(response: Spec) -> Iterator[Place]:
    yield response, [ALL, "status", *sorted(response.keys() & {"content", "headers"})]
    yield from _each(_header_places, response.get("headers", {}))
    yield from _each(_media_places, response.get("content", {}))


def _media_places(media: Spec) -> Iterator[Place]:
    yield media, [ALL, "schema"]
    yield from _each(_schema_places, {"schema": media["schema"]})


def _header_places(header: Spec) -> Iterator[Place]:
    yield header, [ALL, "schema", "required"]
    yield from _each(_schema_places, {"schema": header["schema"]})


def _schema_places(schema: Spec) -> Iterator[Place]:
    yield schema, [ALL, *_keywords(schema)]
    for keyword in ("allOf", "anyOf", "oneOf"):
        yield from _each(
            _schema_places, {str(at): branch for at, branch in enumerate(schema.get(keyword, []))}
        )
    for keyword in ("items", "not", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from _each(_schema_places, {keyword: schema[keyword]})
    for place in _each(_schema_places, schema.get("properties", {})):
        node, options = place
        yield node, [*options, "existence"]


def _keywords(schema: Spec) -> list[str]:
    """Return what a map on `schema` may name."""
    parts = [f"{keyword}/{part}" for keyword in ("required", "enum") for part in schema.get(keyword, [])]
    return ["nullable", *sorted(schema.keys() - NO_CONSTRAINTS), *parts]
