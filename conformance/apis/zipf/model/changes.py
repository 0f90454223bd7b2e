"""What requests that change a session mean for what it must show from then on."""

import json
from collections.abc import Iterator
from typing import Any

from conformance.apis.zipf import reading
from conformance.apis.zipf.model import rights
from conformance.apis.zipf.model.knowledge import (
    CONFIG,
    OTHERS_STAY,
    SWITCHES,
    TEXTS,
    Audience,
    Knowledge,
    Said,
    Session,
    caller,
)
from conformance.exchange import Exchange
from conformance.expect import parsed_instant
from conformance.model import Suspicion
from conformance.shadow import Json, is_ok, is_plain, is_refused, suspicion

LONGEST_TEXT = 255  # a name's bound; longer descriptions are taken for open
MOST_OPERATIONS = 100
CONFIG_NAMES = ("session_config", "config")  # the page has one name for creation and another for updates
STEPS = ("complete", "archive")
CASCADES = {True: "ZIPF-SHARE-02", False: "ZIPF-SHARE-03"}
OPERATIONS = {
    "PATCH": "update_session", "DELETE": "delete_session", "complete": "complete_session",
    "archive": "archive_session", "share": "share_session",
}  # fmt: skip


def sent(exchange: Exchange) -> Json | None:
    """Return the object that was sent, an empty one for nothing, or None when it is no JSON object."""
    try:
        body = json.loads(exchange.body or b"{}")
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def create(knowledge: Knowledge, exchange: Exchange) -> None:
    """Take a creation in."""
    body, made = sent(exchange), reading.session(exchange.reply_json())
    id_ = made.get("id")
    if not is_ok(exchange) or body is None or not isinstance(id_, str | int):
        return
    fields = {name: Said((body[name],), "ZIPF-CREATE-03") for name in TEXTS if is_text(body.get(name))}
    words = frozenset(map(squashed, texts_in(body)))
    session = Session(str(id_), Audience(caller(exchange)), fields | configured(body), words)
    knowledge.sessions[session.id] = session
    reached(knowledge, session, made)
    now = parsed_instant(made.get("created_at"))
    if now is not None:
        knowledge.latest = max(now, knowledge.latest or now)


def configured(body: Json) -> dict[str, Said]:
    """Return what the configuration of a new session must show."""
    config = body.get("session_config", {})
    if not isinstance(config, dict) or "config" in body:
        return {}
    switches = {name: config.get(name, True) for name in SWITCHES}
    fields = {name: Said((on,), "ZIPF-CREATE-05") for name, on in switches.items() if isinstance(on, bool)}
    limit = config.get("max_operations")
    return fields | ({"max_operations": Said((limit,), "ZIPF-CREATE-09")} if is_limit(limit) else {})


def change(knowledge: Knowledge, session: Session, exchange: Exchange, end: str) -> Iterator[Suspicion]:
    """Take in a request to update, complete, archive, share or delete a session, and judge its reply."""
    forbidden = rights.no_writer(knowledge, session.audience, exchange)
    if is_refused(exchange):
        refused(session, exchange, end, forbidden)
    elif session.gone:
        rule = "ZIPF-DELETE-05" if exchange.method == "DELETE" else "ZIPF-DELETE-01"
        yield suspicion(rule, session.id, "a refusal, for the session was deleted", exchange.status)
    elif forbidden:
        yield suspicion(forbidden, session.id, "a refusal to somebody who may not change it", exchange.status)
    else:
        yield from granted(knowledge, session, exchange, end)


def refused(session: Session, exchange: Exchange, end: str, forbidden: str | None) -> None:
    """Take in a refusal: what was asked for must not come to pass."""
    if not end:
        rule = forbidden or "ZIPF-UPDATE-08"
        for name, value in named(sent(exchange) or {}):
            session.rejected[name] = Said((value,), rule)
    elif end == "archive" and "active" in session.possible:
        session.step = forbidden or "ZIPF-LIFE-03"
    elif end in STEPS:
        session.step = forbidden or "ZIPF-LIFE-09"


def named(body: Json) -> Iterator[tuple[str, Any]]:
    """Go through the texts and the keys of the configuration that an update names."""
    yield from ((name, body[name]) for name in TEXTS if name in body)
    for config in (body.get(name) for name in CONFIG_NAMES):
        if isinstance(config, dict):
            yield from ((name, config[name]) for name in CONFIG if name in config)


