"""The map from each vendor's page to the requirements is complete in both directions.

Each API's `page.py` holds the lines of its page by their first words; the page itself is not ours to keep.
"""

import re
from importlib import import_module
from importlib.resources import files

import pytest

from conformance.apis import NAMES, suite

ROW = re.compile(r"^\| (?!the page says)(.+?) (?<!\\)\| (.+) \|$", re.MULTILINE)
ID = re.compile(r"[A-Z]+(?:-[A-Z]+)+-\d{2}")


def rows(api: str) -> list[tuple[str, str]]:
    """Return the rows of the map: what the page says, and what holds a deployment to it."""
    text = files(f"conformance.apis.{api}").joinpath("sources.md").read_text("utf-8")
    return [(match[1], match[2]) for match in ROW.finditer(text)]


@pytest.mark.parametrize("api", NAMES)
def test_every_line_of_the_page_has_a_row(api: str) -> None:
    """The rows are the lines of the page, in its order, none missing and none made up."""
    page = import_module(f"tests.conformance.apis.{api}.page").PAGE
    said = [each for each, _ in rows(api)]

    assert len(said) == len(page)
    assert [each for each, start in zip(said, page, strict=True) if not each.startswith(start)] == []


@pytest.mark.parametrize("api", NAMES)
def test_every_documented_requirement_is_named(api: str) -> None:
    """A requirement called documented rests on a line of the page, and only such a one does."""
    documented = {each.id for each in suite(api).requirements if each.origin.kind == "documented"}

    assert {each for _, held in rows(api) for each in ID.findall(held)} == documented


@pytest.mark.parametrize("api", NAMES)
def test_every_row_holds_or_says_why_not(api: str) -> None:
    """A row begins with a requirement, or says that there is no promise, with the reason."""
    silent = [
        said for said, held in rows(api) if not ID.match(held) and not re.match(r"No promise: \S", held)
    ]

    assert silent == []
