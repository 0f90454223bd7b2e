"""Tells from an exchange what it created, by the contract.

A POST to a collection whose members can be deleted creates one; what cannot be deleted stays.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.addressing import names_a_record, segment
from conformance.exchange import Exchange
from conformance.lasting import Lasting, lasting
from conformance.ledger import Record
from conformance.target import Target

ENVELOPES = ("session", "data")
UNHEARD = (0, 502, 504)  # no reply, or only that of a gateway that got none

Authorize = Callable[[str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Creations:
    """Reads exchanges of one API: `collections` are the paths of what can be deleted, `lasting` is what
    cannot.
    """

    base_path: str
    collections: frozenset[str]
    lasting: tuple[Lasting, ...] = ()

    def created(self, exchange: Exchange) -> Iterator[str]:
        """Go through the paths of the records that the exchange created."""
        if self._creates(exchange) and exchange.status // 100 == 2:
            for id_ in ids(exchange.reply_json()):
                yield f"{exchange.path}/{segment(id_)}"

    def unnamed(self, exchange: Exchange) -> bool:
        """Say whether the exchange may have created a record that cannot be found by its reply.

        Either no reply came from the deployment itself, or it grants the creation with no usable id.
        """
        shown = list(shown_ids(exchange.reply_json()))
        granted = exchange.status // 100 == 2 and not (shown and all(map(names_a_record, shown)))
        return self._creates(exchange) and (exchange.status in UNHEARD or granted)

    def _creates(self, exchange: Exchange) -> bool:
        path = exchange.path.removeprefix(self.base_path)
        return exchange.method == "POST" and path in self.collections

    def left(self, exchange: Exchange) -> Iterator[str]:
        """Go through the paths of the records that the exchange made for good."""
        path = exchange.path.removeprefix(self.base_path)
        if exchange.method == "POST" and exchange.status // 100 == 2:
            made = [each.made(exchange.reply_json()) for each in self.lasting if each.called_at == path]
            yield from (f"{self.base_path}{each}" for each in made if each)


def of(base_path: str, contract: Mapping[str, Any]) -> Creations:
    """Return the reader for a contract."""
    members = {
        re.sub(r"/\{[^/]+\}$", "", path) for path, item in contract["paths"].items() if "delete" in item
    }
    collections = frozenset(each for each in members if "post" in contract["paths"].get(each, {}))
    return Creations(base_path, collections, lasting(contract))


def ids(document: Any) -> Iterator[str]:
    """Go through the usable ids that a reply to a creation shows, also inside an envelope or a list."""
    return filter(names_a_record, shown_ids(document))


def shown_ids(document: Any) -> Iterator[str]:
    """Go through the ids in a reply to a creation, whatever they are."""
    if isinstance(document, list):
        for each in document:
            yield from shown_ids(each)
    elif isinstance(document, dict):
        id_ = document.get("id")
        if isinstance(id_, str | int) and not isinstance(id_, bool):
            yield str(id_)
        else:
            for name in ENVELOPES:
                yield from shown_ids(document.get(name))


def record(path: str, exchange: Exchange, target: Target, authorize: Authorize) -> Record:
    """Return the record at the path with the actor who sent the exchange."""
    return Record(path, actor_of(exchange, target, authorize))


def actor_of(exchange: Exchange, target: Target, authorize: Authorize) -> str | None:
    """Return the name of the actor whose credentials the request carries, or None."""
    sent = {name.lower(): value for name, value in exchange.headers}
    for actor in target.actors.values():
        own = {name.lower(): value for name, value in authorize(actor.token).items()}
        if own.items() <= sent.items():
            return actor.name
    return None
