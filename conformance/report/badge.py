"""The report as a badge: an SVG image with the verdict in words."""

from html import escape

from conformance.report.wording import standing, tone
from conformance.result import Report
from conformance.verdict import Verdict

COLOURS = {0: "#2e7d32", 1: "#b3261e", 2: "#6b6b6b"}
CHARACTER = 6.6  # the width of one in 11 px Verdana, on the average
PADDING = 12

IMAGE = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img"
  aria-label="{title}">
<title>{title}</title>
<rect width="{width}" height="20" rx="3" fill="#444"/>
<path d="M{left} 0h{bend}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{bend}z" fill="{colour}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="{middle_left}" y="14">{label}</text>
<text x="{middle_right}" y="14">{message}</text>
</g>
</svg>
"""


def render(report: Report) -> str:
    """Return the badge as SVG text."""
    label, message = f"{report.api} conformance", words(report)
    left, right = width(label), width(message)
    return IMAGE.format(
        width=left + right,
        left=left,
        bend=right - 3,
        middle_left=left / 2,
        middle_right=left + right / 2,
        colour=COLOURS[tone(report)],
        label=escape(label),
        message=escape(message),
        title=escape(f"{label}: {message}"),
    )


def words(report: Report) -> str:
    """Return the verdict with how many of the requirements hold that apply."""
    applying = len(report.results) - report.counts[Verdict.SKIP]
    return f"{standing(report)}, {report.counts[Verdict.PASS]}/{applying}"


def width(text: str) -> int:
    """Return about how wide a text is, in pixels."""
    return round(len(text) * CHARACTER) + PADDING
