"""What becomes of one response when what is assumed in it goes: keyword by keyword."""

from typing import Any

import pytest

from openapi import Spec
from tests.openapi.contracts import WHY, answer, documented_responses, documented_schema


def marked(*what: str) -> dict[str, str]:
    """Return a mark that calls each of these ours."""
    return dict.fromkeys(what, WHY)


def documented_answer(**response: Any) -> Spec:
    """Return what `documented` makes of a response 200 with these keywords."""
    result: Spec = documented_responses({"200": answer({"type": "string"}, **response)})["200"]
    return result


def test_an_assumed_keyword_goes_and_the_others_stay() -> None:
    """Only the keyword that is named in the mark loses its force."""
    schema = {"type": "string", "minLength": 1, "maxLength": 9, "x-assumed": marked("maxLength")}

    assert documented_schema(schema) == {"type": "string", "minLength": 1}


def test_an_assumed_schema_accepts_anything() -> None:
    """A reason in place of a map means that all of the schema is ours."""
    assert documented_schema({"type": "string", "x-assumed": WHY}) == {}


def test_an_assumed_enum_value_opens_the_enum() -> None:
    """A server may know another value instead of the assumed one, so no list of values holds."""
    schema = {"type": "string", "enum": ["on", "off"], "x-assumed": marked("enum/off")}

    assert documented_schema(schema) == {"type": "string"}


def test_an_assumed_required_name_may_be_absent() -> None:
    """Of the required properties only the one named in the mark becomes optional; its shape stays."""
    schema = {
        "required": ["id", "total"],
        "properties": {"total": {"type": "integer"}},
        "x-assumed": marked("required/total"),
    }

    assert documented_schema(schema) == {"required": ["id"], "properties": {"total": {"type": "integer"}}}


def test_no_required_list_is_left_empty() -> None:
    """OpenAPI 3.0 knows no empty list of required properties."""
    assert documented_schema({"required": ["id"], "x-assumed": marked("required/id")}) == {}


@pytest.mark.parametrize("mark", [WHY, marked("existence"), marked("writeOnly")])
def test_an_assumed_property_may_be_absent_or_anything(mark: Any) -> None:
    """It keeps its name, because beside `additionalProperties: false` it would be forbidden without."""
    schema = {
        "required": ["id"],
        "properties": {"id": {"type": "string", "x-assumed": mark}},
        "additionalProperties": False,
    }

    assert documented_schema(schema) == {"properties": {"id": {}}, "additionalProperties": False}


def test_an_assumed_component_makes_its_properties_optional() -> None:
    """It makes no difference whether the schema of a property stands in place or among the components."""
    components = {"schemas": {"Cursor": {"type": "string", "x-assumed": WHY}}}
    schema = {"required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/Cursor"}}}

    assert documented_schema(schema, components) == {"properties": {"next": {}}}


def test_assumed_properties_are_free_one_and_all() -> None:
    """Marking the keyword `properties` is marking each of them."""
    schema = {
        "required": ["a"],
        "properties": {"a": {"type": "string"}, "b": {}},
        "x-assumed": marked("properties"),
    }

    assert documented_schema(schema) == {"properties": {"a": {}, "b": {}}}


@pytest.mark.parametrize("nullable", [{}, {"nullable": False}, {"nullable": True}])
def test_assumed_nullability_accepts_null_and_a_value(nullable: Spec) -> None:
    """Whether the contract allows null or forbids it: where that is ours, both must pass."""
    schema = {"type": "string", "enum": ["on"], **nullable, "x-assumed": marked("nullable")}

    assert documented_schema(schema) == {"type": "string", "enum": ["on", None], "nullable": True}


def test_an_assumed_bound_takes_its_exclusiveness_along() -> None:
    """`exclusiveMinimum` means nothing without `minimum`."""
    schema = {"type": "number", "minimum": 0, "exclusiveMinimum": True, "x-assumed": marked("minimum")}

    assert documented_schema(schema) == {"type": "number"}


def test_an_array_keeps_some_items() -> None:
    """OpenAPI 3.0 requires `items` beside the type array, so assumed ones become any."""
    schema = {"type": "array", "items": {"type": "string"}, "x-assumed": marked("items")}

    assert documented_schema(schema) == {"type": "array", "items": {}}


def test_not_goes_when_something_in_it_is_assumed() -> None:
    """Widening what is forbidden would forbid more."""
    schema = {"type": "string", "not": {"maxLength": 3, "pattern": "^a", "x-assumed": marked("pattern")}}

    assert documented_schema(schema) == {"type": "string"}


