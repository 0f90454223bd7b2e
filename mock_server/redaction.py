"""What of a request is a credential, and how it is shown: not at all, except for the well-known ones."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import quote, quote_plus, unquote_plus

from mock_server.auth import Persona

HIDDEN = "***"
PERSONA = "persona:"
CREDENTIAL_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-auth-token"}
)


class CredentialedApi(Protocol):
    """What tells credentials apart from everything else (see `contract.MockApi`)."""

    @property
    def specification(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def personas(self) -> tuple[Persona, ...]: ...  # noqa: D102


class Redactor:
    """Knows in which headers and query parameters the APIs take credentials, and the well-known ones."""

    def __init__(self, apis: Sequence[CredentialedApi]) -> None:
        schemes = [scheme for api in apis for scheme in _schemes(api.specification)]
        keys = [scheme for scheme in schemes if scheme["type"] == "apiKey"]
        self._headers = CREDENTIAL_HEADERS | {k["name"].lower() for k in keys if k["in"] == "header"}
        self._parameters = frozenset(key["name"] for key in keys if key["in"] == "query")
        self._well_known = {persona.token: persona.name for api in apis for persona in api.personas}

    def headers(self, headers: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Headers with every credential hidden; the kind (`Bearer`) stays."""
        return {name: self._hidden(value) if self.hides(name) else value for name, value in headers}

    def target(self, target: str) -> str:
        """Path and query with every credential in the query hidden."""
        path, mark, query = target.partition("?")
        if not self._parameters or not mark:
            return target
        return f"{path}?{'&'.join(map(self._hidden_pair, query.split('&')))}"

    def hides(self, header: str) -> bool:
        """Whether this header is hidden."""
        return header.lower() in self._headers

    def is_well_known(self, value: str) -> bool:
        """Whether a value holds one of the credentials that `mock-server personas` lists."""
        return value.rpartition(" ")[2] in self._well_known

    def with_personas(self, headers: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Headers with well-known credentials replaced by `persona:<name>`, and every other one hidden."""
        return {name: self._named(value) if self.hides(name) else value for name, value in headers}

    def _named(self, value: str) -> str:
        kind, space, token = value.rpartition(" ")
        name = self._well_known.get(token)
        return self._hidden(value) if name is None else f"{kind}{space}{PERSONA}{name}"

    def _hidden(self, value: str) -> str:
        kind, space, _ = value.partition(" ")
        return f"{kind} {HIDDEN}" if space and kind.isalpha() else HIDDEN

    def _hidden_pair(self, pair: str) -> str:
        name, equals, value = pair.partition("=")
        if unquote_plus(name) not in self._parameters or self.is_well_known(unquote_plus(value)):
            return pair
        return f"{quote_plus(unquote_plus(name))}{equals}{quote(HIDDEN)}"


def _schemes(specification: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    schemes: Mapping[str, Mapping[str, Any]] = specification.get("components", {}).get("securitySchemes", {})
    return schemes.values()
