"""What a front end sees of a server in trouble, and that it recovers."""

import pytest
from playwright.sync_api import expect

from tests.frontend.worlds import Visitor, World

BROKEN_OFF = "No answer came, or it broke off."


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"status": 500}, "500: "),
        ({"status": 503}, "503: "),
        ({"breakage": "connection_reset"}, BROKEN_OFF),
        ({"breakage": "empty_response"}, BROKEN_OFF),
        ({"breakage": "malformed_body"}, "The answer is not JSON."),
        ({"breakage": "truncated_body"}, BROKEN_OFF),
    ],
    ids=["500", "503", "reset", "empty", "malformed", "truncated"],
)
def test_fault_shows_and_passes(
    visitor: Visitor, world: World, fault: dict[str, str | int], words: str
) -> None:
    """What goes wrong is said; once it is over, following goes on and nothing is said any more."""
    visitor.open("viben")
    visitor.create(Agent="QUILL")
    expect(visitor.status).to_have_text("created")
    world.break_with(**fault)
    expect(visitor.alert).to_contain_text(words)

    world.heal()

    expect(visitor.alert).to_have_count(0)
    visitor.do("Pause")
    expect(visitor.status).to_have_text("paused")


def test_slow_answer(visitor: Visitor, world: World) -> None:
    """The page is there before the data is, and shows it when it comes."""
    visitor.open("viben")
    expect(visitor.names.first).to_be_visible()
    world.break_with(operation="get_session", delay=1)
    visitor.follow("CODEX")
    expect(visitor.page.get_by_role("article").get_by_role("button", name="Pause")).to_be_visible()

    expect(visitor.status).to_be_visible()
