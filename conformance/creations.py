"""Tells from an exchange what it created, by the contract.

A POST to a collection whose members can be deleted creates one; what cannot be deleted stays.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.addressing import as_id, names_a_record, segment
from conformance.exchange import Exchange
from conformance.fitness import heard
from conformance.lasting import Lasting, lasting
from conformance.ledger import Attempt, Record
from conformance.masking import mask
from conformance.target import Target

ENVELOPES = ("session", "data")
LONGEST_BODY = 2000  # characters that are noted of what was sent; scripts send less

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
        if self._creates(exchange) and is_granted(exchange):
            for id_ in ids(exchange.reply_json()):
                yield path_of(exchange.path, id_)

    def makes(self, request: Exchange) -> bool:
        """Say whether the request is one that makes a record, whether it can be deleted or not."""
        return self._creates(request) or any(self._lasting(request))

    def unnamed(self, exchange: Exchange) -> bool:
        """Say whether the exchange may have made a record that cannot be found by its reply.

        Either no reply came from the deployment itself, or it grants the creation with no usable id.
        """
        if not heard(exchange).status:
            return self.makes(exchange)
        shown = list(shown_ids(exchange.reply_json()))
        usable = shown and all(map(names_a_record, shown))
        return self._creates(exchange) and is_granted(exchange) and not usable

    def can_be_deleted(self, collection: str) -> bool:
        """Say whether what a path is asked to create can be deleted again."""
        return collection.removeprefix(self.base_path) in self.collections

    def _creates(self, exchange: Exchange) -> bool:
        return exchange.method == "POST" and self.can_be_deleted(exchange.path)

    def _lasting(self, exchange: Exchange) -> Iterator[Lasting]:
        path = exchange.path.removeprefix(self.base_path)
        return (each for each in self.lasting if exchange.method == "POST" and each.called_at == path)

    def left(self, exchange: Exchange) -> Iterator[str]:
        """Go through the paths of the records that the exchange made for good."""
        if is_granted(exchange):
            made = [each.made(exchange.reply_json()) for each in self._lasting(exchange)]
            yield from (f"{self.base_path}{each}" for each in made if each)


def of(base_path: str, contract: Mapping[str, Any]) -> Creations:
    """Return the reader for a contract."""
    members = {
        re.sub(r"/\{[^/]+\}$", "", path) for path, item in contract["paths"].items() if "delete" in item
    }
    collections = frozenset(each for each in members if "post" in contract["paths"].get(each, {}))
    return Creations(base_path, collections, lasting(contract))


def is_granted(exchange: Exchange) -> bool:
    """Say whether the request was carried out (2xx)."""
    return exchange.status // 100 == 2


def made(exchange: Exchange) -> Iterator[str]:
    """Go through the ids of what a request made, wherever it went: those of a POST that was granted."""
    if exchange.method == "POST" and is_granted(exchange):
        yield from ids(exchange.reply_json())


def ids(document: Any) -> Iterator[str]:
    """Go through the usable ids that a reply to a creation shows, also inside an envelope or a list."""
    return filter(names_a_record, shown_ids(document))


def shown_ids(document: Any) -> Iterator[str]:
    """Go through the ids in a reply to a creation, whatever they are."""
    if isinstance(document, list):
        for each in document:
            yield from shown_ids(each)
    elif isinstance(document, dict):
        id_ = as_id(document.get("id"))
        if id_ is not None:
            yield id_
        else:
            for name in ENVELOPES:
                yield from shown_ids(document.get(name))


def path_of(collection: str, id_: str) -> str:
    """Return the path of a record of a collection."""
    return f"{collection}/{segment(id_)}"


def record(path: str, exchange: Exchange, target: Target, authorize: Authorize) -> Record:
    """Return the record at the path with the actor who sent the exchange."""
    return Record(path, actor_of(exchange, target, authorize))


def attempt(request: Exchange, target: Target, authorize: Authorize) -> Attempt:
    """Return what is to be known of a creation should its reply never come; no credential is part of it."""
    body = mask((request.body or b"").decode("utf-8", "replace"), target.secrets)
    return Attempt(request.path, actor_of(request, target, authorize), body[:LONGEST_BODY])


def actor_of(exchange: Exchange, target: Target, authorize: Authorize) -> str | None:
    """Return the name of the actor whose credentials the request carries, or None."""
    sent = {name.lower(): value for name, value in exchange.headers}
    for actor in target.actors.values():
        own = {name.lower(): value for name, value in authorize(actor.token).items()}
        if own.items() <= sent.items():
            return actor.name
    return None
