"""Workflows and jobs: whose they are, and how sharing reaches a workflow's session and a session's jobs."""

from collections.abc import Iterator
from typing import Any

from conformance.apis.zipf.model import changes, rights, shown
from conformance.apis.zipf.model.knowledge import Audience, Job, Knowledge, Session, Workflow, caller
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import Json, is_ok, is_refused, suspicion


def create(knowledge: Knowledge, exchange: Exchange) -> Iterator[Suspicion]:
    """Take a creation in; nobody links a session of somebody else's."""
    body, made = changes.sent(exchange), inner(exchange)
    if not is_ok(exchange) or body is None or not isinstance(made.get("id"), str):
        return
    linked = body.get("session_id")
    session = knowledge.sessions.get(str(linked))
    if session and session.audience.owner != caller(exchange):
        yield suspicion(
            "ZIPF-WORKFLOW-01", session.id, "a refusal to link another's session", exchange.status
        )
        return
    name = body.get("name")
    knowledge.workflows[made["id"]] = Workflow(
        name if changes.is_text(name) else None, linked if session else None, Audience(caller(exchange))
    )


def inner(exchange: Exchange) -> Json:
    """Return the workflow in a reply."""
    body = exchange.reply_json()
    found = body.get("workflow") if isinstance(body, dict) else None
    return found if isinstance(found, dict) else {}


def read(knowledge: Knowledge, id_: str, workflow: Workflow, exchange: Exchange) -> Iterator[Suspicion]:
    """Compare a workflow as shown, or refused, with what is known of it."""
    reader = rights.level(knowledge, workflow.audience, exchange)
    if is_ok(exchange):
        if reader == "stranger":
            rule = "ZIPF-WORKFLOW-02" if caller(exchange) else "ZIPF-AUTH-01"
            yield suspicion(rule, id_, "a refusal to who may not see the workflow", exchange.status)
            return
        yield from compare(id_, workflow, exchange, reader)
    elif exchange.status in rights.GONE and reader == "owner":
        yield suspicion("ZIPF-WORKFLOW-01", id_, "the workflow for its owner", exchange.status)
    elif exchange.status in rights.HIDDEN and reader == "org_viewer":
        yield suspicion("ZIPF-WORKFLOW-02", id_, "the workflow for a viewer", exchange.status)


def compare(id_: str, workflow: Workflow, exchange: Exchange, reader: str | None) -> Iterator[Suspicion]:
    """Compare the fields of a workflow."""
    found, body = inner(exchange), exchange.reply_json()
    for field, value in (("name", workflow.name), ("session_id", workflow.session)):
        if value is not None and found.get(field, value) != value:
            yield suspicion("ZIPF-WORKFLOW-01", id_, f"{field} {value!r}", found[field])
    told = body.get("access_level")
    if reader in ("owner", "org_viewer") and told not in (None, reader):
        yield suspicion("ZIPF-WORKFLOW-02", id_, f"access_level {reader!r}", told)
    yield from shown.flags(id_, workflow.audience, found, "ZIPF-WORKFLOW-02")


def share(knowledge: Knowledge, id_: str, workflow: Workflow, exchange: Exchange) -> Iterator[Suspicion]:
    """Take in whom a workflow, and its session with it, is shared with."""
    if is_refused(exchange):
        return
    if caller(exchange) != workflow.audience.owner:
        yield suspicion("ZIPF-WORKFLOW-03", id_, "a refusal to who may not change it", exchange.status)
        return
    body = changes.sent(exchange)
    workflow.audience.share(body)
    session = knowledge.sessions.get(workflow.session or "")
    if session and not session.gone:
        session.last = "share_workflow"
        yield from changes.shared(knowledge, session, exchange, "ZIPF-WORKFLOW-02")


def job(knowledge: Knowledge, id_: str, known: Job, exchange: Exchange) -> Iterator[Suspicion]:
    """Compare a search or crawl as shown, or refused, with whose it is."""
    session = knowledge.sessions.get(known.session or "")
    if known.session and session is None:
        return
    audience = session.audience if session else Audience(known.owner)
    reader = rights.level(knowledge, audience, exchange)
    if is_ok(exchange):
        yield from job_shown(id_, known, session, exchange, reader)
    elif session and session.gone:
        return
    elif exchange.status in rights.GONE and reader == "owner":
        yield suspicion("ZIPF-ALONE-04", id_, "the job for who made it", exchange.status)
    elif exchange.status in rights.HIDDEN and reader == "org_viewer" and known.readable:
        yield suspicion("ZIPF-SHARE-04", id_, "the job for a viewer of its session", exchange.status)


def job_shown(
    id_: str, known: Job, session: Session | None, exchange: Exchange, reader: str | None
) -> Iterator[Suspicion]:
    """Compare a job that was shown."""
    body: Any = exchange.reply_json()
    if session and session.gone:
        yield suspicion("ZIPF-ALONE-04", id_, "a job that went with its session", exchange.status)
    elif reader in ("stranger", "public"):
        rule = rights.trespass(session.audience, exchange) if session else "ZIPF-ALONE-04"
        yield suspicion(rule, id_, "a refusal to who may not see the job", exchange.status)
    elif isinstance(body, dict) and body.get("session_id", known.session) != known.session:
        yield suspicion("ZIPF-ALONE-04", id_, f"session_id {known.session!r}", body["session_id"])
    elif reader == "owner":
        known.readable = True
