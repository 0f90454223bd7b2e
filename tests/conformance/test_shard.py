"""Shards: together exactly one run, each requirement in one of them."""

import pytest

from conformance.requirement import Level, documented, generated
from conformance.shard import Shard, parse
from tests.conformance.samples import holds, sample

PROPERTY = generated(
    "SAMPLE-SCHEMA-01",
    "It fits.",
    level=Level.MUST,
    origin=documented("It is so."),
    findings=("response_schema_conformance",),
    operations=("list_sessions",),
)
ALL = [*(sample(holds, number) for number in range(1, 8)), PROPERTY]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 20])
def test_each_requirement_is_in_one_shard(count: int) -> None:
    """Nothing is examined twice, and nothing is left out."""
    parts = [Shard(number, count).of(ALL) for number in range(1, count + 1)]

    assert sorted(each.id for part in parts for each in part) == sorted(each.id for each in ALL)


def test_generated_requirements_stay_together() -> None:
    """One pass of the generator judges them all, so the first shard has them, and no other work."""
    assert Shard(1, 3).of(ALL) == [PROPERTY]


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "1/0", "a/b", "1/2/3", "-1/2", "01/2"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    """The message shows the form."""
    with pytest.raises(ValueError, match="for example 2/4"):
        parse(text)


def test_a_shard_is_written_as_it_is_read() -> None:
    """`2/4` stays `2/4`; a whole run is nothing special."""
    assert (str(parse("2/4")), str(parse("1/1"))) == ("2/4", "")
