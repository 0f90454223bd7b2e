"""Parameters: from request text to handler arguments."""

from typing import Any

import pytest

from mock_server.errors import InvalidRequest
from mock_server.parameters import ParameterReader, compile_parameter, parse_cookies, parse_query
from mock_server.validation import SchemaCompiler

SPECIFICATION = {"components": {"schemas": {"Limit": {"type": "integer", "minimum": 1, "default": 20}}}}


def query_parameter(schema: dict[str, Any], **more: Any) -> ParameterReader:
    """A reader of the query parameter `p`."""
    raw = {"name": "p", "in": "query", "schema": schema, **more}
    return ParameterReader([compile_parameter(raw, "p", SchemaCompiler(SPECIFICATION))])


@pytest.mark.parametrize(
    ("schema", "query", "expected"),
    [
        ({"type": "string"}, b"p=a%20b", "a b"),
        ({"type": "string"}, b"p=", ""),
        ({"type": "integer"}, b"p=-3", -3),
        ({"type": "integer"}, b"p=" + b"9" * 39, 10**39 - 1),
        ({"type": "number"}, b"p=1.5e2", 150.0),
        ({"type": "number"}, b"p=5.6e-238", 5.6e-238),
        ({"type": "boolean"}, b"p=true", True),
        ({"type": "array", "items": {"type": "integer"}}, b"p=1&p=2", [1, 2]),
        ({"$ref": "#/components/schemas/Limit"}, b"p=7", 7),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Limit"}}, b"p=7&p=8", [7, 8]),
    ],
)
def test_text_becomes_what_the_schema_says(schema: dict[str, Any], query: bytes, expected: Any) -> None:
    """A value has the type of its schema, also where the schema is a reference."""
    assert query_parameter(schema).read({}, query, {}) == {"p": expected}


@pytest.mark.parametrize(
    ("schema", "query"),
    [
        ({"type": "integer"}, b"p=1.0"),
        ({"type": "integer"}, b"p=%D9%A3"),
        ({"type": "integer"}, b"p="),
        ({"type": "integer"}, b"p=1_000"),
        ({"type": "number"}, b"p=nan"),
        ({"type": "number"}, b"p=1e400"),
        ({"type": "boolean"}, b"p=TRUE"),
        ({"$ref": "#/components/schemas/Limit"}, b"p=0"),
        ({"type": "string", "enum": ["a"]}, b"p=b"),
        ({"type": "string"}, b"p=a&p=b"),
        ({"type": "array", "items": {"type": "integer"}}, b"p=1&p=x"),
    ],
)
def test_text_that_is_no_such_value_is_refused(schema: dict[str, Any], query: bytes) -> None:
    """The error names the parameter."""
    with pytest.raises(InvalidRequest, match="query parameter 'p'") as refusal:
        query_parameter(schema).read({}, query, {})

    assert refusal.value.pointer == "p"


def test_one_piece_is_split_where_the_contract_says_so() -> None:
    """`explode: false` sends an array as one comma-separated text."""
    reader = query_parameter({"type": "array", "items": {"type": "string"}}, explode=False)

    assert reader.read({}, b"p=a,b", {}) == {"p": ["a", "b"]}


def test_defaults_and_absence() -> None:
    """What was not sent has its default, also behind a reference, or is left out."""
    assert query_parameter({"$ref": "#/components/schemas/Limit"}).read({}, b"", {}) == {"p": 20}
    assert query_parameter({"type": "string"}).read({}, b"other=1", {}) == {}


def test_a_required_parameter_has_to_be_sent() -> None:
    """The error says which one is missing."""
    with pytest.raises(InvalidRequest, match="query parameter 'p': is required"):
        query_parameter({"type": "string"}, required=True).read({}, b"", {})


@pytest.mark.parametrize("query", [b"a=%ff", b"a=%ED%A0%80", b"a=%00", b"\xff=1", b"a=1&" * 201])
def test_a_query_that_cannot_be_text_is_refused(query: bytes) -> None:
    """Bytes that are not UTF-8, U+0000 and endless fields are bad requests."""
    with pytest.raises(InvalidRequest):
        parse_query(query)


def test_a_query_keeps_every_value_in_order() -> None:
    """Repeated names and empty values are kept; a stray percent sign is itself."""
    assert parse_query(b"a=1&b=&a=%zz") == {"a": ["1", "%zz"], "b": [""]}


def test_cookies_that_are_none_are_passed_over() -> None:
    """Only `name=value` is a cookie; quotes around a value are not part of it."""
    assert parse_cookies('a=1; junk; b="two"; ;c=') == {"a": ["1"], "b": ["two"], "c": [""]}
