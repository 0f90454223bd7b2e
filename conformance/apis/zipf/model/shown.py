"""Compares what a session shows, in its details or a list, with what was asked for, and learns the rest."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from conformance.apis.zipf import reading
from conformance.apis.zipf.model.changes import LONGEST_TEXT, is_setting, is_text
from conformance.apis.zipf.model.knowledge import (
    CONFIG,
    OTHERS_STAY,
    STATUSES,
    TEXTS,
    Account,
    Audience,
    Knowledge,
    Said,
    Session,
)
from conformance.model import Suspicion
from conformance.shadow import Json, suspicion

# What promises that a change is answered with the session as it is then, by the end of the path.
REPLIES = {"": "ZIPF-UPDATE-06", "complete": "ZIPF-LIFE-10", "archive": "ZIPF-LIFE-10"}
ELSEWHERE = ("metadata", "operations", "context_summary")  # may hold a client's own words as names


def view(body: Any) -> Json:
    """Return a session with what a reply shows beside it, in one object."""
    beside = body if isinstance(body, dict) else {}
    return {name: value for name, value in {**reading.session(body), **beside}.items() if name != "session"}


def compare(knowledge: Knowledge, session: Session, shown: Json) -> Iterator[Suspicion]:
    """Compare a session as shown with what is known of it."""
    wrong = list(broken_fields(session, shown))
    for name, said, got in wrong:
        expected = " or ".join(map(repr, said.values))
        yield suspicion(said.requirement, session.id, f"{name} {expected}", got)
    if not wrong:
        learn(session, shown)
    yield from long_name(session, shown)
    yield from status(knowledge, session, shown.get("status"))


def broken_fields(session: Session, shown: Json) -> Iterator[tuple[str, Said, Any]]:
    """Go through the fields that show something else than they must."""
    for name, said in session.fields.items():
        found = values(shown, name)
        if found and not any(value in said.values for value in found):
            yield name, replace(said, requirement=rule(session, said, name, found)), found[0]


def rule(session: Session, said: Said, name: str, found: list[Any]) -> str:
    """Return the requirement that is broken: another one when what is shown was refused."""
    rejected = session.rejected.get(name)
    return rejected.requirement if rejected and rejected.values[0] in found else said.requirement


def values(shown: Json, name: str) -> list[Any]:
    """Return what a session shows under the name of a text, or anywhere under a key of the configuration."""
    if name in TEXTS:
        return [shown[name]] if name in shown else []
    return reading.found({key: value for key, value in shown.items() if key not in ELSEWHERE}, name)


def learn(session: Session, shown: Json) -> None:
    """Take over what was not known; whatever is not changed from now on stays as it is."""
    for name in (*TEXTS, *CONFIG):
        found = values(shown, name)
        certain = len(found) == 1 and (is_text(found[0]) if name in TEXTS else is_setting(name, found[0]))
        if certain:
            session.fields[name] = Said((found[0],), OTHERS_STAY)
            session.rejected.pop(name, None)
    session.tags = frozenset(tags(shown)) or session.tags


def tags(shown: Json) -> Iterator[str]:
    """Go through the tags that a session shows."""
    metadata = shown.get("metadata")
    for holder in (shown, metadata if isinstance(metadata, dict) else {}):
        listed = holder.get("tags")
        if isinstance(listed, list):
            yield from (each for each in listed if isinstance(each, str))


def long_name(session: Session, shown: Json) -> Iterator[Suspicion]:
    """Look for a name beyond its bound; what a character is, is certain for ASCII only."""
    name = shown.get("name")
    if isinstance(name, str) and name.isascii() and len(name) > LONGEST_TEXT:
        rule = "ZIPF-UPDATE-04" if session.last == "update_session" else "ZIPF-CREATE-08"
        yield suspicion(rule, session.id, "a name of 255 characters at most", name)


def status(knowledge: Knowledge, session: Session, shown: Any) -> Iterator[Suspicion]:
    """Compare the status with the steps that were taken; any session may be archived by time."""
    if shown not in STATUSES or session.gone:
        return
    if shown not in session.possible:
        expected = " or ".join(sorted(session.possible))
        yield suspicion(session.step or standing(session), session.id, f"status {expected}", shown)
        return
    knowledge.moved(session, shown)
    session.step = None
    if shown == "archived":
        session.possible = frozenset(("archived",))


def standing(session: Session) -> str:
    """Return the requirement that keeps the status where it is, when nobody tried to change it."""
    if "active" in session.possible:
        return "ZIPF-CREATE-04"
    return "ZIPF-LIFE-01" if "completed" in session.possible else "ZIPF-LIFE-04"


def answered(session: Session, body: Any, end: str) -> Iterator[Suspicion]:
    """Compare the session in the reply to a change that was carried out, where there is one."""
    shown = body.get("session") if isinstance(body, dict) else None
    promised = REPLIES.get(end)
    if promised is None or not isinstance(shown, dict):
        return
    for name, said, got in broken_fields(session, shown):
        yield suspicion(promised, session.id, f"{name} {said.values[0]!r} in the reply", got)
    if shown.get("status") in STATUSES and shown["status"] not in session.possible:
        expected = " or ".join(sorted(session.possible))
        yield suspicion(promised, session.id, f"status {expected} in the reply", shown["status"])


def sharing(session: Session, account: Account, shown: Json) -> Iterator[Suspicion]:
    """Compare what the details tell an owner or viewer of sharing with whom the session is shared with."""
    audience = session.audience
    if not audience.known:
        return
    name, organization = shown.get("organization_name"), audience.organization
    if organization is None and name:
        yield suspicion("ZIPF-GET-07", session.id, "no organization_name, for it is shared with none", name)
    elif organization is not None and "organization_name" in shown:
        known = (account.organizations or {}).get(organization) or name
        if not name or name != known:
            yield suspicion("ZIPF-GET-03", session.id, f"organization_name {known!r}", name)
    yield from flags(session.id, audience, shown, "ZIPF-SHARE-08")


def flags(record: str, audience: Audience, shown: Json, rule: str) -> Iterator[Suspicion]:
    """Compare the fields that tell of sharing, where they are, with whom a record is shared with."""
    organization = audience.organization
    expected = {"shared_with_org": organization is not None, "organization_id": organization}
    if audience.known and any(name in shown and shown[name] != value for name, value in expected.items()):
        yield suspicion(rule, record, f"{expected}", {name: shown.get(name) for name in expected})
