"""The report as Markdown, for a pull request: the verdict, the sums, and what is broken.

What is not ours stands in code blocks or with every punctuation mark as an entity: it can neither format, nor
link, nor call anybody.
"""

import re
from collections.abc import Iterator

from conformance.report.wording import MEANINGS, SIGNS, ceiling, conclusion, remark, replay, told_whole
from conformance.result import Change, Report, Result

MOST_STORIES = 20  # a comment on GitHub holds 65,536 characters
LONGEST_TEXT = 2000
PUNCTUATION = r"[!-/:-@\[-`{-~]"
MARKS = r"[\\`*_\[\]<>&|~@#$]"


def render(report: Report) -> str:
    """Return the report as Markdown text."""
    return "\n".join([*lines(report), ""])


def lines(report: Report) -> Iterator[str]:
    """Go through the report line by line."""
    yield f"## {SIGNS[report.verdict]} {plain(conclusion(report))}"
    yield ""
    yield f"{code(report.target)}, tier {report.tier}, level {report.level}, seed {report.seed}"
    yield ""
    yield "| verdict | requirements | meaning |"
    yield "|---|---:|---|"
    for verdict, count in report.counts.items():
        if count:
            yield f"| {SIGNS[verdict]} {verdict} | {count} | {MEANINGS[verdict]} |"
    yield ""
    if report.profile:
        told = f"{report.profile.name}: {report.profile.summary} ({report.profile.source})"
        yield from (f"Profile {plain(told)}.", "")
    yield f"{ceiling(report)}. {report.requests} requests in {report.duration:.1f} s."
    yield from changes(report.changes)
    yield from stories(report)
    yield from residue(report)


def changes(found: tuple[Change, ...]) -> Iterator[str]:
    """Write what is not as it was in the earlier run."""
    if found:
        yield from (
            "",
            "### Changed since the earlier run",
            "",
            "| requirement | before | now |",
            "|---|---|---|",
        )
    for each in found:
        yield f"| {each.id} | {each.before or 'not examined'} | {each.now or 'not examined'} |"


def stories(report: Report) -> Iterator[str]:
    """Write what is broken, each folded up, and count what there is no room for."""
    broken = told_whole(report)
    if broken:
        yield from ("", "### Broken")
    for each in broken[:MOST_STORIES]:
        yield from story(report, each)
    if len(broken) > MOST_STORIES:
        yield from ("", f"... and {len(broken) - MOST_STORIES} more, which the HTML report shows.")


def story(report: Report, result: Result) -> Iterator[str]:
    """Write one broken requirement."""
    requirement = result.requirement
    weight = "" if report.counts_against(result) else f", {result.verdict}, does not count"
    yield ""
    yield f"<details><summary><b>{requirement.id}</b> ({requirement.level}{weight}): "
    yield f"{plain(requirement.statement)}</summary>"
    yield ""
    yield f"{requirement.origin.kind}: {plain(requirement.origin.text)}"
    yield ""
    told = [("because", remark(result)), ("expected", result.expected), ("got", result.got)]
    shown = [f"{name:<9} {text[:LONGEST_TEXT]}" for name, text in told if text]
    yield from block("text", "\n".join(shown))
    if result.reproduce:
        yield from block("sh", "\n".join(result.reproduce)[: 2 * LONGEST_TEXT])
    if report.command:
        yield from block("sh", replay(report, result))
    yield "</details>"


def residue(report: Report) -> Iterator[str]:
    """Write what the run created and could not delete."""
    if report.residue:
        yield from ("", "### Left behind", "")
    for each in report.residue:
        yield f"* {code(each.path)}: {code(each.reason)}"


def block(language: str, text: str) -> Iterator[str]:
    """Write a code block whose fence is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield from (f"{fence}{language}", text, fence, "")


def code(text: str) -> str:
    """Return a foreign text as code within a line: nothing in it is formatted, linked or called."""
    return f"<code>{with_entities(text, PUNCTUATION)}</code>"


def plain(text: str) -> str:
    """Return a text of ours with entities for the marks that mean something to Markdown and HTML."""
    return with_entities(text, MARKS)


def with_entities(text: str, marks: str) -> str:
    """Return the text in one line with entities for these marks."""
    return re.sub(marks, lambda mark: f"&#{ord(mark[0])};", text.replace("\n", " "))
