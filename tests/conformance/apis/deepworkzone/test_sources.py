"""The map from the vendor's page to the requirements is complete in both directions."""

import re
from importlib.resources import files

from conformance.apis.deepworkzone import SUITE
from conformance.apis.deepworkzone.client import EXAMPLE

FILTERS = (
    "org_id",
    "channel",
    "type",
    "date",
    "completed",
    "source",
    "keyword",
    "day_start",
    "day_ends",
)


def fields() -> list[str]:
    """Return the names of the fields of the page's example, those of an object with their own."""
    found = list[str]()
    for name, value in EXAMPLE.items():
        found += [f"{name}.{inner}" for inner in value] if isinstance(value, dict) else [name]
    return found


def page() -> list[str]:
    """Return every line of the page that carries content, by its first words."""
    return [
        *(
            "Session",
            "Sessions are timed",
            "They support",
            "Base URL",
            "Auth:",
            "The created_by",
            "You do not need",
        ),
        *("GET /api/v1/sessions", "Returns a list", *(f"list {name}" for name in FILTERS)),
        *("GET /api/v1/sessions/:id", "Retrieves a single", "along with", "get id"),
        *("POST /api/v1/sessions", "Creates a new", *(f"body {name}" for name in fields())),
        *("PUT /api/v1/sessions/:id", "Updates an existing", "Accepts the same", "put id"),
        *("DELETE /api/v1/sessions/:id", "Deletes a session.", "For recurring", "delete id", "Built with"),
    ]


def rows() -> list[tuple[str, str]]:
    """Return the rows of the map: what the page says, and what holds a deployment to it."""
    text = files("conformance.apis.deepworkzone").joinpath("sources.md").read_text("utf-8")
    found = re.findall(r"^\| (?!the page says)(.+?) (?<!\\)\| (.+?) \|$", text, re.MULTILINE)
    return [(said, held) for said, held in found]


def named() -> set[str]:
    """Return the ids of the requirements that the map names."""
    return {each for _, held in rows() for each in re.findall(r"DWZ-[A-Z-]+-\d{2}", held)}


def test_every_line_of_the_page_has_a_row() -> None:
    """The rows are the lines of the page, in its order, none missing and none made up."""
    said = [each for each, _ in rows()]

    assert len(said) == len(page())
    assert [each for each, start in zip(said, page(), strict=True) if not each.startswith(start)] == []


def test_every_documented_requirement_is_named() -> None:
    """A requirement called documented rests on a line of the page, and only such a one does."""
    documented = {each.id for each in SUITE.requirements if each.origin.kind == "documented"}

    assert named() == documented


def test_every_row_holds_or_says_why_not() -> None:
    """A row names a requirement or says that there is no promise, with the reason."""
    silent = [said for said, held in rows() if not re.match(r"DWZ-|No promise: \S", held)]

    assert silent == []
