"""How the sessions of a series are deleted together: the page says that it can be chosen, but not how."""

from conformance.apis.deepworkzone.needs import delete_scope
from conformance.exchange import Exchange
from conformance.series import Series
from conformance.shadow import body_of, is_ok
from conformance.target import Target

UNKNOWN = (
    "of a series only one session is deleted, for the target's settings have no `delete_scope` to say how "
    "the others are"
)


def series(target: Target) -> Series:
    """Return how a deployment deletes all sessions of a series."""
    how = delete_scope(target)
    if how is None:
        return Series("create_session", makes_a_series, unknown=UNKNOWN)
    choice = {str(how["name"]): how["series"]}
    if how["in"] == "body":
        return Series("create_session", makes_a_series, body=choice)
    query = {name: str(value) for name, value in choice.items()}
    return Series("create_session", makes_a_series, query=query)


def makes_a_series(exchange: Exchange) -> bool:
    """Say whether a session was created, or replaced, that recurs."""
    writes = exchange.method in ("POST", "PUT") and is_ok(exchange)
    return writes and body_of(exchange).get("is_recurring") in (1, "1")
