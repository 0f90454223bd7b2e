"""Which forms a report can be written in, and each as text."""

from collections.abc import Callable, Mapping
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


def text(report: Report, form: str) -> str:
    """Return the report in one form; nothing in it steers a terminal, whatever a server said."""
    if form == "json":
        return json.render(report)
    return visible(FORMS[form](presentable(report)))
