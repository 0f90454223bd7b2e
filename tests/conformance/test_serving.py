"""The mock that a run starts for itself."""

import sys

import httpx
import pytest

from conformance import serving
from conformance.serving import CannotServe, organizations, printed_url, served


def test_the_mock_is_served_and_ended() -> None:
    """Within the block the mock answers; afterwards nobody listens there."""
    with served("viben", 7) as target:
        assert httpx.get(f"{target.base_url}/api/sessions").status_code == 200
        assert target.disposable

    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{target.base_url}/api/sessions")


def test_a_mock_that_does_not_start_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message holds what the mock said."""
    monkeypatch.setattr(serving, "personas", lambda _: ({}, {}))

    with (
        pytest.raises(CannotServe, match=r"ended before it was ready; it said: .*nosuch"),
        served("nosuch", 7),
    ):
        pass


def test_a_mock_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mock that says nothing is ended after the time limit."""
    monkeypatch.setattr(serving, "personas", lambda _: ({}, {}))
    monkeypatch.setattr(serving, "START_TIME", 0.05)
    monkeypatch.setattr(
        serving, "serve_command", lambda *_: [sys.executable, "-c", "import time; time.sleep(60)"]
    )

    with pytest.raises(CannotServe, match="not ready within"), served("viben", 7):
        pass


def test_the_base_url_is_found_among_other_lines() -> None:
    """Credentials and other APIs in the mock's lines do not confuse it."""
    said = ["zipf  http://127.0.0.1:1", "viben  http://127.0.0.1:2", "owner  token", "ready"]

    assert printed_url("viben", said) == "http://127.0.0.1:2"


def test_organizations_are_named_by_their_role() -> None:
    """Shared and second are the owner's, foreign is one that only the outsider belongs to."""
    found = organizations({"owner": ["a", "b"], "member": ["a"], "outsider": ["b", "c"]})

    assert found == {"shared": "a", "second": "b", "foreign": "c"}


def test_the_second_organization_may_be_one_that_only_dual_belongs_to() -> None:
    """Where the owner has one organisation, the actor with two has the second."""
    found = organizations({"owner": [1], "dual": [1, 2], "outsider": [3]})

    assert found == {"shared": 1, "second": 2, "foreign": 3}
