"""Which forms a report can be written in, and the writing of files."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from conformance.report import badge, html, json, junit, markdown, sarif
from conformance.report.characters import presentable, visible
from conformance.result import Report

FORMS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {
        "json": json.render,
        "html": html.render,
        "junit": junit.render,
        "markdown": markdown.render,
        "sarif": sarif.render,
        "badge": badge.render,
    }
)


def write(report: Report, wanted: Mapping[str, Path]) -> None:
    """Write the report in the wanted forms, each to its file; JSON keeps every character, the others show
    harmful ones as escapes.

    Raises:
        OSError: a file cannot be written.
    """
    for form, path in wanted.items():
        path.write_text(text(report, form), "utf-8")


def text(report: Report, form: str) -> str:
    """Return the report in one form; nothing in it steers a terminal, whatever a server said."""
    if form == "json":
        return json.render(report)
    return visible(FORMS[form](presentable(report)))
