"""What a Viben session is made of, which status follows which, and what sessions there are at the start."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Literal, TypedDict

from mock_server.clock import rfc3339
from mock_server.draw import Draw
from mock_server.seeding import Seed
from mock_server.store import CollectionPlan, Document
from mock_server.views import view

Status = Literal["created", "active", "paused", "completed", "failed"]
# The document names the statuses and no transitions. That an ended session stays ended is assumed (see the
# contract).
ENDED: frozenset[Status] = frozenset({"completed", "failed"})
SUMMARY = ("id", "agent_id", "task_id", "status", "created_at", "last_active", "message_count")
CREATED = ("id", "agent_id", "task_id", "status", "created_at")


class Session(TypedDict):
    """A session as it is kept; `sequence` tells the order of creation, `prompt` is never shown."""

    id: str
    agent_id: str
    task_id: str | None
    status: Status
    created_at: str
    last_active: str
    message_count: int
    data: dict[str, Any]
    prompt: str | None
    sequence: int


class Message(TypedDict):
    """A message as it is kept."""

    id: str
    session_id: str
    content: str
    timestamp: str


@view
def summary(session: Session) -> Document:
    """What a list shows of a session."""
    return {name: session[name] for name in SUMMARY}  # type: ignore[literal-required]


@view
def detail(session: Session) -> Document:
    """What reading a single session shows."""
    return {**summary(session), "data": session["data"]}


def creation(session: Session) -> Document:
    """What creating a session shows."""
    return {name: session[name] for name in CREATED}  # type: ignore[literal-required]


def _task(session: Session) -> tuple[Any, ...] | None:
    task_id = session["task_id"]
    return None if task_id is None else (task_id, session["created_at"], session["sequence"])


COLLECTIONS = (
    CollectionPlan(
        "sessions",
        indexes={
            "age": lambda session: (session["created_at"], session["sequence"]),
            "agent_id": lambda session: (session["agent_id"], session["created_at"], session["sequence"]),
            "task_id": _task,
            "status": lambda session: (session["status"], session["created_at"], session["sequence"]),
        },
        schema="Session",
    ),
    CollectionPlan("messages", indexes={"session": lambda message: (message["session_id"], message["id"])}),
)


def generate(seed: Seed) -> Iterator[tuple[str, str, Document]]:
    """The hand-picked sessions of the fixture, then generated ones, oldest first."""
    for picked in seed.fixture["sessions"]:
        yield "sessions", picked["id"], {"prompt": None, **picked}
    sessions = [_generated(seed, ordinal) for ordinal in range(seed.fixture["plan"]["count"])]
    for session in sorted(sessions, key=lambda each: each["created_at"]):
        yield "sessions", session["id"], session


def _generated(seed: Seed, ordinal: int) -> dict[str, Any]:
    draw, plan = seed.draw, seed.fixture["plan"]
    path = ("viben.seed", ordinal)
    created = draw.before(seed.epoch, timedelta(days=plan["days"]), *path, "created_at")
    status = draw.choice([s for s, parts in plan["statuses"].items() for _ in range(parts)], *path, "status")
    messages = 0 if status == "created" else draw.integer(1, 60, *path, "message_count")
    active = min(created + timedelta(minutes=4 * messages), seed.epoch)
    return {
        "id": f"session-{draw.hexadecimal(12, *path, 'id')}",
        "agent_id": draw.choice(plan["agents"], *path, "agent_id"),
        "task_id": _generated_task(draw, plan["tasks"], ordinal),
        "status": status,
        "created_at": rfc3339(created),
        "last_active": rfc3339(active),
        "message_count": messages,
        "data": {
            "workdir": draw.text("file_path", *path, "workdir"),
            "model": draw.choice(plan["models"], *path, "model"),
        },
        "prompt": draw.text("sentence", *path, "prompt"),
    }


def _generated_task(draw: Draw, tasks: int, ordinal: int) -> str | None:
    if draw.chance(0.2, "viben.seed", ordinal, "no task"):
        return None
    return (
        f"task-{draw.hexadecimal(6, 'viben.task', draw.integer(1, tasks, 'viben.seed', ordinal, 'task_id'))}"
    )
