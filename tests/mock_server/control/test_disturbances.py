"""Tests of `mock_server.control.disturbances` over HTTP: faults, quotas and what they do to requests."""

import socket
from typing import Any

import httpx
import pytest

SESSION = "/api/sessions/session-abc123"


def plant(viben: httpx.Client, **fault: Any) -> int:
    """Makes a fault in the client's world; gives its number."""
    answer = viben.post("/__admin/faults", json=fault)
    assert answer.status_code == 201, answer.text
    number: int = answer.json()["id"]
    return number


def steered(viben: httpx.Client, answer: httpx.Response) -> list[str]:
    """What was done to a request, as its explanation says."""
    words: list[str] = viben.get(answer.headers["X-Mock-Explanation"]).json()["steered"]
    return words


def test_a_status_comes_in_the_vendors_form(viben: httpx.Client) -> None:
    """An injected status that the vendor has a form for looks as if the vendor had sent it."""
    number = plant(viben, operation="get_session", status=404)
    answer = viben.get(SESSION)

    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
    assert steered(viben, answer) == [f"fault {number}: status 404"]


def test_a_status_without_a_form_is_a_problem(viben: httpx.Client) -> None:
    """A status that the contract does not know comes as a problem of the mock."""
    plant(viben, status=503)
    answer = viben.get(SESSION)

    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")


def test_a_request_with_an_injected_status_is_not_performed(viben: httpx.Client) -> None:
    """The fault comes before the operation."""
    number = plant(viben, status=503)
    viben.delete(SESSION)
    viben.delete(f"/__admin/faults/{number}")

    assert viben.get(SESSION).status_code == 200


def test_a_fault_is_for_its_operation_only(viben: httpx.Client) -> None:
    """Other operations answer as usual."""
    plant(viben, operation="get_session", status=503)

    assert viben.get("/api/sessions").status_code == 200


def test_faults_tell_how_often_they_struck(viben: httpx.Client) -> None:
    """A fault for the first two of three requests has seen two and struck two."""
    plant(viben, api="viben", first=2, status=503)
    statuses = [viben.get(SESSION).status_code for _ in range(3)]
    (fault,) = viben.get("/__admin/faults").json()["faults"]

    assert statuses == [503, 503, 200]
    assert (fault["seen"], fault["fired"]) == (2, 2)


def test_all_faults_go_at_once(viben: httpx.Client) -> None:
    """After clearing there are none."""
    plant(viben, status=503)
    plant(viben, status=500)

    assert viben.delete("/__admin/faults").status_code == 204
    assert viben.get(SESSION).status_code == 200


def test_a_reset_takes_faults_quotas_and_settings_away(viben: httpx.Client) -> None:
    """A world that was reset is as it was at the start."""
    plant(viben, status=503)
    viben.post("/__admin/quotas", json={"limit": 0, "seconds": 60})
    viben.put("/__admin/settings", json={"validation": "off"})
    viben.post("/__admin/reset")

    assert viben.get(SESSION).status_code == 200
    assert viben.get("/__admin/settings").json() == {"validation": "strict"}


def test_faults_stay_in_their_world(viben: httpx.Client) -> None:
    """Another namespace on the same server suffers nothing."""
    plant(viben, status=503)

    assert httpx.get(f"{viben.base_url}{SESSION}").status_code == 200


@pytest.mark.parametrize("delay", [0.15, {"low": 0.15, "high": 0.2}], ids=str)
def test_an_answer_is_held_back(viben: httpx.Client, delay: Any) -> None:
    """A fixed delay and one between two bounds both hold the answer back."""
    plant(viben, delay=delay)

    assert viben.get(SESSION).elapsed.total_seconds() >= 0.14


def test_a_delay_holds_back_nobody_else(viben: httpx.Client) -> None:
    """While one request waits, another is answered."""
    plant(viben, operation="get_session", delay=1)
    address = (viben.base_url.host, viben.base_url.port or 80)
    namespace = viben.headers["X-Mock-Namespace"]
    with socket.create_connection(address) as waiting:
        head = f"GET {SESSION} HTTP/1.1\r\nHost: localhost\r\nX-Mock-Namespace: {namespace}\r\n\r\n"
        waiting.sendall(head.encode())

        assert viben.get("/api/sessions").status_code == 200


