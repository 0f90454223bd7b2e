"""Worlds in the hands of a test: control is called, and the API shows it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from mock_server.client import Call, CallsNotMade, ControlError, World, connect

SEEDED = "session-abc123"


@pytest.fixture
def world(server: str) -> Iterator[World]:
    """A world of this test's own."""
    with connect(server).world() as world:
        yield world


def sessions(world: World, path: str = "", **how: str) -> httpx.Response:
    """A request to Viben in this world."""
    return httpx.request(how.get("method", "GET"), world.url("viben", f"/api/sessions{path}"))


def create(world: World) -> httpx.Response:
    """A session that is created by the API."""
    return httpx.post(world.url("viben", "/api/sessions"), json={"agent_id": "CLAUDE_CODE"})


def test_url_headers_and_cookies_lead_to_the_same_world(server: str, world: World) -> None:
    """Whichever a client can send, it lands in this test's world."""
    listing = f"{server}/viben/api/sessions"
    answers = [
        sessions(world),
        httpx.get(listing, headers=world.headers),
        httpx.get(listing, cookies=world.cookies),
    ]

    assert [each.headers["X-Mock-Namespace"] for each in answers] == [world.namespace] * 3


def test_the_root_is_the_server_in_this_world(world: World) -> None:
    """Without an API the address is that of the whole server."""
    assert httpx.get(world.url() + "/__admin/clock").headers["X-Mock-Namespace"] == world.namespace


def test_the_clock_freezes_advances_and_resumes(world: World) -> None:
    """What is created gets the time that the test has set."""
    world.clock.freeze(datetime(2026, 7, 1, 9, tzinfo=UTC))
    world.clock.advance(timedelta(days=1))
    frozen = create(world).json()["created_at"]
    world.clock.advance(1.5)
    stands_at = world.clock.now()
    world.clock.set("2030-01-01T00:00:00Z")
    set_to = world.clock.now().year
    world.clock.resume()

    assert frozen == "2026-07-02T09:00:00Z"
    assert stands_at == datetime(2026, 7, 2, 9, 0, 1, 500_000, tzinfo=UTC)
    assert (set_to, world.clock.now().year != 2030) == (2030, True)


def test_a_fault_strikes_until_it_is_removed(world: World) -> None:
    """It is listed with what it did."""
    fault = world.faults.add(operation="list_sessions", status=503, first=2)
    struck = [sessions(world).status_code for _ in range(3)]
    listed = world.faults.list()[0]
    world.faults.remove(fault)

    assert struck == [503, 503, 200]
    assert (listed.id, listed.status, listed.first, listed.seen, listed.fired) == (fault.id, 503, 2, 2, 2)
    assert world.faults.list() == []


def test_a_delay_may_have_bounds_and_an_answer_may_break(world: World) -> None:
    """Latency and broken connections are faults, too."""
    drawn = world.faults.add(operation="list_sessions", delay=(0.0, 0.001))
    world.faults.add(breakage="connection_reset", api="viben", operation="get_session")

    assert (drawn.delay, sessions(world).status_code) == ({"low": 0.0, "high": 0.001}, 200)
    with pytest.raises(httpx.TransportError):
        sessions(world, f"/{SEEDED}")
    world.faults.clear()
    assert sessions(world, f"/{SEEDED}").status_code == 200


def test_a_quota_refuses_what_is_too_many(world: World) -> None:
    """The second request of a window gets 429, until the quota goes."""
    quota = world.quotas.add(1, 60, operation="list_sessions")
    answers = [sessions(world).status_code for _ in range(2)]
    refused = world.quotas.list()[0].refused
    world.quotas.remove(quota)
    world.quotas.add(0, 60)
    world.quotas.clear()

    assert (answers, refused, sessions(world).status_code) == ([200, 429], 1, 200)


def test_records_are_put_read_and_taken_out(world: World) -> None:
    """The API shows what a test has put in, and misses what it has taken out."""
    shown = sessions(world, f"/{SEEDED}").json()
    world.state.put("viben", "sessions", "session-00000001", {**shown, "id": "session-00000001"})
    world.state.delete("viben", "sessions", SEEDED)

    assert sessions(world, "/session-00000001").json() == {**shown, "id": "session-00000001"}
    assert world.state.get("viben", "sessions", "session-00000001")["id"] == "session-00000001"
    assert sessions(world, f"/{SEEDED}").status_code == 404


