"""Tests of `mock_server.apis.mobilenext.service`: selection of the organization, pages, time."""

from datetime import timedelta

import pytest

from mock_server.apis.mobilenext.errors import NotAMember, SessionNotFound
from mock_server.apis.mobilenext.service import Sessions
from tests.mock_server.apis.mobilenext.worlds import add, empty, seeded, seen_by
from tests.mock_server.worlds import EPOCH

SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)


def _walk(sessions: Sessions, limit: int) -> list[str]:
    found, cursor, more = list[str](), None, True
    while more:
        page = sessions.page(limit, cursor)
        found += [session["id"] for session in page.sessions]
        cursor, more = page.next_cursor, page.next_cursor is not None
    return found


@pytest.mark.parametrize(
    ("persona", "selected", "organization"),
    [
        ("owner", "", "1"),
        ("owner", "1", "1"),
        ("dual", "", "2"),
        ("dual", "1", "1"),
        ("dual", "2", "2"),
        ("key", "", "1"),
        ("key", "2", "2"),
        ("outsider", "", "3"),
    ],
)
def test_the_organization_is_selected(persona: str, selected: str, organization: str) -> None:
    """The header goes first, then the key's organization, then the caller's default one."""
    page = seen_by(persona, seeded()).page(500, selected=selected)

    assert {session["organization"] for session in page.sessions} == {organization}


@pytest.mark.parametrize("organization", ["3", "9", "northwind", " 1"])
def test_an_organization_of_others_cannot_be_selected(organization: str) -> None:
    """Whether it exists is not told apart from whether the caller belongs to it."""
    sessions = seen_by("owner", seeded())
    for ask in (lambda: sessions.page(1, selected=organization), lambda: sessions.get("x", organization)):
        with pytest.raises(NotAMember):
            ask()


def test_every_member_sees_the_same() -> None:
    """Who held the device does not matter."""
    world = seeded()
    seen = [_walk(seen_by(name, world), 500) for name in ("owner", "member", "key")]

    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) > 500


def test_sessions_of_other_organizations_are_not_found() -> None:
    """Neither as a stranger nor with another of one's organizations selected."""
    world = seeded()
    id_ = seen_by("owner", world).page(1).sessions[0]["id"]
    for persona in ("outsider", "dual", "spare"):
        with pytest.raises(SessionNotFound):
            seen_by(persona, world).get(id_)

    assert seen_by("dual", world).get(id_, "1") == seen_by("owner", world).get(id_.upper())


@pytest.mark.parametrize("limit", [1, 3, 100, 411, 499, 500])
def test_pages_meet_every_session_once(limit: int) -> None:
    """1,234 sessions a microsecond apart, with any limit, newest first."""
    world = empty()
    added = [add(world, EPOCH - number * MICROSECOND)["id"] for number in range(1234)]

    assert _walk(seen_by("owner", world), limit) == added


def test_pages_meet_every_session_once_while_others_are_added() -> None:
    """What is added behind a reader's back neither shifts nor repeats anything."""
    world = empty()
    added = [add(world, EPOCH - number * SECOND)["id"] for number in range(1234)]
    found, cursor = list[str](), None
    for _ in range(13):
        world.clock.advance(SECOND)
        add(world, world.clock.now())
        page = seen_by("owner", world).page(100, cursor)
        found += [session["id"] for session in page.sessions]
        cursor = page.next_cursor

    assert [id_ for id_ in found if id_ in added] == added
    assert len(found) == len(set(found)) == 1235
    assert cursor is None


def test_a_full_last_page_has_no_cursor() -> None:
    """Nothing is left, so nothing leads to it."""
    world = empty()
    add(world, EPOCH)
    add(world, EPOCH - SECOND)

    assert seen_by("owner", world).page(2).next_cursor is None
    assert seen_by("owner", world).page(1).next_cursor == "2026-03-01T00:00:00.000000Z"


@pytest.mark.parametrize(
    ("before", "count"),
    [
        ("2026-03-01T00:00:00.000000Z", 0),
        ("2026-03-01T00:00:00Z", 0),
        ("2026-03-01t02:00:00.0+02:00", 0),
        ("2026-02-28T18:30:00-05:30", 0),
        ("2026-02-28T23:59:60Z", 0),
        ("2026-03-01T00:00:00.0000000Z", 0),
        ("2026-03-01T00:00:00.0000001Z", 1),
        ("2026-03-01T00:00:00.000001Z", 1),
        ("2026-03-01T00:00:00+00:01", 0),
        ("2026-03-01T00:00:00-00:01", 1),
        ("0000-01-01T00:00:00Z", 0),
        ("0001-01-01T00:00:00+23:59", 0),
        ("9999-12-31T23:59:59.9999999-23:59", 1),
    ],
)
def test_before_is_compared_as_an_instant(before: str, count: int) -> None:
    """Strictly older, however the instant is written, and to the last digit."""
    world = empty()
    add(world, EPOCH)

    assert len(seen_by("owner", world).page(10, before).sessions) == count


def test_a_session_is_released_when_its_time_comes() -> None:
    """Until then it is held, in the list and alone."""
    world = empty()
    id_ = add(world, EPOCH, EPOCH + 60 * SECOND)["id"]
    shown = []
    for _ in range(3):
        one = seen_by("owner", world).get(id_)
        assert seen_by("owner", world).page(1).sessions == [one]
        shown.append(one["releasedAt"])
        world.clock.advance(30 * SECOND)

    assert shown == [None, None, "2026-03-01T00:01:00.000000Z"]


def test_a_session_to_come_does_not_show() -> None:
    """It is neither listed nor found before it begins, and both from that instant on."""
    world = empty()
    id_ = add(world, EPOCH + SECOND)["id"]
    early = seen_by("owner", world)
    world.clock.advance(SECOND)
    in_time = seen_by("owner", world)

    assert early.page(1).sessions == []
    with pytest.raises(SessionNotFound):
        early.get(id_)
    assert in_time.page(1).sessions == [in_time.get(id_)]
