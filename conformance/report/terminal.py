"""The report for people at a terminal: failures whole, everything else in a line, then the sums."""

from collections.abc import Iterator

from conformance.report.characters import presentable, visible
from conformance.report.wording import (
    brief,
    ceiling,
    conclusion,
    counts,
    reach,
    remark,
    replay,
    source,
    untested,
)
from conformance.result import Report, Result
from conformance.verdict import Verdict

WIDTH = max(len(each) for each in Verdict)


def render(report: Report) -> str:
    """Return the report as text."""
    return visible("\n".join([*lines(presentable(report)), ""]))


def lines(report: Report) -> Iterator[str]:
    """Go through the report line by line."""
    part = f", shard {report.shard}" if report.shard else ""
    yield f"{report.api} at {report.target}, tier {report.tier}, seed {report.seed}{part}"
    if report.profile:
        yield f"profile {report.profile.name}: {report.profile.summary} ({report.profile.source})"
    yield ""
    for result in report.results:
        yield from of_result(report, result)
    yield ""
    yield from (f"changed    {each.id}  {each.before or '-'} -> {each.now or '-'}" for each in report.changes)
    yield from (f"left behind  {each.path}: {each.reason}" for each in report.residue)
    nothing = untested(report)
    if nothing and report.coverage.keys() != set(nothing):
        yield f"nothing was tested of  {', '.join(nothing)}"
    yield reach(report)
    yield f"{counts(report)}; {ceiling(report)}"
    yield f"{report.requests} requests in {report.duration:.1f} s"
    yield f"{conclusion(report)} (verdict {report.verdict})"


def of_result(report: Report, result: Result) -> Iterator[str]:
    """Write one result: a line when all is well, the whole story when not."""
    requirement = result.requirement
    mark = "" if requirement.level.value == "MUST" else f" ({requirement.level})"
    yield f"{result.verdict.value:<{WIDTH}}  {requirement.id}{mark}  {requirement.statement}"
    if result.verdict is Verdict.FAIL:
        yield from story(report, result)
    elif brief(result):
        yield f"{'':<{WIDTH}}  because {brief(result)}"


def story(report: Report, result: Result) -> Iterator[str]:
    """Write what a failure rests on, what came, and how to see it."""
    margin = " " * (WIDTH + 2)
    if remark(result):
        yield f"{margin}because   {remark(result)}"
    yield f"{margin}source    {source(result.requirement)}"
    yield f"{margin}expected  {result.expected}"
    yield f"{margin}got       {result.got}"
    yield f"{margin}see it with"
    yield from (f"{margin}    {line}" for line in result.reproduce)
    if report.command:
        yield f"{margin}examine it again with"
        yield f"{margin}    {replay(report, result)}"
