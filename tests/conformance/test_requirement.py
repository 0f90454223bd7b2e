"""Requirements and their collection."""

from types import ModuleType
from typing import Any

import pytest

from conformance.requirement import Level, Tier, assumed, collect, documented, requirement
from tests.conformance.samples import guess, holds, sample


def test_the_docstring_is_the_sentence() -> None:
    """The decorated function's docstring becomes the statement, its lines joined."""

    @requirement(
        "SAMPLE-TOPIC-01", level=Level.MUST, origin=documented("Said."), operations=["list_sessions"]
    )
    def found(_: Any) -> None:
        """A session
        is listed.
        """

    assert found.statement == "A session is listed."


@pytest.mark.parametrize("id_", ["SAMPLE-01", "sample-topic-01", "SAMPLE-TOPIC-1", "SAMPLE-TOPIC-01\n"])
def test_ids_have_one_form(id_: str) -> None:
    """An id that nobody could cite is refused, and the error shows the form."""
    with pytest.raises(ValueError, match="write API-TOPIC-01"):
        requirement(id_, level=Level.MUST, origin=documented("Said."), operations=[])(holds)


def test_a_requirement_without_a_sentence_is_refused() -> None:
    """A check without a docstring says nothing."""
    with pytest.raises(ValueError, match="needs a docstring"):
        requirement("SAMPLE-TOPIC-01", level=Level.MUST, origin=documented("Said."), operations=[])(
            lambda _: None
        )


def test_ids_are_unique() -> None:
    """Two requirements of one id are refused by name."""
    one, other = ModuleType("one"), ModuleType("other")
    vars(one)["first"] = sample(holds)
    vars(other)["second"] = sample(holds)

    with pytest.raises(ValueError, match="used twice: SAMPLE-TOPIC-01"):
        collect([one, other])


def test_the_documented_tier_leaves_assumptions_out() -> None:
    """Only what the vendor wrote is examined in tier documented, everything in tier full."""
    assert sample(holds).within(Tier.DOCUMENTED)
    assert not guess(holds).within(Tier.DOCUMENTED)
    assert guess(holds).within(Tier.FULL)


def test_levels_count_down_to_the_threshold() -> None:
    """With `should`, MUST and SHOULD count, MAY does not."""
    counting = [each for each in Level if each.counts_at(Level.SHOULD)]

    assert counting == [Level.MUST, Level.SHOULD]


def test_an_origin_keeps_its_text() -> None:
    """The reason of an assumption is what the catalogue shows."""
    assert assumed("Because.").text == "Because."
