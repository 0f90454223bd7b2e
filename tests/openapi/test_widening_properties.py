"""What holds of widening on schemas and responses so small that nearly every reply to them can be tried."""

from itertools import product
from typing import Any

import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_schema_validator import OAS30ReadValidator

import openapi
from openapi import Spec
from openapi.marks import References
from openapi.widening import Widening
from tests.openapi.contracts import WHY, answer, contract
from tests.openapi.marking import marked
from tests.openapi.replies import accepted, reply
from tests.openapi.small import SCHEMAS

SCALARS: list[Any] = [None, True, 0, 1, 2, 6, "a", "b", "abc"]
LISTS: list[Any] = [[], [1, 1, 1], *([scalar] for scalar in SCALARS)]
OBJECTS: list[Any] = [{}, {"c": 1}, *({key: scalar} for key in "ab" for scalar in SCALARS)]
PAIRS: list[Any] = [{"a": one, "b": other} for one, other in product(SCALARS[3:], repeat=2)]
VALUES = [*SCALARS, *LISTS, *OBJECTS, *PAIRS, [["a"]], {"a": {"a": 1}}, {"a": ["a"]}]

CODES = [200, 201, 218, 404, 418, 500]
HEADERS: list[dict[str, str]] = [{}, {"X-Rate": "1"}, {"X-Rate": "a"}]


@given(st.data())
@settings(max_examples=1000)
def test_a_widened_schema_accepts_what_the_full_one_accepts(data: st.DataObject) -> None:
    """Whatever is marked in a schema: none of many values passes it before and fails it after."""
    spec = data.draw(SCHEMAS.map(lambda schema: contract({"200": answer(schema)})).flatmap(marked))
    full = spec["paths"]["/things"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    widened = Widening(References(spec)).schema(full)

    before, after = OAS30ReadValidator(full), OAS30ReadValidator(widened)
    assert not [value for value in VALUES if before.is_valid(value) and not after.is_valid(value)]


@st.composite
def some_responses(draw: st.DrawFn) -> Spec:
    """Draw responses of which some are assumed, or only their codes, each with a body and a header."""
    codes = draw(
        st.lists(st.sampled_from(["200", "201", "2XX", "404", "4XX", "default"]), min_size=2, unique=True)
    )
    bodies = [{"description": "No promise"}, answer({"type": "string"}), answer({"type": "integer"})]
    bodies += [{"description": "Any", "content": {"application/*": {"schema": {"type": "boolean"}}}}]
    headers = [
        {"X-Rate": {"schema": {"type": kind}, "required": kind == "integer"}}
        for kind in ("integer", "string")
    ]
    marks = [{}, {"x-assumed": {"status": WHY}}, {"x-assumed": WHY}]
    return {
        code: draw(st.sampled_from(bodies))
        | draw(st.sampled_from([{}, *({"headers": header} for header in headers)]))
        | draw(st.sampled_from(marks))
        for code in codes
    }


@given(some_responses())
@settings(max_examples=60)
def test_documented_responses_accept_what_the_full_ones_accept(responses: Spec) -> None:
    """Whichever codes are assumed: none of many replies passes before and fails after."""
    full = contract(responses)
    before, after = (
        schemathesis.openapi.from_dict(spec)["/things"]["get"] for spec in (full, openapi.documented(full))
    )
    tried = [
        reply(code, media, headers, body)
        for code, media, headers, body in product(CODES, ["application/json"], HEADERS, ["a", 1, True])
    ]

    assert not [each for each in tried if accepted(before, each) and not accepted(after, each)]
