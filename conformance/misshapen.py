"""Tells where a reply is not as the contract has it: who reads such a reply may trip over it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.constraints import described
from conformance.exchange import Exchange
from conformance.places import served
from conformance.projection import resolved

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Shapes:
    """What the replies of a contract look like; `base_path` is the part of a path before the contract's."""

    contract: Mapping[str, Any]
    base_path: str

    def first_wrong(self, exchanges: Iterable[Exchange]) -> str:
        """Say of the first reply that is not as the contract has it what is wrong; empty where all are."""
        return next(filter(None, map(self.wrong, exchanges)), "")

    def wrong(self, exchange: Exchange) -> str:
        """Say what of a reply is not as the contract has it; empty where it is, or the contract is silent."""
        schema = self._schema(exchange)
        if schema is None:
            return ""
        met = described(self.contract, schema, "reply").met(exchange.reply_json())
        broken = list(dict.fromkeys(name for name, kept in met if not kept))
        if not broken:
            return ""
        named = ", ".join(f"`{name}`" for name in broken[:MOST_NAMED])
        return f"the reply to {exchange.method} {exchange.path} is not as the contract has it: {named}"

    def _schema(self, exchange: Exchange) -> Mapping[str, Any] | None:
        """Return the schema of the JSON that a status of an operation comes with, or None."""
        found = served(self.contract, exchange.method, exchange.path.removeprefix(self.base_path))
        if found is None:
            return None
        item = self.contract["paths"][found[1].template]
        responses = item[exchange.method.lower()]["responses"]
        names = (str(exchange.status), f"{exchange.status // 100}XX", "default")
        response: dict[str, Any] = next((responses[name] for name in names if name in responses), {})
        return next(self._json(resolved(dict(self.contract), response)), None)

    def _json(self, response: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        for media_type, content in response.get("content", {}).items():
            if media_type.endswith("json") and "schema" in content:
                yield content["schema"]
