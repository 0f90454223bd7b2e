"""Generated values: functions of the seed and of what they are for."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID

from mock_server.draw import Draw

SHOW = """
from mock_server.draw import Draw
print(Draw(7).text("sentence", "a"), Draw(7).hexadecimal(12, "a", 1))
"""


def test_values_do_not_depend_on_the_order_of_calls() -> None:
    """Who asks first changes nothing."""
    one, other = Draw(7), Draw(7)
    forwards = [one.text(kind, "x") for kind in ("sentence", "file_path")]
    backwards = [other.text(kind, "x") for kind in ("file_path", "sentence")]

    assert forwards == backwards[::-1]


def test_values_are_the_same_in_another_process() -> None:
    """Neither hash randomisation nor the machine has a part in them."""
    here = Draw(7)
    there = subprocess.run([sys.executable, "-c", SHOW], capture_output=True, text=True, check=True).stdout

    assert there.strip() == f"{here.text('sentence', 'a')} {here.hexadecimal(12, 'a', 1)}"


def test_another_seed_gives_other_values() -> None:
    """Two seeds are two sets of data."""
    assert Draw(1).hexadecimal(64, "a") != Draw(2).hexadecimal(64, "a")
    assert Draw(1).text("sentence", "a") != Draw(2).text("sentence", "a")


def test_numbers_stay_in_their_range() -> None:
    """Both ends of a range occur and nothing beyond."""
    draw = Draw(7)

    assert {draw.integer(3, 5, "n", i) for i in range(100)} == {3, 4, 5}
    assert all(0 <= draw.fraction("f", i) < 1 for i in range(100))
    assert (draw.chance(0, "c"), draw.chance(1, "c")) == (False, True)


def test_a_sample_holds_different_ones() -> None:
    """Nothing is drawn twice, and never more than there is."""
    draw = Draw(7)

    assert len(set(draw.sample("abcdef", 4, "s"))) == 4
    assert sorted(draw.sample("abc", 9, "s")) == ["a", "b", "c"]


def test_uuids_are_of_version_4() -> None:
    """Version and variant are those that RFC 9562 has for random ones."""
    drawn = UUID(Draw(7).uuid("u"))

    assert (drawn.version, drawn.variant) == (4, "specified in RFC 4122")


def test_times_lead_up_to_the_end() -> None:
    """An instant before `end` is at most `within` before it."""
    end, day = datetime(2026, 3, 1, tzinfo=UTC), timedelta(days=1)

    assert all(end - day <= Draw(7).before(end, day, "t", i) <= end for i in range(50))


def test_what_is_costly_is_made_once() -> None:
    """The second one who asks gets what was made for the first; another seed makes its own."""
    draw, other = Draw(7), Draw(8)
    first = draw.once("thing", object)

    assert draw.once("thing", object) is first
    assert other.once("thing", object) is not first
