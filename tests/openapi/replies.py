"""Hypothesis strategies for replies that mostly keep a contract, and Schemathesis' view of them."""

import json
import re
from datetime import timedelta
from typing import Any

import httpx
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from openapi import Spec
from openapi.marks import References

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FORMATS = {
    "date": "2024-01-16",
    "date-time": "2024-01-16T10:00:00Z",
    "email": "a@example.com",
    "time": "10:00:00Z",
    "uri": "https://example.com/",
    "uuid": "6f1c0d0e-6d0b-4b0e-9a51-0a2f0c5e2f10",
}
PRINTABLE = st.characters(min_codepoint=32, max_codepoint=126)
DEPTH = 6
SCALARS = st.none() | st.booleans() | st.integers(-9, 99) | st.text("abz-01", max_size=4)
ANYTHING = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.sampled_from(["id", "a"]), SCALARS)


def accepted(operation: Any, response: httpx.Response) -> bool:
    """Tell whether Schemathesis, which has loaded `operation`, finds nothing wrong with `response`."""
    case = operation.Case(path_parameters=dict.fromkeys(re.findall(r"{(\w+)}", operation.path), "any"))
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup:
        return False
    return True


@st.composite
def replies(draw: st.DrawFn, responses: Spec, references: References) -> httpx.Response:
    """Draw a reply with one of the codes of `responses`, and mostly with a body and headers that fit."""
    code = draw(st.sampled_from(sorted(responses)))
    response = references.resolved(responses[code])
    media, holder = draw(st.sampled_from(sorted(response.get("content", {"text/plain": {}}).items())))
    body = draw(values(holder.get("schema", {}), references))
    headers = {
        name: str(draw(values(references.resolved(header)["schema"], references)))
        for name, header in response.get("headers", {}).items()
        if draw(st.integers(0, 9))
    }
    return reply(_concrete(code), media.replace("*", "json"), headers, body)


def reply(status: int, media: str, headers: dict[str, str], body: Any) -> httpx.Response:
    """Return a reply as it would come from a server."""
    result = httpx.Response(
        status,
        headers={"Content-Type": media, **headers},
        content=json.dumps(body),
        request=httpx.Request("GET", "http://127.0.0.1/"),
    )
    result.elapsed = timedelta()  # Schemathesis reads it; httpx sets it only on replies from a network
    return result


def _concrete(code: str) -> int:
    """Return a code that stands for a key of `responses`."""
    return 500 if code == "default" else int(code.replace("XX", "18"))


@st.composite
def values(draw: st.DrawFn, schema: Spec, references: References, depth: int = DEPTH) -> Any:
    """Draw a value that mostly fits `schema`, and now and then does not."""
    schema = references.resolved(schema)
    if depth == 0 or draw(st.integers(0, 99)) == 99:
        return draw(ANYTHING)
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    if schema.get("nullable") and draw(st.booleans()):
        return None
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return draw(values(draw(st.sampled_from(schema[keyword])), references, depth - 1))
    if "allOf" in schema:
        parts = [draw(values(part, references, depth - 1)) for part in schema["allOf"]]
        return {key: part[key] for part in parts if isinstance(part, dict) for key in part}
    return draw(_typed(schema, references, depth - 1))


def _typed(schema: Spec, references: References, depth: int) -> st.SearchStrategy[Any]:
    match schema.get("type"):
        case "object":
            return _objects(schema, references, depth)
        case "array":
            return st.lists(values(schema["items"], references, depth), max_size=2)
        case "string":
            return _strings(schema)
        case "integer" | "number":
            return st.integers(schema.get("minimum", -3), schema.get("maximum", 99))
        case "boolean":
            return st.booleans()
        case _:
            return ANYTHING


@st.composite
def _objects(draw: st.DrawFn, schema: Spec, references: References, depth: int) -> Spec:
    """Draw an object with most of the required properties and some of the others."""
    present = {}
    for name, value in schema.get("properties", {}).items():
        expected = name in schema.get("required", []) and not value.get("writeOnly")
        if draw(st.integers(0, 99 if expected else 1)):
            present[name] = draw(values(value, references, depth))
    if draw(st.integers(0, 9)) == 9:
        present["other"] = draw(ANYTHING)
    return present


def _strings(schema: Spec) -> st.SearchStrategy[str]:
    if "format" in schema:
        return st.just(FORMATS.get(schema["format"], "ab"))
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True, alphabet=PRINTABLE)
    return st.text("abz-01", min_size=schema.get("minLength", 0), max_size=schema.get("maxLength", 5))
