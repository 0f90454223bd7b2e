"""Test-only means of a deployment."""

import pytest

from conformance import client, hooks
from conformance.client import Http, connect
from conformance.guard import Guard
from conformance.outcome import Broken, Skip
from conformance.target import Hook, Target
from mock_server import apis
from tests import servers
from tests.foreign import hostile


def test_a_hook_puts_values_in_their_places() -> None:
    """Time passes in the mock by as many seconds as the values say; the request is not recorded."""
    with servers.mock(apis.load("viben")) as url:
        hook = Hook("POST", f"{url}/__admin/clock/{{how}}", '{"seconds": {seconds}}')
        target = Target(url, hooks={"age": hook})
        with connect(target) as connection:
            http = Http(target, connection, "/api")
            hooks.call(http, "age", {"seconds": 60, "how": "advance"})
            assert connection.get(f"{url}/__admin/clock").json()["mode"] == "offset"
            assert len(http.journal) == 0
            with pytest.raises(Broken, match="`age` was answered with 404"):
                hooks.call(http, "age", {"seconds": 60, "how": "rewind"})


def test_an_endless_reply_to_a_hook_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the suite reads is an error, not a full memory."""
    monkeypatch.setattr(client, "LARGEST_REPLY", 100_000)
    with hostile.speaking(hostile.endless) as url, connect(Target(url)) as connection:
        http = Http(Target(url, hooks={"age": Hook("POST", f"{url}/age")}), connection, "/api")
        with pytest.raises(Broken, match="`age` got no reply: the reply is larger than 100000 bytes"):
            hooks.call(http, "age", {})


def test_a_missing_hook_is_a_reason_to_skip() -> None:
    """What cannot be brought about is not examined, and the reason names the hook."""
    target = Target("http://127.0.0.1:9")
    with connect(target) as connection, pytest.raises(Skip, match="no hook `age`"):
        hooks.call(Http(target, connection, "/api"), "age", {})


def test_a_read_only_run_uses_no_hook() -> None:
    """A hook changes something, so a run that may not change anything does without."""
    hooks_ = {"age": Hook("POST", "http://127.0.0.1:9/_age")}
    with connect(Target("http://127.0.0.1:9")) as connection:
        http = Http(
            Target("http://127.0.0.1:9", hooks=hooks_), connection, "/api", guard=Guard(read_only=True)
        )

        with pytest.raises(Skip, match="read-only"):
            hooks.call(http, "age", {})
