"""A compiled operation: who may call it, and what it may answer."""

from typing import Any, cast

import pytest

from mock_server.auth import Check, Persona
from mock_server.errors import ContractBroken, NotAuthenticated
from mock_server.operation import Operation, ResponseContract
from mock_server.parameters import ParameterReader
from mock_server.reply import PROBLEM, Reply
from mock_server.request import Request
from mock_server.validation import SchemaCompiler

ANN, BOB = Persona("ann", "tok-ann", 1), Persona("bob", "tok-bob", 2)
REQUEST = cast(Request, None)  # the checks below look at nothing
NUMBERS = SchemaCompiler({}).compile_body({"type": "array", "items": {"type": "integer"}})
CONTRACTS = {
    200: ResponseContract(
        {"application/json": NUMBERS, "text/csv": NUMBERS}, frozenset({"location"}), "/where"
    ),
    204: ResponseContract({}, frozenset(), "/where"),
}


def operation(*alternatives: list[Check]) -> Operation:
    """An operation with these security requirements."""
    return Operation(
        "get_numbers", "/paths/~1numbers/get", Reply, alternatives, ParameterReader(()), None, CONTRACTS
    )


def finds(persona: Persona | None) -> Check:
    """A check of credentials that finds a persona, or none."""
    return lambda _: persona


@pytest.mark.parametrize(
    ("alternatives", "caller"),
    [
        ([], None),
        ([[]], None),
        ([[finds(ANN)]], ANN),
        ([[finds(None)], [finds(BOB)]], BOB),
        ([[finds(ANN), finds(None)], [finds(BOB)]], BOB),
        ([[finds(ANN), finds(BOB)]], ANN),
        ([[finds(None)], []], None),
    ],
)
def test_one_alternative_with_all_its_checks_suffices(
    alternatives: list[list[Check]], caller: Persona | None
) -> None:
    """The first that holds says who calls; an empty one lets anybody in."""
    assert operation(*alternatives).authenticate(REQUEST) is caller


@pytest.mark.parametrize("alternatives", [[[finds(None)]], [[finds(ANN), finds(None)], [finds(None)]]])
def test_without_any_alternative_nobody_gets_in(alternatives: list[list[Check]]) -> None:
    """The error says what to send."""
    with pytest.raises(NotAuthenticated, match="Authorization: Bearer"):
        operation(*alternatives).authenticate(REQUEST)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, [1, 2], {"Location": "/x"}),
        Reply(200, b"1,2", {"location": "/x"}, "text/csv"),
        Reply(204),
    ],
)
def test_an_answer_that_the_contract_declares_passes(reply: Reply) -> None:
    """Bytes are not looked into, and header names have no case."""
    operation().check(reply)


@pytest.mark.parametrize(
    ("reply", "detail", "schema_pointer"),
    [
        (Reply(201), "status 201 is not declared", "/paths/~1numbers/get/responses"),
        (Reply(200, [1]), "header location is missing", "/where/headers/location"),
        (Reply(200, [1], {"Location": "/"}, PROBLEM), "is application/problem+json, which", "/where"),
        (
            Reply(200, None, {"Location": "/"}),
            "null is not of type",
            "/where/content/application~1json/schema/type",
        ),
        (
            Reply(200, [1, "x"], {"Location": "/"}),
            '1: "x" is not',
            "/where/content/application~1json/schema/items/type",
        ),
        (Reply(204, []), "has a body", "/where"),
    ],
)
def test_an_answer_that_the_contract_does_not_declare_is_told(
    reply: Reply, detail: str, schema_pointer: str
) -> None:
    """Status, headers, media type and body each have to be declared; the pointer leads into the contract."""
    with pytest.raises(ContractBroken) as broken:
        operation().check(reply)
    [violation] = broken.value.violations

    assert detail in violation["detail"]
    assert violation["schemaPointer"] == schema_pointer


def test_an_answer_wrong_in_every_place_is_told_briefly() -> None:
    """A list of a thousand wrong items names some of them."""
    answer: list[Any] = ["x"] * 1000
    with pytest.raises(ContractBroken) as broken:
        operation().check(Reply(200, answer, {"Location": "/"}))

    assert len(broken.value.violations) == 20
