"""Tests of `mock_server.redaction`."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from mock_server.auth import Persona
from mock_server.redaction import Redactor


@dataclass(frozen=True)
class KeyedApi:
    """An API that takes keys in a header of its own and in the query."""

    specification: dict[str, Any] = field(
        default_factory=lambda: {
            "components": {
                "securitySchemes": {
                    "header": {"type": "apiKey", "in": "header", "name": "X-Workshop-Key"},
                    "query": {"type": "apiKey", "in": "query", "name": "key"},
                }
            }
        }
    )
    personas: tuple[Persona, ...] = (Persona("owner", "known-1", user=1),)


REDACTOR = Redactor([KeyedApi()])


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("authorization", "Bearer s3cret", "Bearer ***"),
        ("authorization", "s3cret", "***"),
        ("authorization", "s3:cret again", "***"),
        ("Cookie", "sid=s3cret; a=b", "***"),
        ("x-workshop-key", "s3cret", "***"),
        ("accept", "text/html", "text/html"),
    ],
)
def test_credentials_in_headers_are_hidden(name: str, value: str, shown: str) -> None:
    """Headers that carry credentials, everywhere or in one API, show their kind at the most."""
    assert REDACTOR.headers([(name, value)]) == {name: shown}


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/a?key=s3cret&b=1", "/a?key=%2A%2A%2A&b=1"),
        ("/a?%6Bey=s3cret", "/a?key=%2A%2A%2A"),
        ("/a?key=known-1", "/a?key=known-1"),
        ("/a?b=1", "/a?b=1"),
        ("/a", "/a"),
    ],
)
def test_credentials_in_the_query_are_hidden(target: str, shown: str) -> None:
    """A key in the query is hidden however it is written; a well-known one is no secret."""
    assert REDACTOR.target(target) == shown
