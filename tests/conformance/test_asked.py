"""What requests used of a contract: parameters, and constraints kept and broken."""

from typing import Any

import pytest

from conformance.coverage import Coverage
from conformance.exchange import Exchange
from tests.conformance.samples import exchange

REFERENCE = {"$ref": "#/components/schemas/Note"}
CONTRACT: dict[str, Any] = {
    "paths": {
        "/notes": {
            "get": {
                "operationId": "list_notes",
                "parameters": [
                    {
                        "name": "limit",
                        "in": "query",
                        "schema": {"type": "integer", "minimum": 1, "maximum": 9},
                    },
                    {"name": "X-Team", "in": "header", "schema": {"type": "string", "enum": ["a", "b"]}},
                ],
                "responses": {},
            },
            "post": {"operationId": "add_note", "requestBody": {"$ref": "#/components/requestBodies/Note"}},
        },
        "/notes/{id}": {
            "parameters": [{"name": "id", "in": "path", "schema": {"type": "string", "minLength": 2}}],
            "get": {"operationId": "get_note", "responses": {}},
        },
    },
    "components": {
        "requestBodies": {"Note": {"content": {"application/json": {"schema": REFERENCE}}}},
        "schemas": {
            "Note": {
                "type": "object",
                "required": ["text"],
                "additionalProperties": False,
                "properties": {
                    "text": {"type": "string", "maxLength": 3, "nullable": True},
                    "tags": {"type": "array", "maxItems": 1, "items": {"type": "string", "enum": ["x"]}},
                },
            }
        },
    },
}  # fmt: skip


def counted(*exchanges: Exchange) -> Coverage:
    """Return the coverage of these exchanges."""
    coverage = Coverage(CONTRACT)
    coverage.add("/api", exchanges)
    return coverage


def test_parameters_are_counted_with_their_values() -> None:
    """How often each was sent and left out, and how many values it had; headers by any case."""
    asked = counted(
        exchange("GET", "/api/notes?limit=1", headers=(("x-team", "a"),)),
        exchange("GET", "/api/notes?limit=2"),
        exchange("GET", "/api/notes?limit=2"),
        exchange("GET", "/api/notes/n1"),
    ).asked.parameters()

    assert asked["list_notes"]["query.limit"] == {"sent": 3, "absent": 0, "values": 2}
    assert asked["list_notes"]["header.X-Team"] == {"sent": 1, "absent": 2, "values": 1}
    assert asked["get_note"]["path.id"] == {"sent": 1, "absent": 0, "values": 1}
    assert asked["add_note"]["body.text"] == {"sent": 0, "absent": 0, "values": 0}


@pytest.mark.parametrize(
    ("body", "constraint", "kept"),
    [
        (b'{"text": "abc"}', "body.text.maxLength", True),
        (b'{"text": "abcd"}', "body.text.maxLength", False),
        (b'{"text": null}', "body.text.type", True),
        (b'{"text": 1}', "body.text.type", False),
        (b"{}", "body.required.text", False),
        (b'{"text": "a", "more": 1}', "body.additionalProperties", False),
        (b'{"text": "a", "tags": ["x", "y"]}', "body.tags.maxItems", False),
        (b'{"text": "a", "tags": ["y"]}', "body.tags[].enum", False),
        (b"nonsense", "body.type", False),
    ],
)
def test_constraints_are_counted_from_both_sides(body: bytes, constraint: str, kept: bool) -> None:
    """Each constraint that a body meets counts as kept or broken."""
    found = counted(exchange("POST", "/api/notes", body)).asked.constraints()["add_note"][constraint]

    assert found == {"kept": int(kept), "broken": int(not kept)}


def test_what_a_constraint_does_not_speak_of_is_not_counted() -> None:
    """A length says nothing of a number, and what was never sent meets nothing."""
    found = counted(exchange("POST", "/api/notes", b'{"text": 1}')).asked.constraints()

    assert found["add_note"]["body.text.maxLength"] == {"kept": 0, "broken": 0}
    assert found["list_notes"]["query.limit.minimum"] == {"kept": 0, "broken": 0}


@pytest.mark.parametrize(("text", "kept", "broken"), [("5", 1, 0), ("10", 0, 1)])
def test_texts_in_the_query_count_as_the_numbers_they_are(text: str, kept: int, broken: int) -> None:
    """A query holds texts only; the schema says what they are meant as."""
    found = counted(exchange("GET", f"/api/notes?limit={text}")).asked.constraints()["list_notes"]

    assert found["query.limit.type"] == {"kept": 1, "broken": 0}
    assert found["query.limit.maximum"] == {"kept": kept, "broken": broken}


def test_a_text_that_cannot_be_written_keeps_nothing() -> None:
    """An id that is a lone surrogate comes back to the deployment in bodies, and is counted like others."""
    coverage = counted(exchange("POST", "/api/notes", b'{"text": "\\ud800"}'))

    assert coverage.asked.constraints()["add_note"]["body.text.maxLength"] == {"kept": 0, "broken": 1}