def test_a_record_that_breaks_the_contract_is_refused(world: World) -> None:
    """The error has status, problem, and a sentence with the reason."""
    with pytest.raises(
        ControlError, match=r"PUT /__admin/state/viben/.*: 400 Bad Request: .*status"
    ) as refusal:
        world.state.put("viben", "sessions", SEEDED, {"status": "asleep"})

    assert (refusal.value.status, refusal.value.problem["status"]) == (400, 400)


def test_state_moves_from_one_world_to_another(server: str, world: World) -> None:
    """What one world exports another one loads."""
    sessions(world, f"/{SEEDED}", method="DELETE")
    with connect(server).world() as other:
        other.state.load(world.state.export())

        assert sessions(other, f"/{SEEDED}").status_code == 404


def test_a_snapshot_brings_a_world_back_and_begins_others(server: str, world: World) -> None:
    """What was created after it is gone; a world that begins from it has what was before."""
    world.snapshots.take(world.namespace)
    sessions(world, f"/{SEEDED}", method="DELETE")
    with connect(server).world(snapshot=world.namespace) as other:
        assert sessions(other, f"/{SEEDED}").status_code == 200
    world.snapshots.restore(world.namespace)

    assert sessions(world, f"/{SEEDED}").status_code == 200
    assert world.namespace in world.snapshots.list()
    world.snapshots.delete(world.namespace)
    assert world.namespace not in world.snapshots.list()


def test_a_fork_begins_where_another_world_stands(server: str, world: World) -> None:
    """What is prepared once serves many tests."""
    sessions(world, f"/{SEEDED}", method="DELETE")
    with connect(server).world(fork=world.namespace) as other:
        assert sessions(other, f"/{SEEDED}").status_code == 404


def test_requests_are_found_counted_and_explained(world: World) -> None:
    """The journal answers by operation, status, body; unmatched ones are apart."""
    created = create(world)
    httpx.get(world.url("viben", "/api/sessionz"))
    found = world.requests.find(operation="create_session", body={"agent_id": "CLAUDE_CODE"})

    assert [(each.method, each.status) for each in found] == [("POST", 201)]
    assert found[0].id == created.headers["X-Mock-Request-Id"]
    assert (world.requests.count(status=404), world.requests.count()) == (1, 2)
    assert [each.target[-13:] for each in world.requests.unmatched()] == ["/api/sessionz"]
    assert world.requests.explain(found[0].id)["answered_by"]["kind"] == "operation"
    world.requests.clear()
    assert world.requests.find() == []


def test_calls_that_were_made_are_verified(world: World) -> None:
    """How often, and in which order."""
    create(world)
    sessions(world)

    world.requests.verify(
        Call(operation="create_session", exactly=1), Call(method="GET", at_most=1), in_order=True
    )


def test_calls_that_were_not_made_fail_the_test(world: World) -> None:
    """The message names what was expected, how often it came, and what came instead."""
    create(world)

    with pytest.raises(CallsNotMade) as failure:
        world.requests.verify(Call(operation="create_session"), Call(operation="get_session", at_least=2))

    lines = str(failure.value).splitlines()
    assert lines[1].startswith("  Call(operation='get_session', at_least=2): came 0 times")
    assert lines[-1] == f"  POST /~{world.namespace}/viben/api/sessions -> 201 create_session"


def test_reset_goes_back_to_the_seed(world: World) -> None:
    """Data, clock and faults are as they were."""
    world.clock.freeze("2026-07-01T09:00:00Z")
    world.faults.add(status=500)
    world.reset()

    assert sessions(world).status_code == 200
    assert world.clock.now() != datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_a_bundle_has_the_requests_of_this_world(world: World) -> None:
    """It is what `mock-server replay` takes."""
    create(world)

    bundle = world.bundle()
    assert (bundle["namespace"], len(bundle["requests"])) == (world.namespace, 1)


def test_a_world_may_be_deleted_twice(world: World) -> None:
    """A test that tidies up by itself is no error."""
    world.delete()
    world.delete()

    assert repr(world) == f"<World {world.namespace}>"
