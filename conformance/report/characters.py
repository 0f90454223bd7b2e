"""Makes harmless what a server said: what steers terminals, breaks XML or reorders text is escaped."""

import re
from collections.abc import Callable
from dataclasses import replace

from conformance.result import Report, Residue, Result
from conformance.timeline import Step

# Control characters but tab and line feed, marks of direction, lone surrogates, and what XML 1.0 cannot hold.
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """Return the text with harmful characters as escapes such as `\\x1b`; lines stay lines."""
    return HARMFUL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def in_one_line(text: str) -> str:
    """Return the text likewise, with line feeds and tabs as escapes, so that it cannot look like a line of
    ours.
    """
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def presentable(report: Report) -> Report:
    """Return the report with every text that a server may have had a hand in made harmless."""
    return replace(
        report,
        target=in_one_line(report.target),
        results=tuple(of_result(each) for each in report.results),
        transitions={in_one_line(step): times for step, times in report.transitions.items()},
        residue=tuple(Residue(in_one_line(each.path), in_one_line(each.reason)) for each in report.residue),
    )


def of_result(result: Result) -> Result:
    """Return the result likewise; reproductions keep their lines, which are ours."""
    return replace(
        result,
        reason=in_one_line(result.reason),
        expected=in_one_line(result.expected),
        got=in_one_line(result.got),
        reproduce=tuple(map(visible, result.reproduce)),
        timeline=tuple(of_step(each, in_one_line) for each in result.timeline),
    )


def of_step(step: Step, clean: Callable[[str], str]) -> Step:
    """Return the step likewise; bodies keep their lines."""
    return replace(
        step,
        method=clean(step.method),
        target=clean(step.target),
        body=visible(step.body),
        reply=visible(step.reply),
    )
