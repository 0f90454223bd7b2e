"""Characters that do harm are written out; everything else stays."""

import pytest

from conformance.report.characters import in_one_line, visible

CASES = [
    ("plain text, ümläuts, 日本語, 👍", "plain text, ümläuts, 日本語, 👍"),
    ("two\nlines\tand a tab", "two\nlines\tand a tab"),
    ("\x1b[2J", "\\x1b[2J"),
    ("a\rb\x00\x7f\x9b", "a\\rb\\x00\\x7f\\x9b"),
    ("\u202etxt.exe\u2066", "\\u202etxt.exe\\u2066"),
    ("\udc80\ufffe", "\\udc80\\ufffe"),
]


@pytest.mark.parametrize(("text", "shown"), CASES, ids=[ascii(text) for text, _ in CASES])
def test_harmful_characters_become_escapes(text: str, shown: str) -> None:
    """What steers terminals, reorders text or is not allowed in XML is shown as an escape."""
    assert visible(text) == shown


def test_one_line_stays_one() -> None:
    """Line feeds and tabs are escapes where a text belongs into one line."""
    assert in_one_line("a\nb\tc\x1b") == "a\\nb\\tc\\x1b"