def test_one_of_becomes_any_of_when_something_in_it_is_assumed() -> None:
    """Widened alternatives may overlap, and a value that meets two of them would fail `oneOf`."""
    schema = {
        "oneOf": [{"type": "string"}, {"type": "integer", "minimum": 1, "x-assumed": marked("minimum")}]
    }

    assert documented_schema(schema) == {"anyOf": [{"type": "string"}, {"type": "integer"}]}


def test_one_of_goes_where_any_of_has_its_place() -> None:
    """A schema holds only one `anyOf`, and less restriction is the safe choice."""
    schema = {"oneOf": [{"type": "string", "x-assumed": WHY}], "anyOf": [{"maxLength": 3}]}

    assert documented_schema(schema) == {"anyOf": [{"maxLength": 3}]}


def test_a_discriminator_goes_with_what_it_discriminates() -> None:
    """It would still hold the alternatives to values that are ours."""
    schema = {"oneOf": [{"x-assumed": WHY}], "discriminator": {"propertyName": "kind"}}

    assert documented_schema(schema) == {"anyOf": [{}]}


def test_marks_are_found_behind_references() -> None:
    """A marked component is written out where it is used; one without marks is still referred to."""
    components = {
        "schemas": {
            "Id": {"type": "string", "pattern": "^s-", "x-assumed": marked("pattern")},
            "Name": {"type": "string"},
        }
    }
    schema = {"items": {"$ref": "#/components/schemas/Id"}, "not": {"$ref": "#/components/schemas/Name"}}

    expected = {"items": {"type": "string"}, "not": {"$ref": "#/components/schemas/Name"}}
    assert documented_schema(schema, components) == expected


def test_a_marked_schema_that_contains_itself_is_cut() -> None:
    """What stands in itself may be anything from the second time on; written out it would have no end."""
    tree = {
        "maxProperties": 2,
        "items": {"$ref": "#/components/schemas/Tree"},
        "x-assumed": marked("maxProperties"),
    }
    reference = {"$ref": "#/components/schemas/Tree"}

    assert documented_schema(reference, {"schemas": {"Tree": tree}}) == {"items": {}}


def test_a_schema_that_contains_itself_stays_without_marks() -> None:
    """Nothing has to be written out where nothing is assumed."""
    reference = {"$ref": "#/components/schemas/Tree"}

    assert documented_schema(reference, {"schemas": {"Tree": {"items": reference}}}) == reference


def test_an_example_is_not_a_schema() -> None:
    """Examples may hold any keys, those of schemas too, and stay as they are."""
    schema = {"example": {"items": {"maxItems": 1}}, "maxItems": 2, "x-assumed": marked("maxItems")}

    assert documented_schema(schema) == {"example": {"items": {"maxItems": 1}}}


@pytest.mark.parametrize("mark", [marked("content"), marked("content", "headers")])
def test_assumed_content_admits_any_body(mark: Spec) -> None:
    """Without `content` neither a media type nor a schema is promised."""
    assert documented_answer(**{"x-assumed": mark}) == {"description": "An answer"}


def test_an_assumed_media_type_admits_any_other() -> None:
    """Taking one of two media types out would forbid it, so all of the content goes."""
    content = {"text/csv": {"x-assumed": WHY}, "application/json": {"schema": {"type": "array", "items": {}}}}

    assert documented_answer(content=content) == {"description": "An answer"}


def test_an_assumed_schema_leaves_its_media_type() -> None:
    """A vendor may promise JSON without saying which."""
    content = {"application/json": {"schema": {"type": "string"}, "x-assumed": marked("schema")}}

    assert documented_answer(content=content)["content"] == {"application/json": {}}


def test_an_assumed_header_is_not_promised() -> None:
    """An assumed header goes, one that is ours in part stays with the rest."""
    headers = {
        "X-Mine": {"schema": {"type": "string"}, "x-assumed": WHY},
        "X-Rate": {"schema": {"type": "integer"}, "required": True, "x-assumed": marked("required")},
    }

    assert documented_answer(headers=headers)["headers"] == {"X-Rate": {"schema": {"type": "integer"}}}


@pytest.mark.parametrize("mark", [marked("type"), marked("nullable"), WHY])
def test_a_header_with_an_assumed_type_may_be_any_text(mark: Any) -> None:
    """Tools read the text of a header by its type; the rest of a schema means nothing without."""
    headers = {"X-Rate": {"schema": {"type": "integer", "enum": [1, 2], "x-assumed": mark}}}

    assert documented_answer(headers=headers)["headers"] == {"X-Rate": {"schema": {}}}


def test_a_header_always_has_a_schema() -> None:
    """OpenAPI 3.0 knows no header without, so an assumed one becomes any."""
    headers = {"X-Rate": {"schema": {"type": "integer"}, "x-assumed": marked("schema")}}

    assert documented_answer(headers=headers)["headers"] == {"X-Rate": {"schema": {}}}
