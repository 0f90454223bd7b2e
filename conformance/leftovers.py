"""What of a replay's replies is left over from earlier requests of the run: it proves nothing by itself."""

import json
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from conformance import creations
from conformance.exchange import Exchange


def leftovers(made: Iterable[str], replayed: Iterable[Exchange]) -> frozenset[str]:
    """Return which ids of records that the run made are of none that the replay made."""
    return frozenset(made) - {id_ for each in replayed for id_ in creations.made(each)}


def without(exchanges: Sequence[Exchange], left: AbstractSet[str]) -> tuple[Exchange, ...]:
    """Return the exchanges with none of these records in the lists that they show."""
    return tuple(cleared(each, left) for each in exchanges)


def cleared(exchange: Exchange, left: AbstractSet[str]) -> Exchange:
    """Return the exchange itself where it lists none of the records, and one that does not otherwise."""
    shown = exchange.reply_json()
    kept = unlisted(shown, left)
    return exchange if kept == shown else replace(exchange, reply_body=json.dumps(kept).encode())


def unlisted(document: Any, left: AbstractSet[str]) -> Any:
    """Return a document whose lists hold none of the records."""
    if isinstance(document, dict):
        return {name: unlisted(each, left) for name, each in document.items()}
    if isinstance(document, list):
        return [unlisted(each, left) for each in document if left.isdisjoint(creations.shown_ids(each))]
    return document
