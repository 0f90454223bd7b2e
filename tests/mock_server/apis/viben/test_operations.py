"""Viben over HTTP: what each operation answers, by the vendor's own examples."""

import re
from typing import Any

import httpx
import pytest

SESSIONS = "/api/sessions"
SESSION = "/api/sessions/session-abc123"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
NEW = {"agent_id": "CLAUDE_CODE", "task_id": "task-xyz", "prompt": "Initial prompt for the session"}


def test_a_creation_shows_five_fields(viben: httpx.Client) -> None:
    """201 with id, agent, task, status and time; the prompt is not among them."""
    answer = viben.post(SESSIONS, json=NEW)
    session = answer.json()

    assert answer.status_code == 201
    assert re.fullmatch(r"session-[0-9a-f]{12}", session.pop("id"))
    assert re.fullmatch(TIME, session.pop("created_at"))
    assert session == {"agent_id": "CLAUDE_CODE", "task_id": "task-xyz", "status": "created"}


def test_details_have_data_and_the_list_has_not(viben: httpx.Client) -> None:
    """Otherwise both show the same."""
    detail = viben.get(SESSION).json()
    [listed] = [each for each in viben.get(SESSIONS).json()["sessions"] if each["id"] == "session-abc123"]

    assert detail.pop("data") == {"workdir": "/path/to/project", "model": "claude-3-sonnet"}
    assert listed == detail


def test_the_documents_example_is_there(viben: httpx.Client) -> None:
    """The session that the vendor's page shows has the values it shows."""
    session = viben.get(SESSION).json()

    assert (session["status"], session["message_count"]) == ("active", 42)
    assert (session["created_at"], session["last_active"]) == ("2024-01-16T10:00:00Z", "2024-01-16T14:30:00Z")


def test_filters_narrow_the_list(viben: httpx.Client) -> None:
    """Each of the three filters, and all of them together."""
    filters = {"task_id": "task-xyz", "agent_id": "CLAUDE_CODE", "status": "active"}
    for names in (["task_id"], ["agent_id"], ["status"], list(filters)):
        wanted = {name: filters[name] for name in names}
        found = viben.get(SESSIONS, params=wanted).json()["sessions"]

        assert found
        assert all(session[name] == value for session in found for name, value in wanted.items())


def test_an_update_shows_the_whole_session(viben: httpx.Client) -> None:
    """Status changed, data merged; the prompt is kept and never shown."""
    answer = viben.patch(SESSION, json={"status": "paused", "data": {"notes": "Paused"}, "prompt": "secret"})

    assert (answer.status_code, answer.json()) == (200, viben.get(SESSION).json())
    assert answer.json()["data"] == {
        "workdir": "/path/to/project",
        "model": "claude-3-sonnet",
        "notes": "Paused",
    }
    assert "secret" not in answer.text


def test_a_message_gets_a_receipt(viben: httpx.Client) -> None:
    """Id, status and time; the session has one message more."""
    answer = viben.post(f"{SESSION}/message", json={"content": "Please continue"})
    receipt = answer.json()

    assert answer.status_code == 200
    assert re.fullmatch(r"msg-[0-9a-f]{12}", receipt["message_id"])
    assert (receipt["status"], receipt["timestamp"]) == ("sent", viben.get(SESSION).json()["last_active"])
    assert viben.get(SESSION).json()["message_count"] == 43


def test_a_deletion_names_what_is_gone(viben: httpx.Client) -> None:
    """A second one finds nothing."""
    first, second = viben.delete(SESSION), viben.delete(SESSION)

    assert (first.status_code, first.json()) == (200, {"deleted": "session-abc123"})
    assert (second.status_code, second.json()["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "", {}, 400, "INVALID_INPUT"),
        ("POST", "", {"agent_id": "a", "task_id": 1}, 400, "INVALID_INPUT"),
        ("PATCH", "/session-abc123", {"status": "finished"}, 400, "INVALID_INPUT"),
        ("PATCH", "/session-abc123", {"data": []}, 400, "INVALID_INPUT"),
        ("POST", "/session-abc123/message", {}, 400, "INVALID_INPUT"),
        ("POST", "/session-abc123/message", {"content": ""}, 400, "INVALID_INPUT"),
        ("POST", "/session-fa11ed/message", {"content": "x"}, 409, "CONFLICT"),
        ("PATCH", "/session-fa11ed", {"status": "active"}, 409, "CONFLICT"),
        ("PATCH", "/session-none", {}, 404, "NOT_FOUND"),
        ("POST", "/session-none/message", {"content": "x"}, 404, "NOT_FOUND"),
    ],
)
def test_a_refusal_changes_nothing(
    viben: httpx.Client, method: str, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    """Errors have a text for people and a code for programs, and leave every session as it was."""
    before = viben.get(SESSIONS).json()
    answer = viben.request(method, SESSIONS + path, json=body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["error"]
    assert viben.get(SESSIONS).json() == before
