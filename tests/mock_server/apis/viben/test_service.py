"""Viben's rules, without HTTP."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from mock_server.apis.viben.errors import SessionEnded, SessionNotFound
from mock_server.apis.viben.service import Sessions
from mock_server.world import World
from tests.mock_server.worlds import baseline

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    """A seeded world in which it is noon."""
    seeded = baseline()
    seeded.clock.freeze(NOON)
    return seeded


@pytest.fixture
def sessions(world: World) -> Sessions:
    """The rules in that world."""
    return Sessions(world, None)


@pytest.fixture
def later(world: World) -> Callable[[], str]:
    """Lets an hour pass; gives the time it is then."""

    def pass_an_hour() -> str:
        world.clock.advance(timedelta(hours=1))
        return world.clock.now().isoformat().replace("+00:00", "Z")

    return pass_an_hour


def test_a_new_session_waits_for_its_first_message(sessions: Sessions) -> None:
    """It is created, has no messages and no data, and was active when it was made."""
    session = sessions.create("CODEX", "task-1", "Go")

    assert session["id"].startswith("session-")
    assert len(session["id"]) == len("session-") + 12
    assert (session["status"], session["message_count"], session["data"]) == ("created", 0, {})
    assert session["created_at"] == session["last_active"] == "2026-03-02T12:00:00Z"
    assert session["prompt"] == "Go"


def test_agent_and_task_need_not_exist(sessions: Sessions) -> None:
    """Neither implementation of the vendor checks them; without a task there is none."""
    session = sessions.create("nobody-knows-it")

    assert (session["agent_id"], session["task_id"]) == ("nobody-knows-it", None)


def test_ids_are_never_used_twice(sessions: Sessions) -> None:
    """Not even that of a session that is gone."""
    first = sessions.create("a")["id"]
    sessions.delete(first)

    assert sessions.create("a")["id"] != first


def test_sessions_are_found_newest_first(sessions: Sessions) -> None:
    """Of two made at the same moment the later one is newer."""
    made = [sessions.create("a")["id"] for _ in range(3)]
    found = [session["id"] for session in sessions.find()]
    times = [session["created_at"] for session in sessions.find()]

    assert found[:3] == made[::-1]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize("names", [["agent_id"], ["task_id"], ["status"], ["agent_id", "task_id", "status"]])
def test_filters_compare_whole_values(sessions: Sessions, names: list[str]) -> None:
    """A session is found when it passes every filter, and no other one is."""
    wanted = {"agent_id": "CLAUDE_CODE", "task_id": "task-xyz", "status": "active"}
    filters = {name: wanted[name] for name in names}
    expected = [each["id"] for each in sessions.find() if all(each[n] == v for n, v in filters.items())]  # type: ignore[literal-required]

    assert [session["id"] for session in sessions.find(**filters)] == expected
    assert "session-abc123" in expected


def test_a_status_that_no_session_has_finds_nothing(sessions: Sessions) -> None:
    """Neither an unknown status nor a part of one."""
    assert list(sessions.find(status="activ")) == list(sessions.find(status="")) == []


def test_data_is_merged_key_by_key(sessions: Sessions, later: Callable[[], str]) -> None:
    """What a change does not name stays; inside a key nothing is merged."""
    id_ = sessions.create("a")["id"]
    sessions.update(id_, {"data": {"a": {"x": 1}, "b": 1}})
    now = later()
    session = sessions.update(id_, {"data": {"a": {"y": 2}, "c": None}})

    assert session["data"] == {"a": {"y": 2}, "b": 1, "c": None}
    assert (session["last_active"], session["created_at"]) == (now, "2026-03-02T12:00:00Z")


def test_what_cannot_be_changed_is_ignored(sessions: Sessions) -> None:
    """Id, agent and times stay, whatever a change says."""
    before = sessions.create("a")
    after = sessions.update(
        before["id"], {"id": "x", "agent_id": "b", "created_at": "never", "message_count": 9}
    )

    assert after == before


@pytest.mark.parametrize("status", ["created", "active", "paused"])
def test_a_living_session_may_go_anywhere(sessions: Sessions, status: str) -> None:
    """Only the end is final."""
    for target in ("created", "active", "paused", "completed", "failed"):
        id_ = sessions.create("a")["id"]
        sessions.update(id_, {"status": status})

        assert sessions.update(id_, {"status": target})["status"] == target


@pytest.mark.parametrize("status", ["completed", "failed"])
def test_an_ended_session_stays_ended(sessions: Sessions, status: str) -> None:
    """It refuses another status and messages, and keeps everything else changeable."""
    id_ = sessions.create("a")["id"]
    sessions.update(id_, {"status": status})
    with pytest.raises(SessionEnded, match=f"{id_} is {status}"):
        sessions.update(id_, {"status": "active", "data": {"lost": True}})
    with pytest.raises(SessionEnded):
        sessions.send(id_, "hello")

    assert sessions.update(id_, {"status": status, "data": {"note": 1}})["data"] == {"note": 1}


@pytest.mark.parametrize("status", ["created", "active", "paused"])
def test_a_message_is_counted_and_wakes_the_session(
    sessions: Sessions, later: Callable[[], str], status: str
) -> None:
    """The session is active, one message further, and was last active when it was sent."""
    id_ = sessions.create("a")["id"]
    sessions.update(id_, {"status": status})
    now = later()
    message = sessions.send(id_, "hello")
    session = sessions.get(id_)

    assert (session["status"], session["message_count"], session["last_active"]) == ("active", 1, now)
    assert message["timestamp"] == now
    assert message["id"] != sessions.send(id_, "hello")["id"]


def test_a_deletion_takes_the_messages_along(sessions: Sessions, world: World) -> None:
    """Nothing of a session is left, and other sessions keep theirs."""
    gone, kept = (sessions.create("a")["id"] for _ in range(2))
    for id_ in (gone, kept, gone):
        sessions.send(id_, "hello")
    sessions.delete(gone)

    assert len(world.collection("viben", "messages")) == 1


def test_what_is_not_there_is_not_found(sessions: Sessions) -> None:
    """Every rule says so in the same way."""
    for rule in (
        sessions.get,
        sessions.delete,
        lambda id_: sessions.update(id_, {}),
        lambda id_: sessions.send(id_, "x"),
    ):
        with pytest.raises(SessionNotFound, match="session-none"):
            rule("session-none")