def granted(knowledge: Knowledge, session: Session, exchange: Exchange, end: str) -> Iterator[Suspicion]:
    """Take in a change that was carried out for the owner."""
    operation = OPERATIONS.get(end or exchange.method, "")
    session.last = operation
    if operation == "delete_session":
        session.gone = True
        knowledge.moved(session, "gone")
    elif operation == "share_session":
        yield from shared(knowledge, session, exchange)
    elif operation == "update_session":
        updated(knowledge, session, sent(exchange))
    elif end in STEPS:
        yield from stepped(session, exchange, end)
        reached(knowledge, session, reading.session(exchange.reply_json()))


def stepped(session: Session, exchange: Exchange, step: str) -> Iterator[Suspicion]:
    """Take in a step of a session's life."""
    if step == "archive" and session.seen == "active" and "completed" not in session.possible:
        yield suspicion("ZIPF-LIFE-03", session.id, "a refusal, for it is not completed", exchange.status)
    session.step = "ZIPF-LIFE-04" if step == "archive" else "ZIPF-LIFE-01"
    if step == "archive":
        session.possible = frozenset(("archived",))
    elif "active" in session.possible:
        session.possible = frozenset(("completed", "archived"))


def reached(knowledge: Knowledge, session: Session, shown: Json) -> None:
    """Count the transition that the reply to a creation or a step shows."""
    if shown.get("status") in session.possible:
        knowledge.moved(session, shown["status"])


def updated(knowledge: Knowledge, session: Session, body: Json | None) -> None:
    """Take in an update: what it names is new, and everything else as before."""
    if body is None:
        knowledge.forget(session.id)
        return
    session.step = "ZIPF-UPDATE-05"
    session.words |= frozenset(map(squashed, texts_in(body)))
    session.fields = {name: Said(said.values, OTHERS_STAY) for name, said in session.fields.items()}
    for name in (each for each in TEXTS if each in body):
        session.fields.pop(name, None)
        session.rejected.pop(name, None)
        if is_text(body[name]):
            session.fields[name] = Said((body[name],), "ZIPF-UPDATE-01")
    if any(name in body for name in CONFIG_NAMES):
        reconfigured(session, body)


def reconfigured(session: Session, body: Json) -> None:
    """Take in a new configuration: under which name, and whether the rest of it stays, is open."""
    given = list(named(body))
    for name in CONFIG:
        before = session.fields.pop(name, None)
        values = [value for key, value in given if key == name]
        if values and before and all(is_setting(name, value) for value in values):
            session.fields[name] = Said((*before.values, *values), "ZIPF-UPDATE-02")


def shared(
    knowledge: Knowledge, session: Session, exchange: Exchange, rule: str | None = None
) -> Iterator[Suspicion]:
    """Take in whom a session is shared with, and compare how many operations followed.

    `rule` promises that they do; without one it is what sharing the session itself promises.
    """
    body, before = sent(exchange), session.audience.organization
    session.audience.share(body)
    flag, organization = (body or {}).get("shared_with_org"), session.audience.organization
    if not session.audience.known or not isinstance(flag, bool) or before == organization:
        return
    memberships = knowledge.account(exchange).organizations
    if organization is not None and memberships is not None and organization not in memberships:
        yield suspicion("ZIPF-ACCESS-05", session.id, "a refusal of a foreign organisation", organization)
    counts = counted(exchange.reply_json())
    expected = {"searches": session.searches, "crawls": session.crawls}
    if any(counts[name] not in span for name, span in expected.items() if name in counts):
        said = ", ".join(f"{span} {name}" for name, span in expected.items())
        yield suspicion(rule or CASCADES[flag], session.id, f"all operations to follow: {said}", counts)


def counted(body: Any) -> dict[str, int]:
    """Return how many operations followed a change of sharing, as far as the reply says so."""
    updated_ = body.get("operations_updated") if isinstance(body, dict) else None
    counts = updated_.get("org_share") if isinstance(updated_, dict) else None
    return {k: v for k, v in counts.items() if isinstance(v, int)} if isinstance(counts, dict) else {}


def is_text(value: Any) -> bool:
    """Say whether every honest deployment keeps a text as it is."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT and is_plain(value)


def is_setting(name: str, value: Any) -> bool:
    """Say whether a value is one that the page has for a key of the configuration."""
    return isinstance(value, bool) if name in SWITCHES else is_limit(value)


def is_limit(value: Any) -> bool:
    """Say whether a value is a limit of operations."""
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_OPERATIONS


def squashed(text: str) -> str:
    """Return the letters and digits of a text, in which tags are compared: they may be made neat."""
    return "".join(filter(str.isalnum, text.casefold()))


def texts_in(value: Any) -> Iterator[str]:
    """Go through the texts in a document, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for pair in value.items():
            yield from texts_in(list(pair))
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
