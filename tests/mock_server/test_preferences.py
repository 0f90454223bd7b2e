"""Tests of `mock_server.preferences`: reading `Prefer`, and what a server does about it."""

import httpx
import pytest

from mock_server.errors import PreferenceRefused
from mock_server.preferences import Preferences, parse

SESSION = "/api/sessions/session-abc123"


def preferring(viben: httpx.Client, prefer: str, path: str = SESSION) -> httpx.Response:
    """The answer to a request with this `Prefer` header."""
    return viben.get(path, headers={"Prefer": prefer})


@pytest.mark.parametrize(
    ("header", "preferences"),
    [
        ("", Preferences()),
        ("code=404", Preferences(code=404)),
        ('code=200, example="two sessions"; x=y, wait=1.5', Preferences(200, "two sessions", 1.5)),
        ("SEED = 7, seed=8", Preferences(seed=7)),
        ("respond-async, dynamic=true, handling=lenient", Preferences()),
    ],
)
def test_preferences_are_read_as_the_rfc_says(header: str, preferences: Preferences) -> None:
    """Names are case-insensitive, values may be quoted, unknown ones pass, and the first of a name counts."""
    assert parse(header) == preferences


@pytest.mark.parametrize("header", ["code=abc", "code=600", "wait=soon", "wait=61", "wait=-1", "seed=x"])
def test_an_impossible_value_is_refused(header: str) -> None:
    """A known preference with a value that cannot be is not passed over in silence."""
    with pytest.raises(PreferenceRefused, match=header.partition("=")[0]):
        parse(header)


def test_a_code_gives_the_vendors_answer_with_it(viben: httpx.Client) -> None:
    """`code` answers in the vendor's form, and says that it did what was preferred."""
    answer = preferring(viben, "code=404")

    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
    assert answer.headers["Preference-Applied"] == "code=404"


def test_an_example_is_answered_as_the_contract_has_it(viben: httpx.Client) -> None:
    """`example` answers with an example of the contract, whatever there is in the world."""
    answer = preferring(viben, "example=nothing_found", "/api/sessions")

    assert (answer.status_code, answer.json()) == (200, {"sessions": []})


def test_a_forced_answer_changes_nothing(viben: httpx.Client) -> None:
    """The operation is not performed when its answer is forced."""
    viben.delete(SESSION, headers={"Prefer": "code=200"})

    assert viben.get(SESSION).status_code == 200


@pytest.mark.parametrize(
    ("prefer", "told"),
    [
        ("code=599", "get_session answers 200, 400"),
        ("example=nope", "there are active (200)"),
        ("code=404, example=active", "no such example with code=404"),
    ],
)
def test_what_the_contract_has_not_is_refused(viben: httpx.Client, prefer: str, told: str) -> None:
    """A refused preference says which statuses and examples there are."""
    answer = preferring(viben, prefer)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert told in answer.json()["detail"]


def test_a_seed_shows_other_data_for_one_request(viben: httpx.Client) -> None:
    """`seed` answers from the world of that seed, and leaves this one as it is."""
    usual = viben.get("/api/sessions").json()
    other = preferring(viben, "seed=7", "/api/sessions")

    assert other.json() != usual
    assert other.headers["Preference-Applied"] == "seed=7"
    assert preferring(viben, "seed=7", "/api/sessions").json() == other.json()
    assert viben.get("/api/sessions").json() == usual


def test_what_a_seeded_request_writes_is_not_kept(viben: httpx.Client) -> None:
    """A request in the world of another seed changes neither world."""
    made = viben.post("/api/sessions", json={"agent_id": "CODEX"}, headers={"Prefer": "seed=7"})
    path = f"/api/sessions/{made.json()['id']}"

    assert made.status_code == 201
    assert viben.get(path).status_code == 404
    assert preferring(viben, "seed=7", path).status_code == 404


def test_a_wait_comes_before_the_answer(viben: httpx.Client) -> None:
    """`wait` holds the answer back."""
    answer = preferring(viben, "wait=0.2")
    explanation = viben.get(answer.headers["X-Mock-Explanation"]).json()

    assert answer.elapsed.total_seconds() >= 0.19
    assert explanation["steered"] == ["Prefer: wait=0.2"]


def test_a_forced_answer_is_explained(viben: httpx.Client) -> None:
    """The explanation says that the answer was wished for."""
    answer = preferring(viben, "code=404")

    assert viben.get(answer.headers["X-Mock-Explanation"]).json()["answered_by"] == {
        "kind": "steering",
        "name": "Steered",
        "text": "Prefer: code=404",
    }


def test_control_passes_preferences_over(viben: httpx.Client) -> None:
    """What steers the APIs cannot lock anybody out of control."""
    assert preferring(viben, "code=404", "/__admin/health").status_code == 200
