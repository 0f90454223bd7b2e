"""Made-up requirements, suites and exchanges that the tests of the suite's machinery share."""

from collections.abc import Callable
from typing import Any

from conformance.client import Http
from conformance.exchange import Exchange
from conformance.requirement import Level, Requirement, assumed, documented
from conformance.suite import Suite

CONTRACT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Sample", "version": "1"},
    "servers": [{"url": "http://127.0.0.1/api"}],
    "paths": {
        "/sessions": {
            "get": {"operationId": "list_sessions", "responses": {"200": {"description": "All"}}},
        },
        "/sessions/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "get": {"operationId": "get_session", "responses": {"200": {"description": "One"}}},
        },
    },
}


def sample(check: Callable[[Any], None], number: int = 1, **changes: Any) -> Requirement:
    """Return a documented MUST that the check examines."""
    fields = {"level": Level.MUST, "origin": documented("It is so."), "operations": ("list_sessions",)}
    return Requirement(
        id=f"SAMPLE-TOPIC-{number:02}", statement="It is so.", check=check, **{**fields, **changes}
    )


def guess(check: Callable[[Any], None], number: int = 2) -> Requirement:
    """Return an assumed MUST that the check examines."""
    return sample(check, number, origin=assumed("We think so."))


def suite(*requirements: Requirement) -> Suite:
    """Return a suite of these requirements, whose checks get the plain HTTP client."""
    return Suite("sample", "/api", lambda: CONTRACT, lambda http: http, requirements)


def holds(_: Http) -> None:
    """Find nothing wrong."""


def exchange(
    method: str, target: str, body: bytes | None = None, reply: bytes = b"", **more: Any
) -> Exchange:
    """Return an exchange that went well."""
    return Exchange(method, target, more.pop("headers", ()), body, 200, (), reply, **more)
