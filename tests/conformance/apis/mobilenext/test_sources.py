"""The map from the vendor's page to the requirements is complete in both directions."""

import re
from importlib.resources import files

from conformance.apis.mobilenext import SUITE

SELECTION = (
    "The organization is chosen by",
    "or the organization the API key is bound to",
    "otherwise the caller's default organization",
)
HEADER = ("header X-Organization-Id", "Selects which", "When omitted")
DEVICE = ("id", "platform", "type", "name", "osVersion")
SESSION = (
    *("id", "organization", "user", "device object"),
    *(f"device.{field}" for field in DEVICE),
    *("createdAt", "releasedAt"),
)
PAGE = (  # every line of the page that carries content, by its first words
    *("Sessions", "List sessions", "GET /api/v1/sessions", "Sessions in the selected organization"),
    *("visible to every member", "newest first", "with cursor pagination", *SELECTION),
    *("query limit", "Maximum sessions", "query before", "Cursor: return", *HEADER),
    *("list object", "list data", *(f"list {field}" for field in SESSION)),
    *("nextCursor", "Cursor for the next page"),
    *("Get a session", "GET /api/v1/sessions/{sessionId}", "Returns a session", "visible to every member"),
    *(*SELECTION, "path sessionId", *HEADER, *(f"get {field}" for field in SESSION)),
)


def rows() -> list[tuple[str, str]]:
    """Return the rows of the map: what the page says, and what holds a deployment to it."""
    text = files("conformance.apis.mobilenext").joinpath("sources.md").read_text("utf-8")
    found = re.findall(r"^\| (?!the page says)(.+?) \| (.+?) \|$", text, re.MULTILINE)
    return [(said, held) for said, held in found]


def named() -> set[str]:
    """Return the ids of the requirements that the map names."""
    return {each for _, held in rows() for each in re.findall(r"MOBILENEXT-[A-Z-]+-\d{2}", held)}


def test_every_line_of_the_page_has_a_row() -> None:
    """The rows are the lines of the page, in its order, none missing and none made up."""
    said = [each for each, _ in rows()]

    assert len(said) == len(PAGE)
    assert [each for each, start in zip(said, PAGE, strict=True) if not each.startswith(start)] == []


def test_every_documented_requirement_is_named() -> None:
    """A requirement called documented rests on a line of the page, and only such a one does."""
    documented = {each.id for each in SUITE.requirements if each.origin.kind == "documented"}

    assert named() == documented


def test_every_row_holds_or_says_why_not() -> None:
    """A row names a requirement or says that there is no promise, with the reason."""
    silent = [said for said, held in rows() if not re.match(r"MOBILENEXT-|No promise: \S", held)]

    assert silent == []
