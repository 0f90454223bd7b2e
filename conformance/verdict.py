"""The verdicts and their order. One table: every other module asks it."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What is known about a requirement after a run, the best first.

    `fail` stands above `error` because a proven breach stays proven when something else could not be judged;
    the exit status follows the same order.
    """

    PASS = "pass"
    KNOWN_FAILURE = "known-failure"
    SKIP = "skip"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"
    UNEXPECTED_PASS = "unexpected-pass"
    FAIL = "fail"


SEVERITY = {verdict: rank for rank, verdict in enumerate(Verdict)}


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a parent: the worst of its children; inconclusive when it has none."""
    return max(verdicts, key=SEVERITY.__getitem__, default=Verdict.INCONCLUSIVE)
