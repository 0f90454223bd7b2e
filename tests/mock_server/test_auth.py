"""Credentials and who they stand for."""

from dataclasses import dataclass, field

import pytest

from mock_server.auth import ApiKeyHandler, BearerHandler, Credentials, Persona, personas
from mock_server.errors import NotAuthenticated

OWNER = Persona("owner", "tok-owner", 101, (1,))
GONE = Persona("expired", "tok-gone", 101, (1,), expired=True)
CREDENTIALS = Credentials([OWNER, GONE])


@dataclass(frozen=True)
class Head:
    """The head of a request."""

    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, list[str]] = field(default_factory=dict)


def bearer(authorization: str) -> Persona | None:
    """Who a bearer check finds."""
    return BearerHandler(CREDENTIALS).get_fn({}, ())(Head({"authorization": authorization}))


@pytest.mark.parametrize("text", ["Bearer tok-owner", "bearer tok-owner", "BEARER  tok-owner "])
def test_a_bearer_token_stands_for_its_persona(text: str) -> None:
    """The scheme is case-insensitive (RFC 9110, 11.1)."""
    assert bearer(text) is OWNER


@pytest.mark.parametrize("text", ["", "Bearer", "Bearer ", "Basic dG9rLW93bmVy", "tok-owner"])
def test_without_a_bearer_token_nobody_is_known(text: str) -> None:
    """Another scheme or an empty token is as good as none."""
    assert bearer(text) is None


@pytest.mark.parametrize("token", ["tok-nobody", "tok-gone", "tok-owner x", "\xff"])
def test_unknown_and_expired_tokens_are_refused(token: str) -> None:
    """The challenge says that the token is at fault (RFC 6750, 3.1)."""
    with pytest.raises(NotAuthenticated) as refusal:
        bearer(f"Bearer {token}")

    assert refusal.value.headers == {"WWW-Authenticate": 'Bearer error="invalid_token"'}


@pytest.mark.parametrize(
    ("place", "head"),
    [("header", Head({"x-key": "tok-owner"})), ("query", Head({}, {"X-Key": ["tok-owner"]}))],
)
def test_an_api_key_is_found_where_the_scheme_says(place: str, head: Head) -> None:
    """Keys stand in a header, whose name has no case, or in the query."""
    check = ApiKeyHandler(CREDENTIALS).get_fn({"name": "X-Key", "in": place}, ())

    assert check(head) is OWNER
    assert check(Head()) is None


def test_personas_are_read_from_a_fixture() -> None:
    """An entry needs a name, a token, a user and organisations; the rest has defaults."""
    entry = {"name": "owner", "token": "t", "user": 1, "organizations": [1, 2], "note": "n"}

    assert personas({"personas": [entry]}) == (Persona("owner", "t", 1, (1, 2), "n"),)


def test_two_personas_with_one_token_are_a_mistake() -> None:
    """A token that stands for two people stands for nobody."""
    with pytest.raises(ValueError, match="owner and twin have the same token"):
        Credentials([OWNER, Persona("twin", "tok-owner", 102)])
