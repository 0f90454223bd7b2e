"""A Hypothesis strategy that marks a contract at random, wherever a mark may stand in responses."""

import copy

from hypothesis import strategies as st

from openapi import Spec
from tests.openapi.contracts import WHY
from tests.openapi.objects import Located, objects

ALL = "all of it"
NO_CONSTRAINTS = {"description", "example", "x-assumed"}


@st.composite
def marked(draw: st.DrawFn, spec: Spec) -> Spec:
    """Draw a copy of `spec` with up to eight more things marked as assumed."""
    result = copy.deepcopy(spec)
    places = [(place.node, options) for place in objects(result) if (options := _options(place))]
    for at in draw(st.lists(st.sampled_from(range(len(places))), max_size=8, unique=True)):
        node, options = places[at]
        option = draw(st.sampled_from(options))
        mark = node.get("x-assumed", {})
        if option == ALL:
            node["x-assumed"] = WHY
        elif isinstance(mark, dict):
            node["x-assumed"] = {**mark, option: WHY}
    return result


def _options(place: Located) -> list[str]:
    """Return what may be marked of an object; nothing of a reference, beside which no mark may stand."""
    if "$ref" in place.node or place.in_request:
        return []
    keywords = _keywords(place.node) if place.kind in {"schema", "property"} else []
    options = {
        "operation": [ALL, "existence"],
        "response": [ALL, "status", *sorted(place.node.keys() & {"content", "headers"})],
        "media type": [ALL, "schema"],
        "header": [ALL, "schema", "required"],
        "schema": [ALL, *keywords],
        "property": [ALL, "existence", *keywords],
    }
    return options.get(place.kind, [])


def _keywords(schema: Spec) -> list[str]:
    """Return what a map on `schema` may name."""
    parts = [f"{keyword}/{part}" for keyword in ("required", "enum") for part in schema.get(keyword, [])]
    return ["nullable", *sorted(schema.keys() - NO_CONSTRAINTS), *parts]
