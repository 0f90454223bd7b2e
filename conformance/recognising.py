"""Recognises failures that a chain of requests shows, so that a shorter chain is known to show them too."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from conformance import curl
from conformance.exchange import Exchange
from conformance.reducing import Shows


def used_after_deletion(steps: Sequence[Exchange]) -> bool:
    """Say whether the last request was carried out on a record that an earlier one had deleted."""
    last = steps[-1]
    deleted = [each.path for each in steps[:-1] if each.method == "DELETE" and ok(each)]
    return ok(last) and any((last.path + "/").startswith(path + "/") for path in deleted)


def missing_after_creation(steps: Sequence[Exchange]) -> bool:
    """Say whether the last request found no record although an earlier one created it and none deleted it."""
    last = steps[-1]
    made = {id_ for each in steps[:-1] if each.method == "POST" and ok(each) for id_ in named(each)}
    deleted = any(each.method == "DELETE" for each in steps[:-1])
    return last.status == 404 and not deleted and any(curl.uses(id_, last.path) for id_ in made)


def named(exchange: Exchange) -> list[str]:
    """Return the ids in a reply."""
    return [value for _, _, value in curl.ids(exchange.reply_json())]


def ok(exchange: Exchange) -> bool:
    """Say whether a request was carried out."""
    return exchange.status // 100 == 2


CHAINS: Mapping[str, Shows] = MappingProxyType(
    {"use_after_free": used_after_deletion, "ensure_resource_availability": missing_after_creation}
)
