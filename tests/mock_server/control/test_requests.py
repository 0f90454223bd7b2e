"""Tests of `mock_server.control.requests` over HTTP: the journal of a world."""

from typing import Any

import httpx
import pytest

from mock_server import apis
from tests import servers

NEW = {"agent_id": "CODEX"}


def find(viben: httpx.Client, **criteria: Any) -> list[dict[str, Any]]:
    """Requests of the client's world that meet every criterion, newest first."""
    found: list[dict[str, Any]] = viben.post("/__admin/requests/find", json=criteria).json()["requests"]
    return found


def explained(viben: httpx.Client, answer: httpx.Response) -> dict[str, Any]:
    """The explanation that an answer links to."""
    explanation: dict[str, Any] = viben.get(answer.headers["X-Mock-Explanation"]).json()
    return explanation


def test_requests_are_listed_newest_first(viben: httpx.Client) -> None:
    """The list starts with the request that came last, and leaves control out."""
    viben.get("/api/sessions")
    viben.post("/api/sessions", json=NEW)
    viben.post("/__admin/clock/advance", json={"seconds": 1})

    listed = viben.get("/__admin/requests").json()

    assert [each["operation"] for each in listed["requests"]] == ["create_session", "list_sessions"]
    assert listed["total"] == 2


def test_calls_of_control_are_found_when_asked_for(viben: httpx.Client) -> None:
    """What control changed is in the journal; what it only read is not."""
    viben.post("/__admin/clock/advance", json={"seconds": 1})
    viben.get("/__admin/clock")

    assert [each["operation"] for each in find(viben, api="control")] == ["advance_clock"]


@pytest.mark.parametrize(
    ("criteria", "operations"),
    [
        ({"operation": "create_session"}, ["create_session"]),
        ({"method": "GET"}, ["get_session", "list_sessions"]),
        ({"status": 404}, ["get_session"]),
        ({"path": "/api/sessions/*"}, ["get_session"]),
        ({"body": {"agent_id": "CODEX"}}, ["create_session"]),
        ({"body": {"agent_id": "AMP"}}, []),
        ({"api": "viben", "method": "POST", "status": 201}, ["create_session"]),
        ({"caller": "owner"}, []),
    ],
    ids=str,
)
def test_requests_are_found_by_criteria(
    viben: httpx.Client, criteria: dict[str, Any], operations: list[str]
) -> None:
    """A request is found when it meets every criterion."""
    viben.get("/api/sessions")
    viben.post("/api/sessions", json={**NEW, "task_id": "task-1"})
    viben.get("/api/sessions/none")

    assert [each["operation"] for each in find(viben, **criteria)] == operations
    assert viben.post("/__admin/requests/count", json=criteria).json() == {"count": len(operations)}


def test_requests_after_another_are_found(viben: httpx.Client) -> None:
    """`after` leaves out everything up to a request, so that a test sees its own ones only."""
    first = viben.get("/api/sessions").headers["X-Mock-Request-Id"]
    viben.get("/api/sessions/none")

    assert [each["operation"] for each in find(viben, after=first)] == ["get_session"]


def test_a_request_of_another_world_is_no_mark(viben: httpx.Client) -> None:
    """`after` names a request of this world, or the question has no answer."""
    answer = viben.post("/__admin/requests/find", json={"after": "elsewhere-1"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/after"


def test_an_unknown_criterion_is_named(viben: httpx.Client) -> None:
    """A misspelt criterion is a 400 that names it, and not a search without it."""
    answer = viben.post("/__admin/requests/find", json={"verb": "GET"})

    assert answer.status_code == 400
    assert "verb" in answer.json()["detail"]


def test_a_list_can_be_cut(viben: httpx.Client) -> None:
    """`limit` shows the newest ones and tells how many there are."""
    for _ in range(3):
        viben.get("/api/sessions")

    listed = viben.get("/__admin/requests", params={"limit": 2}).json()

    assert (len(listed["requests"]), listed["total"]) == (2, 3)


def test_the_journal_can_be_cleared(viben: httpx.Client) -> None:
    """After clearing there are no requests, and numbers go on."""
    before = viben.get("/api/sessions").headers["X-Mock-Request-Id"]

    assert viben.delete("/__admin/requests").status_code == 204
    assert find(viben) == []
    assert viben.get("/api/sessions").headers["X-Mock-Request-Id"] != before


def test_a_reset_begins_a_new_journal_and_never_repeats_an_id(viben: httpx.Client) -> None:
    """A reset forgets the requests; the id of one of them is not given to another."""
    before = viben.get("/api/sessions").headers["X-Mock-Request-Id"]
    reset = viben.post("/__admin/reset").headers["X-Mock-Request-Id"]

    assert viben.get(f"/__admin/requests/{before}").status_code == 404
    assert viben.get("/api/sessions").headers["X-Mock-Request-Id"] not in (before, reset)


def test_unmatched_requests_say_what_was_meant(viben: httpx.Client) -> None:
    """A request that no operation answers is shown with the operations most like it, and the difference."""
    viben.get("/api/sesions/session-abc123")
    viben.get("/sessions")
    viben.put("/api/sessions/session-abc123", json={})

    requests = viben.get("/__admin/requests/unmatched").json()["requests"]
    reasons = [each["near_misses"][0]["reason"] for each in requests]

    assert reasons[0].startswith("the method is PUT, not ")
    assert reasons[1:] == ["the path lacks the base path /api", "'sesions' should be 'sessions'"]


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        ({"exactly": 2}, ""),
        ({"at_least": 1, "at_most": 2}, ""),
        ({"exactly": 1}, "came 2 times, not exactly 1"),
        ({"at_least": 3}, "came 2 times, not at least 3"),
        ({"at_most": 1}, "came 2 times, not at most 1"),
    ],
    ids=str,
)
def test_how_often_a_call_came_is_verified(viben: httpx.Client, times: dict[str, int], reason: str) -> None:
    """Verification counts the requests that match a call and says what is wrong."""
    for _ in range(2):
        viben.get("/api/sessions")
    call = {"match": {"operation": "list_sessions"}, "times": times}

    verdict = viben.post("/__admin/requests/verify", json={"calls": [call]}).json()

    assert verdict["verified"] is not bool(reason)
    assert verdict["calls"][0]["reason"] == reason


