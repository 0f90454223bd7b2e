"""What a front end shows when it is refused: the vendor's words, readable across origins."""

import re

import pytest
from playwright.sync_api import expect

from tests.frontend.worlds import Visitor, World


@pytest.mark.parametrize(
    ("api", "persona", "words"),
    [
        ("deepworkzone", "expired", "401: Unauthenticated. Why?"),
        ("mobilenext", "expired", "401: the access token has expired (unauthorized) Why?"),
        ("zipf", "expired", "401: Not authenticated. the access token has expired. Why?"),
    ],
    ids=["deepworkzone", "mobilenext", "zipf"],
)
def test_expired_token(visitor: Visitor, api: str, persona: str, words: str) -> None:
    """Each vendor says it in a form of its own."""
    visitor.open(api, persona)

    expect(visitor.alert).to_have_text(words)


@pytest.mark.parametrize(
    ("api", "persona", "entered", "words"),
    [
        ("deepworkzone", "owner", {"Minutes": "0"}, "422: duration: 0 is less than the minimum of 1"),
        ("viben", "", {"Agent": ""}, '400: agent_id: "" is shorter than 1 character (INVALID_INPUT)'),
        ("zipf", "owner", {"Name": ""}, '400: Invalid request. name: "" is shorter than 1 character.'),
    ],
    ids=["deepworkzone", "viben", "zipf"],
)
def test_refused_form(visitor: Visitor, api: str, persona: str, entered: dict[str, str], words: str) -> None:
    """The complaint names the field."""
    visitor.open(api, persona)
    visitor.create(**entered)

    expect(visitor.alert).to_contain_text(words)


def test_no_credits(visitor: Visitor) -> None:
    """402: what a search needs and what is left."""
    visitor.open("zipf", "penniless")
    visitor.create(Name="Too dear")
    visitor.do("Search", "cells")

    expect(visitor.alert).to_have_text(
        re.compile("^402: Insufficient credits. The operation needs 1 of your")
    )


def test_colleagues_session(visitor: Visitor) -> None:
    """403: seen, but somebody else's."""
    visitor.open("deepworkzone", "member")
    visitor.follow("Daily Focus")
    visitor.do("Rename", "Mine now")

    expect(visitor.alert).to_contain_text("403: This action is unauthorized. Only the owner of session")


def test_session_that_somebody_else_has_deleted(visitor: Visitor, world: World) -> None:
    """404: it is said once, and nobody asks again."""
    visitor.open("viben")
    visitor.create(Agent="QUILL")
    expect(visitor.status).to_have_text("created")
    newest = world.call("GET", "/viben/api/sessions")["sessions"][0]["id"]
    world.call("DELETE", f"/viben/api/sessions/{newest}")

    expect(visitor.alert).to_have_text(f"404: Session not found: {newest} (NOT_FOUND) Why?")


def test_session_that_is_over(visitor: Visitor) -> None:
    """409: a failed session takes no messages."""
    visitor.open("viben")
    visitor.page.locator("tr", has_text="failed").first.get_by_role("button").click()
    visitor.do("Send", "Wake up")

    expect(visitor.alert).to_contain_text("is failed: it keeps its status and takes no messages (CONFLICT)")


def test_too_many_requests(visitor: Visitor) -> None:
    """429: Retry-After can be read across origins, so that the page can say when."""
    visitor.open("zipf", "throttled")
    refresh = visitor.page.get_by_role("button", name="Refresh")
    for _ in range(3):
        refresh.click()

    expect(visitor.alert).to_contain_text("429: Rate limit exceeded.")
    expect(visitor.alert).to_contain_text("Try again in 60 minutes. Why?")


def test_the_mock_explains_a_refusal(visitor: Visitor) -> None:
    """The link beside an error leads to what the mock has to say about that very request."""
    visitor.open("zipf", "expired")
    with visitor.page.expect_popup() as opened:
        visitor.alert.get_by_role("link").click()

    expect(opened.value.locator("body")).to_contain_text('"operation":"list_sessions"')
