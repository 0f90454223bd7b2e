"""Small contracts for the tests of provenance, built around the one thing a test is about."""

from pathlib import Path
from typing import Any

import openapi
from openapi import Spec

FOLDER = Path(__file__).parent
WHY = "the page does not say"


def contract(responses: Spec, components: Spec | None = None, **operation: Any) -> Spec:
    """Return a contract with one operation, `GET /things`, that has these responses."""
    things = {"operationId": "list_things", "responses": responses, **operation}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"get": things}},
        "components": components or {},
    }


def answer(schema: Spec, **response: Any) -> Spec:
    """Return a response with a JSON body of this schema."""
    return {"description": "An answer", "content": {"application/json": {"schema": schema}}, **response}


def documented_responses(responses: Spec, components: Spec | None = None) -> Spec:
    """Return what `documented` makes of the responses of an operation."""
    result: Spec = openapi.documented(contract(responses, components))["paths"]["/things"]["get"]["responses"]
    return result


def documented_schema(schema: Spec, components: Spec | None = None) -> Spec:
    """Return what `documented` makes of the schema of a response body."""
    response = documented_responses({"200": answer(schema)}, components)["200"]
    result: Spec = response["content"]["application/json"]["schema"]
    return result


def every_contract() -> dict[str, Spec]:
    """Return the contracts of the project, and one that uses what theirs do not."""
    specs = {name: openapi.load(name) for name in openapi.names()}
    return specs | {"workshop": openapi.load("workshop", FOLDER)}
