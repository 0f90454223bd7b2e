"""Tests of `mock_server.control.events` and `observer`: what the event stream tells, and to whom."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

import httpx
import pytest

from mock_server import apis
from mock_server.contract import MockApi
from mock_server.control import events
from mock_server.control.events import MOST_STREAMS, EventLog
from mock_server.control.observer import Happening
from tests import servers

EVENTS = "/__admin/events"
SESSION = "/api/sessions/session-abc123"


class Told(NamedTuple):
    """An event as it came."""

    id: str
    type: str
    data: dict[str, Any]


@contextmanager
def listening(client: httpx.Client, last_event_id: str = "", **wishes: Any) -> Iterator[Iterator[Told]]:
    """The events of a stream as they come; the first one says that it has begun."""
    headers = {"Last-Event-ID": last_event_id} if last_event_id else {}
    with client.stream("GET", EVENTS, headers=headers, params=wishes) as answer:
        assert answer.status_code == 200
        yield told(answer.iter_lines())


def told(lines: Iterator[str]) -> Iterator[Told]:
    """The events in the lines of a stream."""
    fields: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        if name in ("id", "event", "data"):
            fields[name] = value
        if not line and "data" in fields:
            yield Told(fields["id"], fields["event"], json.loads(fields["data"]))
            fields = {}


def test_a_request_is_told_as_it_is_listed(viben: httpx.Client) -> None:
    """Whoever listens gets the same summary, credentials hidden, as whoever asks."""
    with listening(viben) as stream:
        assert next(stream).type == "listening"
        viben.get(SESSION)
        event = next(stream)

    assert event.type == "request"
    assert [event.data] == viben.get("/__admin/requests").json()["requests"]


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("PUT", "clock", {"mode": "frozen", "now": "2026-03-01T00:00:00Z"}, ("clock", "mode", "frozen")),
        ("POST", "faults", {"status": 503}, ("faults", "count", 1)),
        ("POST", "quotas", {"limit": 1, "seconds": 1}, ("quotas", "count", 1)),
        ("PUT", "settings", {"validation": "warn"}, ("settings", "validation", "warn")),
        ("POST", "reset", None, ("namespace", "change", "begun")),
        (
            "PUT",
            "state/viben/sessions/session-abc123",
            {"status": "paused"},
            ("state", "collections", ["viben.sessions"]),
        ),
    ],
    ids=["clock", "faults", "quotas", "settings", "reset", "state"],
)
def test_what_control_changes_is_told(
    viben: httpx.Client, method: str, path: str, body: object, expected: tuple[str, str, object]
) -> None:
    """Each change has an event that names the namespace and what is new."""
    with listening(viben) as stream:
        next(stream)
        viben.request(method, f"/__admin/{path}", json=body)
        event = next(stream)

    assert (event.type, event.data["namespace"]) == (expected[0], viben.headers["X-Mock-Namespace"])
    assert event.data[expected[1]] == expected[2]


def test_a_fault_that_strikes_is_told(viben: httpx.Client) -> None:
    """The request comes first, then the fault whose count has changed."""
    viben.post("/__admin/faults", json={"status": 503})
    with listening(viben) as stream:
        next(stream)
        viben.get(SESSION)

        assert [next(stream).type for _ in range(2)] == ["request", "faults"]


def test_what_a_request_writes_is_told_after_it(viben: httpx.Client) -> None:
    """Who shows records knows which collections to read again."""
    with listening(viben) as stream:
        next(stream)
        viben.post("/api/sessions", json={"agent_id": "AMP"})
        request, state = next(stream), next(stream)

    assert request.data["operation"] == "create_session"
    assert (state.type, state.data["collections"]) == ("state", ["viben.sessions"])


def test_namespaces_come_and_go(viben: httpx.Client) -> None:
    """Creation and deletion of any namespace are told to whoever listens to all."""
    with listening(viben, all="true") as stream:
        next(stream)
        viben.post("/__admin/namespaces", json={"name": "come-and-go"})
        created = next(stream)
        viben.delete("/__admin/namespaces/come-and-go")
        deleted = next(stream)

    assert (created.data["namespace"], created.data["change"]) == ("come-and-go", "created")
    assert (deleted.data["namespace"], deleted.data["change"]) == ("come-and-go", "deleted")


def test_snapshots_belong_to_nobody(viben: httpx.Client) -> None:
    """Every listener is told of them."""
    with listening(viben) as stream:
        next(stream)
        viben.post("/__admin/snapshots", json={"name": "told"})
        event = next(stream)
    viben.delete("/__admin/snapshots/told")

    assert event.type == "snapshots"
    assert "told" in event.data["snapshots"]


def test_other_namespaces_are_told_of_on_request_only(viben: httpx.Client) -> None:
    """A stream is of the namespace that it was asked for in; with `all` it is of every one."""
    other = {"X-Mock-Namespace": "somebody-else"}
    with listening(viben) as own, listening(viben, all="true") as everything:
        next(own), next(everything)
        viben.get(SESSION, headers=other)
        viben.get(SESSION)

        assert next(own).data["namespace"] == viben.headers["X-Mock-Namespace"]
        assert "somebody-else" in (next(everything).data["namespace"], next(everything).data["namespace"])


def test_a_stream_goes_on_where_it_ended(viben: httpx.Client) -> None:
    """What happened while nobody was connected is told to who comes back with the last id."""
    with listening(viben) as stream:
        last = next(stream).id
    viben.get(SESSION)
    viben.delete(SESSION)
    with listening(viben, last_event_id=last) as stream:
        operations = [next(stream).data["operation"] for _ in range(2)]

    assert operations == ["get_session", "delete_session"]


@pytest.mark.parametrize("last", ["another-7", "x", "0000-1", "9" * 5000])
def test_who_comes_from_elsewhere_has_missed_something(viben: httpx.Client, last: str) -> None:
    """An id of another server, or of none, begins with `missed`."""
    with listening(viben, last_event_id=last) as stream:
        assert next(stream).type == "missed"


def test_history_comes_first(viben: httpx.Client) -> None:
    """The latest requests come before `listening`, oldest first."""
    for name in ("a", "b", "c"):
        viben.get(f"/api/sessions/{name}")
    with listening(viben, history=2) as stream:
        found = [next(stream) for _ in range(3)]

    assert [event.data.get("target", "")[-1:] for event in found] == ["b", "c", ""]
    assert found[-1].type == "listening"


@pytest.mark.parametrize(
    "wish", [{"history": "-1"}, {"history": "1001"}, {"history": "9" * 5000}, {"all": "yes"}], ids=str
)
def test_wishes_that_cannot_be_are_refused(viben: httpx.Client, wish: dict[str, str]) -> None:
    """The problem names the parameter."""
    answer = viben.get(EVENTS, params=wish)

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert next(iter(wish)) in answer.json()["detail"]


def test_streams_are_bounded(viben_api: MockApi) -> None:
    """One too many is a 503 that says so; a stream that ends makes room."""
    with servers.mock(viben_api) as url, httpx.Client(base_url=url) as client:
        with ExitStack() as stack:
            streams = [stack.enter_context(listening(client)) for _ in range(MOST_STREAMS)]
            assert {next(stream).type for stream in streams} == {"listening"}
            refused = client.get(EVENTS)
        answered = _first_answer(client)

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "1")
    assert answered == 200


def _first_answer(client: httpx.Client) -> int:
    # The server learns of a closed connection a moment later.
    for _ in range(1000):
        with client.stream("GET", EVENTS) as answer:
            if answer.status_code != 503:
                return answer.status_code
    return 503


def test_silence_is_broken_by_comments(viben_api: MockApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something comes now and then, so that no proxy takes the connection for dead."""
    monkeypatch.setattr(events, "HEARTBEAT_EVERY", 0.0)
    with servers.mock(viben_api) as url, httpx.stream("GET", url + EVENTS) as answer:
        assert ": nothing new" in (line for line in answer.iter_lines())


