"""The access layer: operations that name a record, and lists, tried by those to whom the record is closed.

What is tried comes from the contract, and a test holds each API to it, so that no operation is forgotten.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conformance import expect
from conformance.addressing import segment
from conformance.client import ABSENT, Http
from conformance.outcome import Inconclusive
from conformance.places import METHODS
from conformance.projection import resolved
from conformance.reply import Reply
from conformance.requirement import OWNER


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the owner's: its id, the path where it is read, and texts that nothing else holds."""

    id: str
    path: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """An operation of the contract, as somebody may try it on a record."""

    operation: str
    method: str
    template: str
    query: Mapping[str, str]

    def carried_out(self, http: Http, record: Record, actor: str | None, body: Any) -> Reply:
        """Send the request."""
        start, _, rest = self.template.partition("{")
        path = start + segment(record.id) + rest.partition("}")[2]
        return http.request(self.method, path, actor=actor, query=self.query, body=body)


def closed(
    http: Http,
    record: Record,
    operations: Sequence[str],
    actor: str | None,
    bodies: Mapping[str, Any] | None = None,
) -> None:
    """Expect each operation on a record to be refused to the actor, or to whoever shows no credentials, to
    tell nothing of it, and to leave it as it is.

    Raises:
        Breach: one of them was carried out, told something, or changed something.
        Inconclusive: the owner cannot read the record.
    """
    before = lasting(http, record)
    for trial in trials(http.contract, operations):
        reply = trial.carried_out(http, record, actor, (bodies or {}).get(trial.operation, ABSENT))
        refused(trial, reply, record, actor)
    after = read(http, record)
    for name, value in before.items():
        expect.equal(f"`{name}` of the record after the refusals", after.get(name), value)


def unlisted(http: Http, record: Record, operations: Sequence[str], actor: str) -> None:
    """Expect no list to show the record to the actor, with whatever value of a filter the contract names.

    Raises:
        Breach: a list showed it.
    """
    for trial in trials(http.contract, operations):
        for filters in ({}, *choices(http.contract, trial.operation)):
            query = {**trial.query, **filters}
            reply = http.request("GET", trial.template, actor=actor, query=query)
            expect.that(
                not shows(reply, record),
                expected=f"{trial.operation} with {query or 'no filter'} without {record.id} for `{actor}`",
                got="it is there",
            )


def shows(reply: Reply, record: Record) -> bool:
    """Say whether a reply holds the record: its id as somebody's id, or what nothing else holds."""
    text = reply.exchange.reply_body.decode("utf-8", "replace")
    return record.id in ids(reply.exchange.reply_json()) or any(mark in text for mark in record.marks)


def refused(trial: Trial, reply: Reply, record: Record, actor: str | None) -> None:
    """Expect a refusal that holds nothing of the record."""
    whom = f"`{actor}`" if actor else "whoever shows no credentials"
    text = reply.exchange.reply_body.decode("utf-8", "replace")
    expect.that(
        400 <= reply.status < 500,
        expected=f"{trial.operation} refused to {whom} with 4xx",
        got=f"{reply.status} {text}",
    )
    told = any(mark in text for mark in record.marks)
    expect.that(
        not told, expected=f"a refusal of {trial.operation} that tells nothing of the record", got=text
    )


def lasting(http: Http, record: Record) -> dict[str, Any]:
    """Return what of a record is the same each time its owner looks."""
    first, second = read(http, record), read(http, record)
    return {name: value for name, value in first.items() if second.get(name) == value}


def read(http: Http, record: Record) -> dict[str, Any]:
    """Return the record as its owner reads it."""
    reply = http.request("GET", record.path, actor=OWNER)
    found = reply.exchange.reply_json()
    if not reply.ok or not isinstance(found, dict):
        raise Inconclusive(f"the owner reads {record.path}, and gets {reply.status} without an object")
    return found


def trials(contract: Mapping[str, Any], operations: Sequence[str]) -> Iterator[Trial]:
    """Go through the operations as the contract describes them; parameters it requires are given."""
    for template, item in contract["paths"].items():
        for method in METHODS:
            if item.get(method, {}).get("operationId") in operations:
                required = {
                    each["name"]: sample(each)
                    for each in queries(contract, item[method])
                    if each.get("required")
                }
                yield Trial(item[method]["operationId"], method.upper(), template, required)


def choices(contract: Mapping[str, Any], operation: str) -> Iterator[dict[str, str]]:
    """Go through the values of filters that the contract enumerates, one at a time."""
    for item in contract["paths"].values():
        for method in METHODS:
            if item.get(method, {}).get("operationId") == operation:
                for each in queries(contract, item[method]):
                    yield from ({each["name"]: value} for value in values(each))


def queries(contract: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through the parameters in the query, with their schemas in place."""
    for each in operation.get("parameters", []):
        parameter = resolved(dict(contract), each)
        if parameter["in"] == "query":
            yield {**parameter, "schema": resolved(dict(contract), parameter["schema"])}


def values(parameter: Mapping[str, Any]) -> list[str]:
    """Return every value that a parameter can have, where the contract enumerates them."""
    schema = parameter["schema"]
    named = [str(each) for each in schema.get("enum", []) if each is not None]
    return named or (["true", "false"] if schema.get("type") == "boolean" else [])


def sample(parameter: Mapping[str, Any]) -> str:
    """Return a value of a parameter."""
    return next(
        iter(values(parameter)), str(parameter.get("example", parameter["schema"].get("example", "")))
    )


def ids(document: Any) -> set[str]:
    """Return every id anywhere in a reply, as text."""
    if isinstance(document, list):
        return {found for each in document for found in ids(each)}
    if not isinstance(document, dict):
        return set()
    own = {str(document["id"])} if "id" in document else set[str]()
    return own | ids(list(document.values()))