def test_a_connection_is_reset(viben: httpx.Client) -> None:
    """The client sees a reset, and the server goes on."""
    plant(viben, first=1, breakage="connection_reset")

    with pytest.raises(httpx.ReadError):
        viben.get(SESSION)
    assert viben.get(SESSION).status_code == 200


def test_a_connection_ends_without_an_answer(viben: httpx.Client) -> None:
    """The client sees the connection closed before any answer."""
    plant(viben, first=1, breakage="empty_response")

    with pytest.raises(httpx.RemoteProtocolError, match="without sending"):
        viben.get(SESSION)
    assert viben.get(SESSION).status_code == 200


def test_a_body_ends_too_early(viben: httpx.Client) -> None:
    """The client gets fewer bytes than were announced."""
    plant(viben, first=1, breakage="truncated_body")

    with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
        viben.get(SESSION)
    assert viben.get(SESSION).status_code == 200


def test_a_body_is_no_json_any_more(viben: httpx.Client) -> None:
    """The answer is complete as HTTP, and its body is half of what it was."""
    plant(viben, first=1, breakage="malformed_body")
    broken, whole = viben.get(SESSION), viben.get(SESSION)

    assert broken.status_code == 200
    assert broken.content == whole.content[: len(whole.content) // 2]


def test_a_broken_answer_leaves_the_change_it_was_for(viben: httpx.Client) -> None:
    """The operation is performed; the client never learns of it, as in life."""
    plant(viben, operation="delete_session", breakage="connection_reset")
    with pytest.raises(httpx.ReadError):
        viben.delete(SESSION)

    assert viben.get(SESSION).status_code == 404


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({}, "a fault needs an effect"),
        ({"api": "nope", "status": 500}, "api: is none of viben"),
        ({"operation": "get_sesion", "status": 500}, "get_session"),
        ({"status": 500, "prob": 1}, "prob"),
        ({"status": 99}, "status"),
        ({"delay": 61}, "delay"),
        ({"delay": {"low": 2, "high": 1}}, "low is above high"),
        ({"breakage": "explosion"}, "breakage"),
    ],
    ids=str,
)
def test_a_fault_that_cannot_be_is_refused(viben: httpx.Client, fault: dict[str, Any], told: str) -> None:
    """What would never strike is a 400 that says what is wrong."""
    answer = viben.post("/__admin/faults", json=fault)

    assert answer.status_code == 400
    assert told in answer.json()["detail"]


def test_an_unknown_fault_is_not_removed(viben: httpx.Client) -> None:
    """Removing what is not there is a 404."""
    assert viben.delete("/__admin/faults/99").status_code == 404
    assert viben.delete("/__admin/quotas/99").status_code == 404


def test_control_has_no_faults(viben: httpx.Client) -> None:
    """No fault can keep anybody from removing it."""
    plant(viben, status=503)

    assert viben.get("/__admin/health").status_code == 200


def test_a_quota_refuses_the_request_that_is_too_many(viben: httpx.Client) -> None:
    """Beyond the quota the answer is 429, and says when to come again."""
    viben.put("/__admin/clock", json={"mode": "frozen", "now": "2026-03-01T00:00:00Z"})
    viben.post("/__admin/quotas", json={"limit": 2, "seconds": 60})
    answers = [viben.get(SESSION) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "60"
    assert answers[2].headers["X-RateLimit-Limit"] == "2"
    assert answers[2].headers["X-RateLimit-Reset"] == "1772323260"
    assert viben.get("/__admin/quotas").json()["quotas"][0]["refused"] == 1


def test_a_window_ends_by_the_clock_of_the_world(viben: httpx.Client) -> None:
    """Once the world's clock has passed the window there is room again."""
    viben.put("/__admin/clock", json={"mode": "frozen"})
    viben.post("/__admin/quotas", json={"limit": 1, "seconds": 60, "operation": "get_session"})
    before = [viben.get(SESSION).status_code for _ in range(2)]
    viben.post("/__admin/clock/advance", json={"seconds": 60})

    assert before == [200, 429]
    assert viben.get(SESSION).status_code == 200


def test_settings_with_an_unknown_field_are_refused(viben: httpx.Client) -> None:
    """A misspelt setting is named and changes nothing."""
    answer = viben.put("/__admin/settings", json={"validation": "off", "strict": True})

    assert answer.status_code == 400
    assert "strict" in answer.json()["detail"]
    assert viben.get("/__admin/settings").json() == {"validation": "strict"}
