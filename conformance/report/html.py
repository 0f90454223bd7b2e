"""The report as one HTML page that needs nothing else, from the files `page.*` beside this module.

Everything a server said is escaped, and a content security policy admits the page's style and script only.
"""

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from conformance.report import wording
from conformance.report.characters import visible
from conformance.report.json import suite_version
from conformance.result import Report
from conformance.verdict import Verdict


def render(report: Report) -> str:
    """Return the report as HTML text."""
    style, script = part("page.css"), part("page.js")
    return (
        environment()
        .from_string(part("page.html.jinja"))
        .render(
            report=report,
            policy=policy(style, script),
            style=style,
            script=script,
            wording=wording,
            tone=wording.tone(report),
            untested=wording.untested(report),
            told=wording.told_whole(report),
            verdicts=[each for each in Verdict if report.counts[each]],
            statuses=sorted({status for counts in report.coverage.values() for status in counts}),
            suite_version=suite_version(),
        )
    )


def environment() -> Environment:
    """Return the template engine: it escapes everything, writes out what could do harm unescaped, and knows
    nothing that is not handed over.
    """
    return Environment(
        autoescape=True, finalize=harmless, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def harmless(value: object) -> object:
    """Return what is about to be put into the page without control characters and marks of direction."""
    return value if isinstance(value, Markup) else visible(str(value))


def part(name: str) -> str:
    """Return a file that stands beside this module."""
    return files("conformance.report").joinpath(name).read_text("utf-8")


def policy(style: str, script: str) -> str:
    """Return the content security policy, which names style and script by their hashes (CSP level 3)."""
    return (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """Return the hash of a text as a content security policy writes it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
