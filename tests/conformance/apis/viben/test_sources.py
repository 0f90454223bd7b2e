"""The map from the vendor's page to the requirements is complete in both directions."""

import re
from importlib.resources import files

from conformance.apis.viben import SUITE

SESSION = ("id", "agent_id", "task_id", "status", "created_at")
ACTIVITY = (*SESSION, "last_active", "message_count")
PAGE = (  # every line of the page that carries content, by its first words
    "Session API", "/api/sessions", "The Session API",
    "GET /api/sessions", "POST /api/sessions", "GET /api/sessions/:id", "PATCH /api/sessions/:id",
    "DELETE /api/sessions/:id", "POST /api/sessions/:id/message",
    "List sessions.", "query task_id", "query agent_id", "query status", "list sessions",
    *(f"list {field}" for field in ACTIVITY),
    "Create a new session.", "body agent_id", "body task_id", "body prompt",
    *(f"created {field}" for field in SESSION),
    "Get session details.", *(f"details {field}" for field in ACTIVITY),
    "details data", "details data.workdir", "details data.model",
    "Update a session.", "example status", "example data.notes",
    "update status", "update data", "update prompt",
    "Send a message to a session.", "message content", "sent message_id", "sent status", "sent timestamp",
    "created Just created", "active Active", "paused Paused", "completed Completed", "failed Failed",
)  # fmt: skip


def rows() -> list[tuple[str, str]]:
    """Return the rows of the map: what the page says, and what holds a deployment to it."""
    text = files("conformance.apis.viben").joinpath("sources.md").read_text("utf-8")
    found = re.findall(r"^\| (?!the page says)(.+?) \| (.+?) \|$", text, re.MULTILINE)
    return [(said, held) for said, held in found]


def named() -> set[str]:
    """Return the ids of the requirements that the map names."""
    return {each for _, held in rows() for each in re.findall(r"VIBEN-[A-Z-]+-\d{2}", held)}


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
    silent = [said for said, held in rows() if not re.match(r"VIBEN-|No promise: \S", held)]

    assert silent == []
