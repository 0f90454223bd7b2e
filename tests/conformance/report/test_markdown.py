"""The Markdown report: short, and nothing a server said is anything but text."""

import re

from markdown_it import MarkdownIt

from conformance.report import markdown
from conformance.report.characters import presentable
from conformance.requirement import Level
from conformance.result import Change, Residue
from conformance.verdict import Verdict
from tests.conformance.report.samples import HOSTILE, broken, report, result


def test_the_verdict_comes_first() -> None:
    """The first line is the conclusion, and the sums follow."""
    text = markdown.render(report(broken(), result(Verdict.PASS, 2)))

    assert text.startswith("## ✗ viben does not conform\n")
    assert "| ✓ pass | 1 | holds |" in text


def test_what_a_server_said_stays_in_code_blocks() -> None:
    """Without its code blocks the page is the same, whatever a server said."""
    tame, wild = (markdown.render(presentable(report(broken(text)))) for text in ("tame", HOSTILE))

    assert outside_code(wild) == outside_code(tame)
    assert "@octocat" in wild


def test_foreign_texts_within_a_line_mean_nothing() -> None:
    """A path left behind is shown as it is, without markup, links and mentions."""
    rendered = MarkdownIt().render(markdown.render(report(residue=(Residue("@a [b](c) <i>*d*</i>", "e"),))))

    assert "<code>@a [b](c) &lt;i&gt;*d*&lt;/i&gt;</code>" in rendered


def test_a_long_list_is_cut_and_says_so() -> None:
    """A comment has limited room; the count of what is left out is there."""
    text = markdown.render(report(*(broken(number=number) for number in range(1, 31))))

    assert text.count("<details>") == markdown.MOST_STORIES
    assert "10 more" in text


def test_changes_are_listed() -> None:
    """What is not as it was has its table."""
    text = markdown.render(report(changes=(Change("SAMPLE-TOPIC-01", Verdict.PASS, Verdict.FAIL),)))

    assert "| SAMPLE-TOPIC-01 | pass | fail |" in text


def test_what_does_not_count_says_so() -> None:
    """A broken SHOULD is told with its weight."""
    assert "(SHOULD, fail, does not count)" in markdown.render(report(broken(level=Level.SHOULD)))


def outside_code(text: str) -> str:
    """Return the rendered page without what stands in code blocks."""
    return re.sub("<pre>.*?</pre>", "", MarkdownIt().render(text), flags=re.DOTALL)
