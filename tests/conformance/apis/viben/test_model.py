"""Viben's shadow model: what it suspects, what it leaves open, and that a run listens to it."""

import json
from typing import Any

import pytest

from conformance.apis.viben import SUITE
from conformance.apis.viben.model import VibenModel
from conformance.exchange import Exchange
from conformance.options import Options
from conformance.runner import run
from conformance.target import Target
from conformance.verdict import Verdict
from tests.foreign.viben import Answer, Record, Viben, serving

SESSION = {
    "id": "s-1",
    "agent_id": "a",
    "task_id": "t",
    "status": "created",
    "created_at": "2026-01-01T00:00:00Z",
}
DETAILS = {**SESSION, "last_active": "2026-01-01T00:00:00Z", "message_count": 0, "data": {}}
ONE = "/api/sessions/s-1"
CREATED = ("POST", "/api/sessions", {"agent_id": "a"}, 201, SESSION)
DELETED = ("DELETE", ONE, None, 204, None)
MESSAGE = ("POST", f"{ONE}/message", {"content": "go on"}, 200, {"message_id": "m-1"})

Step = tuple[str, str, Any, int, Any]


def suspected(*steps: Step) -> list[str]:
    """Show a model the steps and return the requirements it suspects broken."""
    model = VibenModel()
    found = [model.watch(exchange(*step)) for step in steps]
    return [each.requirement for suspicions in found for each in suspicions]


def exchange(method: str, target: str, body: Any, status: int, reply: Any) -> Exchange:
    """Return an exchange."""
    content = None if body is None else json.dumps(body).encode()
    return Exchange(
        method, target, (), content, status, (), b"" if reply is None else json.dumps(reply).encode()
    )


def shown(**changes: Any) -> Step:
    """Return a read of the session with these differences."""
    return "GET", ONE, None, 200, {**DETAILS, **changes}


def updated(**changes: Any) -> Step:
    """Return an update that was carried out."""
    return "PATCH", ONE, changes, 200, None


def listed(query: str, *entries: Any) -> Step:
    """Return a list."""
    return "GET", f"/api/sessions{query}", None, 200, {"sessions": list(entries)}


REFUSED: Step = ("PATCH", ONE, {"status": "asleep"}, 400, None)
BROKEN: list[tuple[str, list[Step]]] = [
    ("VIBEN-GET-01", [shown(agent_id="b")]),
    ("VIBEN-UPDATE-01", [updated(status="paused"), shown(status="active")]),
    ("VIBEN-UPDATE-02", [updated(data={"a": [1]}), shown(data={"a": [2]})]),
    ("VIBEN-UPDATE-06", [shown(status="asleep")]),
    ("VIBEN-UPDATE-11", [shown(), REFUSED, shown(data={"a": 1})]),
    ("VIBEN-MESSAGE-04", [MESSAGE, MESSAGE, shown(message_count=1)]),
    ("VIBEN-DELETE-01", [DELETED, shown()]),
    ("VIBEN-DELETE-02", [DELETED, listed("", SESSION)]),
    ("VIBEN-LIST-02", [listed("", {**SESSION, "task_id": "u"})]),
    ("VIBEN-LIST-02", [listed("")]),
    ("VIBEN-LIST-03", [listed("?task_id=t")]),
    ("VIBEN-LIST-04", [listed("?agent_id=z", {**SESSION, "id": "other"}), listed("?agent_id=a", SESSION)]),
    ("VIBEN-LIST-05", [listed("?status=active", SESSION)]),
]
HONEST: list[list[Step]] = [
    [shown(status="active"), shown(status="completed", message_count=7)],
    [updated(status="active"), shown(status="completed")],
    [updated(status="paused"), MESSAGE, shown(status="active", message_count=1)],
    [updated(data={"a": 1}), shown(data={"a": 1, "b": 2}), updated(data={"c": 1}), shown(data={"c": 1})],
    [updated(data={"a": 1.1}), shown(data={"a": 1.1000000001})],
    [updated(status="asleep"), shown()],
    [DELETED, ("GET", ONE, None, 404, None), ("PATCH", ONE, {}, 404, None)],
    [listed("?task_id=t&task_id=u"), listed("?limit=1"), listed("?task_id=")],
    [listed("", *({**SESSION, "id": str(number)} for number in range(10)))],
    [("GET", "/api/sessions/unknown", None, 200, {"status": "asleep"})],
    [("GET", ONE, None, 500, None), ("POST", ONE, None, 200, None)],
]
LOST: list[Step] = [
    ("DELETE", ONE, None, 0, None),
    ("PATCH", ONE, {"status": "paused", "data": {"a": 2}}, 504, None),
    ("POST", f"{ONE}/message", {"content": "go on"}, 502, None),
]


@pytest.mark.parametrize(
    ("requirement", "steps"), BROKEN, ids=[f"{number}-{name}" for number, (name, _) in enumerate(BROKEN)]
)
def test_what_cannot_be_is_suspected(requirement: str, steps: list[Step]) -> None:
    """A session that does not follow from what was asked breaks the requirement that says so."""
    assert suspected(CREATED, *steps) == [requirement]


@pytest.mark.parametrize("steps", HONEST, ids=map(str, range(len(HONEST))))
def test_what_the_document_leaves_open_is_not(steps: list[Step]) -> None:
    """Agents at work, replaced or merged data, odd numbers, pages, others' sessions are nobody's fault."""
    assert suspected(CREATED, *steps) == []


@pytest.mark.parametrize("lost", LOST, ids=["delete", "update", "message"])
@pytest.mark.parametrize(
    "later",
    [[], [shown(), listed("", SESSION)], [shown(status="paused", data={"a": 2}, message_count=9)]],
    ids=["gone", "as before", "changed"],
)
def test_a_lost_reply_leaves_open_what_was_done(lost: Step, later: list[Step]) -> None:
    """After a change without a reply, or with a gateway's, the session may be gone, as before, or changed."""
    before: list[Step] = [CREATED, MESSAGE, updated(status="completed", data={"a": 1})]
    gone = [("GET", ONE, None, 404, None), listed(""), listed("?task_id=t")]

    assert suspected(*before, lost, *(later or gone)) == []


def test_transitions_are_counted() -> None:
    """Each move of a known session is counted with the operation before it."""
    model = VibenModel()
    for step in (CREATED, MESSAGE, shown(status="active", message_count=1), DELETED):
        list(model.watch(exchange(*step)))

    assert dict(model.transitions) == {
        "nothing > create_session > created": 1,
        "created > send_message > active": 1,
        "active > delete_session > gone": 1,
    }


class Renaming(Viben):
    """Gives a session to another agent with its first message."""

    def message(self, session: Record, body: Any) -> Answer:
        """Take a message."""
        session["agent_id"] = "GEMINI"
        return super().message(session, body)


def test_a_run_fails_what_only_the_model_saw() -> None:
    """A promise whose own script sees nothing is failed for what another script brought to light."""
    chosen = ("VIBEN-GET-01", "VIBEN-MESSAGE-04")
    with serving(Renaming()) as url:
        report = run(SUITE, Target(url), Options(only=chosen))

    results = {each.requirement.id: each for each in report.results}
    assert results["VIBEN-MESSAGE-04"].verdict is Verdict.PASS
    assert results["VIBEN-GET-01"].verdict is Verdict.FAIL
    assert "CLAUDE_CODE" in results["VIBEN-GET-01"].expected
    assert any("/message" in line for line in results["VIBEN-GET-01"].reproduce)
