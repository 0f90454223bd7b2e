"""The comparison with plain Schemathesis: its tables, what it keeps, and what Schemathesis really says."""

from pathlib import Path

import pytest

from mock_server import apis
from tests.saboteurs import plain
from tests.saboteurs.comparison import Line, details, summary
from tests.saboteurs.kept import Kept
from tests.saboteurs.matrix import saboteurs
from tests.saboteurs.stage import stage

LINES = [
    Line(
        "viben", "one", "Answers in words.", "VIBEN-SCHEMA-01", 10, ("ST101 GET /sessions", "phase fuzzing")
    ),
    Line("viben", "two", "Loses updates.", "VIBEN-UPDATE-01", 9, ()),
]


def test_the_summary_counts_who_is_caught_always() -> None:
    """A saboteur that one seed misses does not count for the suite; any discovery counts for Schemathesis."""
    assert list(summary(LINES, 10))[-1] == "| `viben` | 2 | 1 | 1 |"


def test_the_details_tell_what_schemathesis_says() -> None:
    """Each saboteur has a row with the failed checks, or the word nothing."""
    rows = list(details(LINES, 10))[2:]

    assert rows[0].endswith("| 10 | `ST101 GET /sessions` |")
    assert rows[1].endswith("| 9 | nothing |")


def test_what_was_measured_is_kept(tmp_path: Path) -> None:
    """An interrupted measurement goes on with what its file holds."""
    kept = Kept(tmp_path / "file")
    kept.add("one", ["a"])
    kept.add("two", [])

    assert Kept(tmp_path / "file").read() == {"one": ["a"], "two": []}


@pytest.mark.parametrize(("name", "found"), [("counts_in_words", True), ("hides_the_newest", False)])
def test_schemathesis_finds_wrong_schemas_and_misses_wrong_rules(name: str, found: bool) -> None:
    """Run as anybody would, Schemathesis sees a wrong body, and not a list that lacks a record."""
    saboteur = next(each for each in saboteurs("viben") if each.name == name)
    with stage() as this:
        target = this.play(apis.load("viben"), saboteur)
        said = plain.accusations("viben", target, examples=1, seed=42)

    assert any(each.startswith("ST") for each in said) is found
