"""What sessions and operations are made of, which status follows which, and who sees what of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, TypedDict

from mock_server.clock import rfc3339
from mock_server.store import CollectionPlan, Document
from mock_server.views import view

Status = Literal["active", "completed", "archived"]
AccessLevel = Literal["owner", "org_viewer", "public"]
OperationType = Literal["search", "crawl"]

MAX_SESSIONS = 100
MAX_OPERATIONS = 100
AUTO_ARCHIVE = timedelta(days=7)
DEFAULT_CONFIG: Mapping[str, Any] = {
    "auto_deduplicate": True,
    "accumulate_context": True,
    "use_session_context": True,
    "max_operations": None,
}
# What is the owner's business, or that of an organisation, and so not in the public views.
PRIVATE_OF_SESSION = frozenset(
    {"customer_id", "session_config", "metadata", "shared_with_org", "organization_id"}
)
PRIVATE_OF_OPERATION = frozenset({"shared_with_org", "organization_id"})
# What is kept of an operation for the rules and the job's own reply, and not shown in a session.
INTERNAL_TO_OPERATION = frozenset({"session_id", "customer_id", "traits", "details", "sequence"})


class Session(TypedDict):
    """A session as it is kept: `sequence` is the order of creation, `busy_until` when its jobs are done.

    A session that a test has put in may lack `busy_until`: it has no jobs.
    """

    id: str
    customer_id: str
    name: str
    description: str | None
    status: Status
    intent_context: str | None
    session_config: Mapping[str, Any]
    metadata: Mapping[str, Any]
    aggregates: Mapping[str, Any]
    public_share: bool
    shared_with_org: bool
    organization_id: str | None
    created_at: str
    updated_at: str
    completed_at: str | None
    archived_at: str | None
    busy_until: str
    sequence: int


class Operation(TypedDict):
    """A search or a crawl as it is kept; it carries the session's sharing with an organisation.

    One that stands alone has no session. `traits` are what it adds to the context of its session, `details`
    what only its own reply shows.
    """

    id: str
    session_id: str | None
    customer_id: str
    type: OperationType
    status: str
    created_at: str
    completed_at: str | None
    credits_consumed: int
    query: str | None
    urls: list[str] | None
    results: list[Mapping[str, Any]]
    shared_with_org: bool
    organization_id: str | None
    traits: Mapping[str, Mapping[str, int]]
    details: Mapping[str, Any]
    sequence: int


class Workflow(TypedDict):
    """A workflow as it is kept."""

    id: str
    customer_id: str
    name: str
    session_id: str | None
    shared_with_org: bool
    organization_id: str | None
    created_at: str
    updated_at: str
    sequence: int


def timestamp(instant: datetime) -> str:
    """An instant as Zipf writes it."""
    return rfc3339(instant, "milliseconds")


def as_of(session: Session, now: datetime) -> Session:
    """The session as it is at `now`: archived once nobody has touched it for seven days.

    From what the seven days run is not documented; the last change is assumed.
    """
    due = datetime.fromisoformat(session["updated_at"]) + AUTO_ARCHIVE
    if session["status"] == "archived" or now < due:
        return session
    return {**session, "status": "archived", "archived_at": timestamp(due)}


def operation_as_of(operation: Operation, now: datetime) -> Operation:
    """The operation as it is at `now`: without results before it is completed.

    A job waits for the first half of its time and runs in the second; the page does not describe jobs.
    """
    done = datetime.fromisoformat(operation["completed_at"] or operation["created_at"])
    if now >= done:
        return operation
    half = (done - datetime.fromisoformat(operation["created_at"])) / 2
    status = "pending" if now < done - half else "running"
    return {**operation, "status": status, "completed_at": None, "results": [], "traits": {}}


def operation_limit(session: Session) -> int:
    """How many operations the session takes."""
    return session["session_config"]["max_operations"] or MAX_OPERATIONS


def aggregates(operations: Iterable[Operation]) -> dict[str, Any]:
    """What operations add up to."""
    listed = list(operations)
    searches = sum(operation["type"] == "search" for operation in listed)
    return {
        "unique_urls": len({result["url"] for operation in listed for result in operation["results"]}),
        "total_credits": sum(operation["credits_consumed"] for operation in listed),
        "operation_count": len(listed),
        "operations_by_type": {"search": searches, "crawl": len(listed) - searches},
    }


@view
def session_view(session: Session) -> Document:
    """What whoever may read a session by name sees of it."""
    return {name: value for name, value in session.items() if name not in ("busy_until", "sequence")}


@view
def public_session_view(session: Session) -> Document:
    """What everybody sees of a public session."""
    return {name: value for name, value in session_view(session).items() if name not in PRIVATE_OF_SESSION}


@view
def operation_view(operation: Operation) -> Document:
    """What whoever may read a session by name sees of an operation in it."""
    shown = {name: value for name, value in operation.items() if name not in INTERNAL_TO_OPERATION}
    return {**shown, "results_count": len(operation["results"])}


@view
def public_operation_view(operation: Operation) -> Document:
    """What everybody sees of an operation in a public session."""
    return {n: value for n, value in operation_view(operation).items() if n not in PRIVATE_OF_OPERATION}


@view
def workflow_view(workflow: Workflow) -> Document:
    """What whoever may read a workflow sees of it."""
    return {name: value for name, value in workflow.items() if name != "sequence"}


def _within(operation: Operation) -> tuple[Any, ...] | None:
    return (operation["session_id"], operation["sequence"]) if operation["session_id"] else None


def _shared(session: Session) -> tuple[Any, ...] | None:
    if not session["shared_with_org"]:
        return None
    return (session["organization_id"], session["created_at"], session["sequence"])


COLLECTIONS = (
    CollectionPlan(
        "sessions",
        indexes={
            "owner": lambda session: (session["customer_id"], session["created_at"], session["sequence"]),
            "shared": _shared,
        },
        schema="Session",
    ),
    CollectionPlan(
        "operations",
        indexes={"session": _within},
    ),
    CollectionPlan("workflows", schema="Workflow"),
    CollectionPlan("web"),
    CollectionPlan("accounts"),
    CollectionPlan("organizations", schema="Organization"),
)
