"""The clock of a world."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mock_server.clock import LATEST, Clock, OutOfBounds, instant, rfc3339

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def clock() -> Clock:
    """A clock over a machine where it is always noon."""
    return Clock(read=lambda: NOON)


def test_a_new_clock_shows_system_time() -> None:
    """Until somebody changes it, a world has the time of the machine."""
    assert (clock().mode, clock().now()) == ("system", NOON)


def test_a_frozen_clock_stands() -> None:
    """Frozen without a time it stops where it stands; advanced, it stands elsewhere."""
    frozen = clock()
    frozen.freeze()
    frozen.advance(HOUR)

    assert (frozen.mode, frozen.now()) == ("frozen", NOON + HOUR)


def test_a_set_clock_runs_on() -> None:
    """Set to another time, it keeps its distance to the machine's."""
    ahead = clock()
    ahead.set(NOON + HOUR)
    ahead.read = lambda: NOON + HOUR

    assert (ahead.mode, ahead.now()) == ("offset", NOON + 2 * HOUR)


def test_resuming_goes_back_to_system_time() -> None:
    """Whatever was done to it, a resumed clock shows the time of the machine."""
    changed = clock()
    changed.advance(HOUR)
    changed.freeze()
    changed.resume()

    assert (changed.mode, changed.now()) == ("system", NOON)


def test_a_fork_goes_its_own_way() -> None:
    """A fork shows the same time, and moving it moves nothing else."""
    original = clock()
    original.freeze(NOON - HOUR)
    fork = original.fork()
    fork.advance(HOUR)

    assert (original.now(), fork.now()) == (NOON - HOUR, NOON)


@pytest.mark.parametrize(
    "text", ["1969-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "9999-12-31T23:59:59-10:00"]
)
def test_times_that_leave_no_room_for_rules_are_refused(text: str) -> None:
    """Rules add and subtract days; from within the bounds that cannot fail."""
    with pytest.raises(OutOfBounds, match="1970 to 2999"):
        clock().set(instant(text))


def test_no_way_leads_beyond_the_bounds() -> None:
    """A refused move leaves the clock as it was."""
    late = clock()
    late.freeze(LATEST)
    for move in (late.advance, lambda by: late.set(LATEST + by), lambda by: late.freeze(LATEST + by)):
        with pytest.raises(OutOfBounds):
            move(HOUR)

    assert late.now() == LATEST


def test_advancing_a_running_clock_has_bounds_too() -> None:
    """However far one call goes, it is told instead of failing later."""
    with pytest.raises(OutOfBounds):
        clock().advance(timedelta(days=3_000_000))


@pytest.mark.parametrize("text", ["tomorrow", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31 12:00Z", ""])
def test_what_names_no_instant_is_refused(text: str) -> None:
    """A time needs a date, a time of day that exists here, and its offset."""
    with pytest.raises(ValueError, match="RFC 3339"):
        instant(text)


def test_instants_are_read_as_rfc_3339_writes_them() -> None:
    """Offsets and lower-case letters are understood."""
    assert instant("2026-01-31t13:00:00.000+01:00") == instant("2026-01-31T12:00:00z") == NOON


def test_texts_compare_as_instants_do() -> None:
    """Texts are in UTC and of one length, so that indexes can sort them."""
    assert rfc3339(NOON.astimezone(timezone(-5 * HOUR))) == "2026-01-31T12:00:00Z"
    assert rfc3339(NOON + HOUR / 3_600_000, "milliseconds") == "2026-01-31T12:00:00.001Z"


def test_a_held_clock_stands_until_it_is_released() -> None:
    """Everything that one request does happens at the same time, and the clock goes on as if nothing was."""
    times = iter([NOON, NOON + HOUR])
    ticking = Clock(read=lambda: next(times))

    assert [ticking.hold(), ticking.now(), ticking.now()] == [NOON] * 3
    ticking.release()
    assert ticking.now() == NOON + HOUR


def test_a_change_shows_on_a_held_clock() -> None:
    """Whoever sets the clock during a request sees it set."""
    held = clock()
    held.hold()
    held.freeze(NOON + HOUR)

    assert held.now() == NOON + HOUR


def test_a_fork_of_a_held_clock_runs() -> None:
    """What is forked during a request is not held after it."""
    held = clock()
    held.hold()
    fork = held.fork()
    fork.advance(HOUR)

    assert (held.now(), fork.now()) == (NOON, NOON + HOUR)
