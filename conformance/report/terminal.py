"""The report for people at a terminal: failures whole, everything else in a line, then the sums."""

from collections.abc import Iterator

from conformance.requirement import Requirement
from conformance.result import Report, Result
from conformance.verdict import Verdict

WIDTH = max(len(each) for each in Verdict)
MEANING = {0: "conforms", 1: "does not conform", 2: "could not be judged"}


def render(report: Report) -> str:
    """Return the report as text."""
    return "\n".join([*lines(report), ""])


def lines(report: Report) -> Iterator[str]:
    """Go through the report line by line."""
    yield f"{report.api} at {report.target}, tier {report.tier}, seed {report.seed}"
    yield ""
    for result in report.results:
        yield from of_result(result)
    yield ""
    counts = ", ".join(f"{count} {verdict}" for verdict, count in report.counts.items() if count)
    yield f"{counts or 'nothing examined'}; {report.reached} of {len(report.results)} could be judged"
    yield f"{report.requests} requests in {report.duration:.1f} s"
    yield f"{report.api} {MEANING[report.exit_status]} (verdict {report.verdict})"


def of_result(result: Result) -> Iterator[str]:
    """Write one result: a line when all is well, the whole story when not."""
    requirement = result.requirement
    mark = "" if requirement.level.value == "MUST" else f" ({requirement.level})"
    yield f"{result.verdict.value:<{WIDTH}}  {requirement.id}{mark}  {requirement.statement}"
    if result.verdict is Verdict.FAIL:
        yield from story(result)
    elif result.reason:
        yield f"{'':<{WIDTH}}  because {result.reason}"


def story(result: Result) -> Iterator[str]:
    """Write what a failure rests on, what came, and how to see it."""
    margin = " " * (WIDTH + 2)
    yield f"{margin}source    {source(result.requirement)}"
    yield f"{margin}expected  {result.expected}"
    yield f"{margin}got       {result.got}"
    yield f"{margin}see it with"
    yield from (f"{margin}    {line}" for line in result.reproduce)


def source(requirement: Requirement) -> str:
    """Return what the requirement rests on."""
    return f"{requirement.origin.kind}: {requirement.origin.text}"