@pytest.mark.parametrize(("in_order", "verified"), [(True, False), (False, True)])
def test_the_order_of_calls_is_verified(viben: httpx.Client, *, in_order: bool, verified: bool) -> None:
    """In order, each call has to come after the one before; else it only has to come."""
    viben.get("/api/sessions")
    viben.post("/api/sessions", json=NEW)
    calls = [{"match": {"operation": name}} for name in ("create_session", "list_sessions")]

    verdict = viben.post("/__admin/requests/verify", json={"calls": calls, "in_order": in_order}).json()

    assert verdict["verified"] is verified


def test_an_answer_links_to_its_explanation(viben: httpx.Client) -> None:
    """The explanation names the route, what answered, and what was changed."""
    explanation = explained(viben, viben.post("/api/sessions", json=NEW))

    assert explanation["route"] == {"path": "/sessions", "pointer": "/paths/~1sessions/post"}
    assert explanation["answered_by"] == {"kind": "operation", "name": "create_session", "text": ""}
    assert explanation["verdict"]["request"] == {"valid": True, "errors": []}
    (change,) = explanation["changes"]
    assert (change["collection"], change["before"]) == ("viben.sessions", None)
    assert change["after"]["agent_id"] == "CODEX"


def test_an_explanation_is_read_from_anywhere(viben: httpx.Client) -> None:
    """The id of a request names its namespace, so that its link needs no header."""
    answer = viben.get("/api/sessions")
    link = f"{viben.base_url}{answer.headers['X-Mock-Explanation']}"

    assert httpx.get(link).json()["operation"] == "list_sessions"


def test_a_refusal_is_explained_by_its_rule(viben: httpx.Client) -> None:
    """When a rule of the vendor refused, the explanation names the rule."""
    explanation = explained(viben, viben.get("/api/sessions/none"))

    assert explanation["answered_by"]["kind"] == "rule"
    assert explanation["answered_by"]["name"] == "SessionNotFound"


def test_an_invalid_body_is_explained_by_pointers(viben: httpx.Client) -> None:
    """One pointer leads to the culprit in the body, the other to what it broke in the contract."""
    explanation = explained(viben, viben.post("/api/sessions", json={"agent_id": 7}))

    (error,) = explanation["verdict"]["request"]["errors"]
    assert error["pointer"] == "/agent_id"
    assert error["schemaPointer"].startswith("/paths/~1sessions/post/requestBody/content/application~1json")
    assert explanation["answered_by"]["kind"] == "validation"


def test_a_request_that_was_never_made_has_no_explanation(viben: httpx.Client) -> None:
    """Unknown ids, and ids that are none, are told apart from requests."""
    for name in ("default-999999", "nowhere-1", "nonsense", "x-²"):
        assert viben.get(f"/__admin/requests/{name}").status_code == 404


def test_credentials_are_not_shown(viben: httpx.Client) -> None:
    """A token nobody was told is in no view of the journal, and a variable in the curl line."""
    secret = {"Authorization": "Bearer s3cret-token", "Cookie": "sid=s3cret-token"}
    explanation = explained(viben, viben.get("/api/sessions", headers=secret))

    assert "s3cret" not in str(explanation)
    assert explanation["request"]["headers"]["authorization"] == "Bearer ***"
    assert '-H "authorization: Bearer $CREDENTIAL"' in explanation["curl"]


def test_a_server_without_journals_explains_nothing() -> None:
    """With a bound of 0 bytes nothing is kept, and no answer promises an explanation."""
    with servers.mock(apis.load("viben"), journal_bytes=0) as url:
        answer = httpx.get(f"{url}/api/sessions")

        assert "X-Mock-Explanation" not in answer.headers
        assert httpx.get(f"{url}/__admin/requests").json()["requests"] == []
