"""What Viben holds at the start."""

from itertools import pairwise

from mock_server.apis.viben.model import ENDED
from tests.mock_server.worlds import EPOCH, baseline, documents

SESSIONS = documents(baseline(), "viben", "sessions", "age")


def test_there_is_something_of_everything() -> None:
    """Every status occurs, tasks with several sessions, and sessions without a task."""
    tasks = [session["task_id"] for session in SESSIONS]

    assert {session["status"] for session in SESSIONS} == ENDED | {"created", "active", "paused"}
    assert None in tasks
    assert any(tasks.count(task) > 1 for task in set(tasks) - {None})


def test_times_are_plausible() -> None:
    """Nothing happens before it was created or after the epoch, and the order is that of creation."""
    end = EPOCH.isoformat().replace("+00:00", "Z")

    assert all(str(s["created_at"]) <= str(s["last_active"]) <= end for s in SESSIONS)
    assert all(one["sequence"] < other["sequence"] for one, other in pairwise(SESSIONS))  # type: ignore[operator]


def test_a_session_without_messages_is_one_that_waits() -> None:
    """Created sessions have no messages, all others have some."""
    assert all((s["message_count"] == 0) == (s["status"] == "created") for s in SESSIONS)
