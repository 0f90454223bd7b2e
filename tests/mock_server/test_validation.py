"""Compiled schemas and their messages."""

from typing import Any

import pytest

from mock_server.store.frozen import frozen
from mock_server.validation import SchemaCompiler, Violation, translate
from mock_server.views import View, view

SCHEMAS = {
    "Name": {"type": "string", "minLength": 1, "nullable": True},
    "User": {
        "type": "object",
        "required": ["id", "secret"],
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
            "name": {"$ref": "#/components/schemas/Name"},
            "example": {"type": "integer"},
        },
    },
}
COMPILER = SchemaCompiler({"components": {"schemas": SCHEMAS}})
USER = {"$ref": "#/components/schemas/User"}


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "string", "nullable": True}, None, 1),
        ({"type": "string", "enum": ["a"], "nullable": True}, None, "b"),
        ({"type": "integer", "minimum": 0, "exclusiveMinimum": True}, 1, 0),
        ({"type": "number", "maximum": 9, "exclusiveMaximum": False}, 9, 10),
        ({"type": "string", "format": "uuid"}, "5b0c6a3e-2f0d-4c8e-9a51-0d6f4f1c7a01", "x"),
        ({"type": "string", "format": "date-time"}, "2026-01-31T12:00:00Z", "2026-01-31"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Name"}}, ["a", None], [""]),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, 1, 1.5),
        ({"not": {"enum": [".."]}}, ".", ".."),
        ({}, {"any": "thing"}, ...),
    ],
)
def test_openapi_schemas_mean_what_openapi_says(schema: dict[str, Any], good: Any, bad: Any) -> None:
    """`nullable`, boolean exclusive bounds, formats and references work as OpenAPI 3.0 has them."""
    validator = COMPILER.compile(schema, "request")

    assert validator.accepts(good)
    assert bad is ... or not validator.accepts(bad)


def test_a_request_holds_no_read_only_property() -> None:
    """What only the server sets is neither required of a client nor taken from it."""
    validator = COMPILER.compile(USER, "request")

    assert validator.accepts({"secret": "s", "name": None})
    assert not validator.accepts({"secret": "s", "id": 1})


def test_a_response_holds_no_write_only_property() -> None:
    """What only clients know is never sent back."""
    validator = COMPILER.compile(USER, "response")

    assert validator.accepts({"id": 1})
    assert not validator.accepts({"id": 1, "secret": "s"})


def test_a_property_may_be_called_as_a_keyword() -> None:
    """Annotations are dropped from schemas, not from the names of properties."""
    assert not COMPILER.compile(USER, "response").accepts({"id": 1, "example": "x"})


def test_a_violation_points_at_value_and_rule() -> None:
    """The message names the field; the pointers lead to it in the value and to the keyword in the schema."""
    schema = {"type": "object", "properties": {"a/b": {"type": "string"}}}
    [violation] = COMPILER.compile(schema, "request").violations({"a/b": 1})

    assert violation == Violation("/a~1b", 'a/b: 1 is not of type "string"', "/allOf/0/properties/a~1b/type")


def test_a_message_about_a_long_value_is_short() -> None:
    """Nobody gets a megabyte back because the megabyte was wrong; what was expected stays readable."""
    [violation] = COMPILER.compile({"type": "string"}, "request").violations(["x" * 100_000])

    assert len(violation.detail) < 500
    assert violation.detail.endswith('is not of type "string"')


def test_translating_leaves_the_contract_alone() -> None:
    """The same schema can be compiled again, for the other direction."""
    schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "readOnly": True}}}
    before = repr(schema)
    translate(schema, "request")

    assert repr(schema) == before


def test_what_is_missing_is_named() -> None:
    """The complaint about a missing property points to where it should be."""
    violation = next(COMPILER.compile(USER, "request").violations({}))

    assert (violation.pointer, violation.detail) == ("/secret", "secret: is required")


def test_alternatives_are_told_one_by_one() -> None:
    """Where nothing fits, the complaint says what is wrong with each alternative."""
    schema = {"anyOf": [{"required": ["a"]}, {"type": "string"}]}
    [violation] = COMPILER.compile(schema, "request").violations({})

    assert violation.detail == (
        'the value: fits no alternative: "a" is a required property; or: {} is not of type "string"'
    )


NAMES: dict[str, Any] = {"type": "array", "items": {"$ref": "#/components/schemas/Name"}, "maxItems": 2}
LISTING: dict[str, Any] = {"type": "object", "required": ["names"], "properties": {"names": NAMES}}


@pytest.mark.parametrize(
    ("schema", "body", "accepted"),
    [
        (LISTING, {"names": ["a", None]}, True),
        (LISTING, {"names": []}, True),
        (LISTING, {"names": ["a", ""]}, False),
        (LISTING, {"names": ["a"] * 3}, False),
        (LISTING, {"names": "a"}, False),
        (LISTING, {}, False),
        (LISTING, ["a"], False),
        ({**LISTING, "allOf": [{"properties": {"names": {"maxItems": 1}}}]}, {"names": ["a", "b"]}, False),
        ({"properties": {"names": {**NAMES, "uniqueItems": True}}}, {"names": ["a", "a"]}, False),
        ({"$ref": "#/components/schemas/User"}, {"id": 1}, True),
        ({"$ref": "#/components/schemas/User"}, {"id": "1"}, False),
    ],
)
def test_a_body_is_validated_in_all_its_parts(schema: dict[str, Any], body: Any, accepted: bool) -> None:
    """Elements of lists, how many there are, and what is around them: the parts mean what the whole means."""
    validator = COMPILER.compile_body(schema)

    assert validator.accepts(body) is COMPILER.compile(schema, "response").accepts(body) is accepted


def accepted_by(shown: object) -> object:
    """The validator that accepted a view last."""
    assert isinstance(shown, View)
    return shown.accepted_by


def test_a_view_is_validated_once() -> None:
    """What was accepted cannot change, and is not looked at again; another schema looks for itself."""
    shown = view(lambda document: {"id": document["id"]})(frozen({"id": 1}))
    users, strict = COMPILER.compile_body(USER), COMPILER.compile_body({"required": ["name"]})
    assert users.accepts(shown)
    first = accepted_by(shown)

    assert users.accepts(shown)
    assert accepted_by(shown) is first
    assert not strict.accepts(shown)


def test_a_broken_view_is_refused_each_time() -> None:
    """Alone or in a list, however often it is sent."""
    broken = view(lambda document: {"id": document["id"]})(frozen({"id": "1"}))
    users = COMPILER.compile_body(USER)
    listed = COMPILER.compile_body(
        {"type": "object", "properties": {"users": {"type": "array", "items": USER}}}
    )

    assert not any([users.accepts(broken), users.accepts(broken)])
    assert not any([listed.accepts({"users": [broken]}), listed.accepts({"users": [broken]})])


def test_references_to_a_component_are_compiled_once() -> None:
    """All operations that answer with the same component share its validator, in each direction."""
    assert COMPILER.compile(USER, "response") is COMPILER.compile(dict(USER), "response")
    assert COMPILER.compile(USER, "response") is not COMPILER.compile(USER, "request")