def test_a_server_that_stops_ends_its_streams() -> None:
    """A stream ends as a complete answer, and the server as if nobody had listened."""
    with servers.running("viben") as server, httpx.Client(base_url=server.url) as client:
        with listening(client) as stream:
            next(stream)
            server.process.terminate()

            assert list(stream) == []
        assert server.process.wait(servers.PATIENCE) == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"X-Mock-Namespace": "not/a/name"}, 400),
    ],
    ids=str,
)
def test_the_stream_is_guarded(server: str, headers: dict[str, str], status: int) -> None:
    """It is part of control, and refused as everything there is."""
    assert httpx.get(server + EVENTS, headers=headers).status_code == status


def test_the_stream_needs_the_token() -> None:
    """Where control has a token, the stream has it, too."""
    with servers.mock(apis.load("viben"), control_token="t0ken") as url:
        assert httpx.get(url + EVENTS).status_code == 401
        known = httpx.Client(base_url=url, headers={"Authorization": "Bearer t0ken"})
        with known as client, listening(client) as stream:
            assert next(stream).type == "listening"


def test_only_get_opens_a_stream(viben: httpx.Client) -> None:
    """HEAD says what GET would give; other methods are not allowed."""
    head = viben.head(EVENTS)

    assert (head.status_code, head.headers["Content-Type"]) == (200, "text/event-stream")
    assert viben.post(EVENTS).status_code == 405


def test_a_log_keeps_the_latest_events() -> None:
    """What is gone is known to be gone."""
    log = EventLog(kept=2)
    for _ in range(3):
        log.append(Happening("clock", "default", {}))

    assert [event.number for event in log.after(0)] == [2, 3]
    assert [log.misses_after(number) for number in (0, 1, 3)] == [True, False, False]
    assert (log.number(log.id(3)), log.number("other-3")) == (3, -1)
