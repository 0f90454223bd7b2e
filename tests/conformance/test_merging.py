"""Reports of shards add up to the report of the run."""

import re
from collections.abc import Sequence

import pytest

from conformance.merging import merged
from conformance.result import Report, Residue, Result
from conformance.usage import Usage
from conformance.verdict import Verdict
from tests.conformance.report.samples import broken, report, result
from tests.conformance.samples import holds, sample

CATALOGUE = [sample(holds, number) for number in (1, 2, 3)]


def verdicts(found: Report) -> list[tuple[str, str]]:
    """Return the number and the verdict of each result."""
    return [(each.requirement.id[-2:], each.verdict) for each in found.results]


def test_results_come_in_the_order_of_the_catalogue() -> None:
    """Whichever file is named first."""
    one = report(shard="1/3")
    two = report(result(Verdict.PASS, 1), result(Verdict.PASS, 3), shard="2/3")
    three = report(result(Verdict.SKIP, 2), shard="3/3")

    assert verdicts(merged([three, two, one], CATALOGUE)) == [("01", "pass"), ("02", "skip"), ("03", "pass")]


def test_what_was_counted_is_added_up() -> None:
    """Requests, coverage, transitions and what was left behind are those of all; the time is the longest."""
    left = Residue("/x", "y")
    one = report(shard="1/2", coverage={"a": {"200": 1}}, transitions={"t": 1}, residue=(left,))
    two = report(shard="2/2", coverage={"a": {"200": 2, "404": 1}}, transitions={"t": 2})

    whole = merged([one, two], CATALOGUE)
    assert (whole.requests, whole.duration, whole.shard) == (6, 0.5, "")
    assert whole.coverage == {"a": {"200": 3, "404": 1}}
    assert (whole.transitions, whole.residue) == ({"t": 3}, (left,))


DOUBTFUL = (Verdict.PASS, Verdict.INCONCLUSIVE)
MODEL = [
    (result(Verdict.PASS), Verdict.FAIL),
    (result(Verdict.INCONCLUSIVE), Verdict.FAIL),
    (result(Verdict.ERROR), Verdict.ERROR),
    (result(Verdict.SKIP), Verdict.SKIP),
    (broken("its own story"), Verdict.FAIL),
]


@pytest.mark.parametrize(("own", "verdict"), MODEL, ids=[each.verdict for each, _ in MODEL])
@pytest.mark.parametrize("turned", [False, True])
def test_a_breach_seen_by_another_shard_counts_as_in_a_whole_run(
    own: Result, verdict: Verdict, turned: bool
) -> None:
    """What the model saw elsewhere goes before a pass, and behind what could not be judged."""
    parts = [report(own, shard="2/2"), report(broken(), shard="1/2")]

    found = merged(parts[::-1] if turned else parts, CATALOGUE)
    assert [each.verdict for each in found.results] == [verdict]
    assert found.results[0].got == ("that" if own.verdict in DOUBTFUL else own.got)


def test_a_whole_run_is_left_as_it_is() -> None:
    """So `merge` can also write an old report in another form."""
    whole = report(broken())

    assert merged([whole], CATALOGUE) is whole


WRONG = [
    ([report(shard="1/3"), report(shard="3/3")], "the report of shard 2/3 is missing"),
    ([report(shard="1/2")], "the report of shard 2/2 is missing"),
    ([report(result(Verdict.PASS), shard="1/2"), report(shard="2/2")], "did all leave out the same?"),
    ([report(), report()], "too many reports: a whole run, a whole run"),
    ([report(shard="1/2"), report(shard="2/2"), report(shard="2/2")], "too many reports: 1/2, 2/2, 2/2"),
    (
        [report(shard="1/2"), report(shard="2/2", catalogue=3)],
        "not parts of one run: their catalogue is 3 and 9",
    ),
]


@pytest.mark.parametrize(("reports", "reason"), WRONG, ids=[reason for _, reason in WRONG])
def test_what_is_not_one_run_is_refused(reports: Sequence[Report], reason: str) -> None:
    """A missing shard is never taken for one that found nothing."""
    with pytest.raises(Usage, match=re.escape(reason)):
        merged(reports, CATALOGUE)
