"""The HTML report: complete, self-contained, and harmless whatever a server said."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from conformance.report import html
from conformance.report.characters import HARMFUL, presentable
from conformance.requirement import Level
from conformance.result import Change, Report, Residue
from conformance.verdict import Verdict
from tests.conformance.report.samples import HOSTILE, broken, report, result


class Page(HTMLParser):
    """A parsed page: its elements with their attributes, and its text."""

    def __init__(self, found: Report) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.source = html.render(presentable(found))
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data

    def count(self, tag: str) -> int:
        """Count the elements of this name."""
        return sum(name == tag for name, _ in self.elements)


def test_the_verdict_comes_first() -> None:
    """The heading says what is known of the deployment."""
    assert "<h1>Viben does not conform</h1>" in Page(report(broken())).source


def test_a_failure_is_told_whole() -> None:
    """Sentence, vendor's words, expected, got, requests, curl lines and the command are there."""
    text = Page(report(broken("that was it"))).text

    for part in ("It is so.", "the vendor's words", "Expected", "Got", "that was it", "GET /api/sessions"):
        assert part in text
    assert "curl -d 'that was it'" in text
    assert "conformance run viben --only SAMPLE-TOPIC-01" in text


def test_nothing_a_server_said_is_markup() -> None:
    """A hostile text adds no element and no attribute to the page, and leaves no harmful character."""
    tame, wild = Page(report(broken("tame"))), Page(report(broken(HOSTILE)))

    assert wild.elements == tame.elements
    assert "onerror=alert(1)" in wild.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", wild.source)


def test_no_harmful_character_gets_into_the_page_by_any_way() -> None:
    """Not even by a text that nobody made harmless before: the page itself writes such characters out."""
    wild = replace(report(broken(HOSTILE), command=HOSTILE), target=HOSTILE, transitions={HOSTILE: 1})
    source = html.render(wild)

    assert not HARMFUL.search(source)
    assert "\\x1b[2J\\x07" in source


def test_the_policy_admits_nothing_but_the_page_itself() -> None:
    """Style and script are named by their hashes, and there is nothing to load."""
    page = Page(report(broken()))
    policy = next(given["content"] or "" for tag, given in page.elements if "http-equiv" in given)
    style, script = (
        re.search(f"<{tag}>(.*?)</{tag}>", page.source, re.DOTALL) for tag in ("style", "script")
    )

    assert style is not None
    assert script is not None
    assert policy.startswith("default-src 'none'; ")
    assert html.digest(style[1]) in policy
    assert html.digest(script[1]) in policy
    assert not [
        given for _, given in page.elements if "src" in given or "style" in given or "onclick" in given
    ]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_is_listed(verdict: Verdict) -> None:
    """Each requirement has its row with its verdict in words, its reason, and its facts for the filters."""
    page = Page(report(result(verdict, reason="so it was")))
    row = next(given for tag, given in page.elements if tag == "tr" and "data-verdict" in given)

    assert (row["id"], row["data-verdict"], row["data-level"]) == ("SAMPLE-TOPIC-01", verdict, "MUST")
    assert "so it was" in page.text


def test_what_does_not_count_says_so() -> None:
    """A broken SHOULD is told, and that it does not count."""
    page = Page(report(result(Verdict.PASS, 2), broken(level=Level.SHOULD)))

    assert "does not count" in page.text
    assert "Viben conforms" in page.text


def test_a_report_without_results_is_a_page_too() -> None:
    """Nothing examined is said in words."""
    assert "Nothing was examined." in Page(report()).text


def test_changes_residue_coverage_and_steps_are_shown() -> None:
    """What the run adds up to is on the page."""
    page = Page(
        report(
            changes=(Change("SAMPLE-TOPIC-01", None, Verdict.PASS),),
            residue=(Residue("/api/sessions/1", "still there"),),
            coverage={"get_session": {"200": 7}, "list_sessions": {}},
            transitions={"created > send_message > active": 3},
            interrupted=True,
        )
    )

    for part in (
        "not examined",
        "still there",
        "get_session",
        "never reached",
        "created > send",
        "interrupted",
    ):
        assert part in page.text
