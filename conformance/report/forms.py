"""Which forms a report can be written in, and the writing of files."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from conformance.report import badge, html, json, junit, markdown, sarif
from conformance.report.characters import presentable
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
    harmless = presentable(report)
    for form, path in wanted.items():
        text = FORMS[form](report if form == "json" else harmless)
        path.write_text(text, "utf-8", errors="backslashreplace")  # a lone surrogate: \udc80, also in JSON
