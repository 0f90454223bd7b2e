"""A Hypothesis strategy for small contracts in which every mark has a fair chance to matter."""

from hypothesis import strategies as st

from openapi import Spec
from tests.openapi.contracts import contract

NAMES = st.sampled_from(["a", "b"])
MEDIA_TYPES = st.sampled_from(["application/json", "application/*", "application/json", "text/plain"])
CODES = st.sampled_from(["200", "201", "2XX", "404", "4XX", "default"])

LEAVES: st.SearchStrategy[Spec] = st.sampled_from(
    [
        {"type": "string", "maxLength": 2},
        {"type": "string", "enum": ["a", "b"], "nullable": True},
        {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
        {"type": "integer", "maximum": 5},
        {"enum": ["a", 1, None]},
        {"type": "string", "writeOnly": True},
    ]
)


def _larger(schemas: st.SearchStrategy[Spec]) -> st.SearchStrategy[Spec]:
    """Return schemas made of others."""
    branches = st.lists(schemas, min_size=2, max_size=2)
    return st.one_of(
        st.dictionaries(st.sampled_from(["allOf", "anyOf", "oneOf"]), branches, min_size=1, max_size=2),
        schemas.map(lambda schema: {"not": schema}),
        schemas.map(lambda schema: {"type": "array", "items": schema, "maxItems": 2}),
        _objects(schemas),
    )


@st.composite
def _objects(draw: st.DrawFn, schemas: st.SearchStrategy[Spec]) -> Spec:
    result: Spec = {"type": "object", "properties": draw(st.dictionaries(NAMES, schemas, min_size=1))}
    if required := draw(st.lists(NAMES, unique=True)):
        result["required"] = required
    if draw(st.booleans()):
        result["additionalProperties"] = draw(st.just(value=False) | schemas)
    return result


SCHEMAS = st.recursive(LEAVES, _larger, max_leaves=3)


@st.composite
def _responses(draw: st.DrawFn) -> Spec:
    result: Spec = {"description": draw(NAMES)}
    if draw(st.integers(0, 9)):
        content = st.dictionaries(
            MEDIA_TYPES, st.fixed_dictionaries({"schema": SCHEMAS}), min_size=1, max_size=2
        )
        result["content"] = draw(content)
    if draw(st.booleans()):
        schema = {"type": "integer", "minimum": draw(st.integers(0, 1))}
        result["headers"] = {"X-Rate": {"schema": schema, "required": draw(st.booleans())}}
    return result


def small_contracts() -> st.SearchStrategy[Spec]:
    """Return contracts with one operation and up to three responses."""
    return st.dictionaries(CODES, _responses(), min_size=1, max_size=3).map(contract)
