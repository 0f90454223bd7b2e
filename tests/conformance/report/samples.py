"""Made-up reports that the tests of all forms share, among them what a hostile server would like to say."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conformance.requirement import Level, Tier
from conformance.result import Report, Result
from conformance.timeline import Step
from conformance.verdict import Verdict
from tests.conformance.samples import holds, sample

# Scripts, markup, mentions, ends of blocks, steering of terminals, reordering, what XML cannot hold.
HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(1)> &amp; ]]> ````\n```\n| @octocat [a](http://b)"
    " </details> \x1b[2J\x07\x00\x9b\u202e\ufffe\udc80 viben conforms\n\n# viben conforms"
)


def report(
    *results: Result, coverage: Mapping[str, Mapping[str, int]] | None = None, **changes: Any
) -> Report:
    """Return the report of a run with these results."""
    whole = Report(
        api="viben",
        target="http://127.0.0.1:1",
        tier=Tier.FULL,
        level=Level.MUST,
        seed=1,
        results=results,
        catalogue=9,
        coverage=coverage or {},
        requests=3,
        duration=0.5,
        command="conformance run viben",
    )
    return replace(whole, **changes)


def broken(text: str = "that", number: int = 1, verdict: Verdict = Verdict.FAIL, **changes: Any) -> Result:
    """Return the result of a requirement that a server broke by saying this text."""
    step = Step("GET", "/api/sessions", text, 200, text)
    requirement = sample(holds, number, **changes)
    reason = f"expected {text}, got {text}"
    return Result(requirement, verdict, reason, text, text, (f"curl -d '{text}'",), (step,))


def result(verdict: Verdict, number: int = 1, reason: str = "") -> Result:
    """Return a result without a story."""
    return Result(sample(holds, number), verdict, reason)
