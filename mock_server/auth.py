"""Credentials and who they stand for, checked through Connexion's `security_map`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from fixtures import unusable
from mock_server.errors import NotAuthenticated

NEEDED = ("name", "token", "user", "organizations")  # of a persona in a fixture


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who calls an API, with a well-known credential.

    `user` and `organizations` are the vendor's identifiers; `facts` holds whatever else the vendor's rules
    tell apart.
    """

    name: str
    token: str
    user: Any
    organizations: tuple[Any, ...] = ()
    note: str = ""
    expired: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)

    def published(self, api: str) -> dict[str, Any]:
        """The form that `mock-server personas --json` and control list."""
        return {
            "name": self.name,
            "api": api,
            "token": self.token,
            "user": self.user,
            "organizations": list(self.organizations),
            "note": self.note,
        }


def personas(fixture: Mapping[str, Any]) -> tuple[Persona, ...]:
    """The personas of a fixture, in its order. Raises `FixtureUnusable` for one that is none."""
    return tuple(_persona(fixture, place, entry) for place, entry in enumerate(fixture["personas"]))


def _persona(fixture: Mapping[str, Any], place: int, entry: Mapping[str, Any]) -> Persona:
    known = [each.name for each in fields(Persona)]
    for name in entry:
        if name not in known:
            reason = f"personas have no key {name!r}, only {', '.join(known)}"
            raise unusable(fixture, ("personas", place, name), reason)
    for name in NEEDED:
        if name not in entry:
            raise unusable(fixture, ("personas", place), f"the persona lacks the key {name!r}")
    return Persona(**{**entry, "organizations": tuple(entry["organizations"])})


class RequestHead(Protocol):
    """What a credential can be in: anything with headers (lower-case names) and a query."""

    @property
    def headers(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def query(self) -> Mapping[str, Sequence[str]]: ...  # noqa: D102


Check = Callable[[RequestHead], Persona | None]


class Credentials:
    """The tokens of an API. Raises `ValueError` when two personas have the same one."""

    def __init__(self, personas: Sequence[Persona]) -> None:
        self._personas: dict[str, Persona] = {}
        for persona in personas:
            known = self._personas.setdefault(persona.token, persona)
            if known is not persona:
                raise ValueError(f"personas {known.name} and {persona.name} have the same token")

    def resolve(self, token: str) -> Persona:
        """The persona that a token stands for. Raises `NotAuthenticated` for an unknown or expired one."""
        persona = self._personas.get(token)
        if persona is None:
            raise NotAuthenticated("the access token is not known", headers=_challenge("invalid_token"))
        if persona.expired:
            raise NotAuthenticated("the access token has expired", headers=_challenge("invalid_token"))
        return persona


class BearerHandler:
    """Handles schemes `{type: http, scheme: bearer}` (RFC 6750, 2.1)."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def get_fn(self, scheme: Mapping[str, Any], scopes: Sequence[str]) -> Check:  # Connexion's signature
        """The check of one scheme: a persona, or None when the request carries no bearer token."""
        return self._check

    def _check(self, request: RequestHead) -> Persona | None:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            return None
        return self._credentials.resolve(token.strip())


class ApiKeyHandler:
    """Handles schemes `{type: apiKey}` in a header or in the query."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def get_fn(self, scheme: Mapping[str, Any], scopes: Sequence[str]) -> Check:  # Connexion's signature
        """The check of one scheme: a persona, or None when the request carries no key."""
        name, location = scheme["name"], scheme["in"]

        def check(request: RequestHead) -> Persona | None:
            if location == "header":
                key = request.headers.get(name.lower())
            else:
                key = next(iter(request.query.get(name, ())), None)
            return self._credentials.resolve(key) if key else None

        return check


def security_map(credentials: Credentials) -> dict[str, Callable[[], Any]]:
    """Connexion's `security_map`: a handler for each kind of scheme, all over the same credentials."""
    return {"bearer": lambda: BearerHandler(credentials), "apiKey": lambda: ApiKeyHandler(credentials)}


def missing_credentials() -> NotAuthenticated:
    """The error for a request that carries no credentials where some are needed."""
    return NotAuthenticated(
        "credentials are missing: send 'Authorization: Bearer <token>'", headers=_challenge()
    )


def _challenge(error: str = "") -> Mapping[str, str]:
    # RFC 6750, section 3: no error code when the request carries no credentials at all.
    return {"WWW-Authenticate": f'Bearer error="{error}"' if error else "Bearer"}
