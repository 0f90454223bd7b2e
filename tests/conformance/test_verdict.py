"""The order of the verdicts."""

from itertools import permutations

import pytest

from conformance.verdict import Verdict, worst


@pytest.mark.parametrize("pair", list(permutations(Verdict, 2)), ids=lambda pair: f"{pair[0]} and {pair[1]}")
def test_a_parent_is_the_worst_of_its_children(pair: tuple[Verdict, Verdict]) -> None:
    """The verdict that stands later in the table wins, in whichever order the children come."""
    order = list(Verdict)

    assert worst(pair) is max(pair, key=order.index)


def test_nothing_skipped_or_inconclusive_is_shown_as_passed() -> None:
    """A pass beside something that was not judged is no pass."""
    assert worst([Verdict.PASS, Verdict.SKIP]) is Verdict.SKIP
    assert worst([Verdict.PASS, Verdict.INCONCLUSIVE, Verdict.SKIP]) is Verdict.INCONCLUSIVE


def test_a_proven_breach_stays_proven() -> None:
    """A failure is not hidden by an error elsewhere."""
    assert worst([Verdict.ERROR, Verdict.FAIL]) is Verdict.FAIL


def test_a_parent_without_children_is_inconclusive() -> None:
    """Where nothing was examined nothing is known."""
    assert worst([]) is Verdict.INCONCLUSIVE
