"""What a front end does with sessions, in a browser, from another origin: list, create, follow, change."""

import re

from playwright.sync_api import expect

from tests.frontend.worlds import Visitor, World


def test_viben_session_is_followed_while_others_work_on_it(visitor: Visitor, world: World) -> None:
    """A new session shows at once, and what another client does to it a moment later."""
    visitor.open("viben")
    visitor.create(Agent="QUILL", Prompt="Begin")
    expect(visitor.status).to_have_text("created")
    expect(visitor.names.first).to_have_text("QUILL")

    path = "/viben/api/sessions"
    newest = world.call("GET", path)["sessions"][0]["id"]
    world.call("POST", f"{path}/{newest}/message", {"content": "Go on"})

    expect(visitor.status).to_have_text("active")
    expect(visitor.fact("Messages")).to_have_text("1")
    assert visitor.failures == []


def test_viben_session_is_messaged_paused_and_deleted(visitor: Visitor, world: World) -> None:
    """POST, PATCH and DELETE from another origin do what they say."""
    visitor.open("viben")
    visitor.create(Agent="QUILL")
    visitor.do("Send", "Please continue")
    expect(visitor.fact("Messages")).to_have_text("1")
    visitor.do("Pause")
    expect(visitor.status).to_have_text("paused")
    visitor.do("Delete")

    expect(visitor.page.get_by_role("article")).to_have_count(0)
    expect(visitor.names.first).not_to_have_text("QUILL")
    assert visitor.failures == []


def test_zipf_search_is_followed_until_it_is_done(visitor: Visitor, world: World) -> None:
    """A search that takes a while shows as running, then with what it found and cost."""
    visitor.open("zipf", "owner")
    visitor.create(Name="Sodium")
    visitor.do("Search", "sodium-ion cells")
    expect(visitor.fact("Running")).to_have_text("1")
    expect(visitor.fact("Different pages")).to_have_text("0")

    world.advance(seconds=2)

    expect(visitor.fact("Running")).to_have_text("0")
    expect(visitor.fact("Different pages")).to_have_text("10")
    assert visitor.failures == []


def test_zipf_session_is_renamed_and_completed(visitor: Visitor) -> None:
    """The list shows a change at once, and a completed session is followed no longer."""
    visitor.open("zipf", "owner")
    visitor.create(Name="Sodium")
    visitor.do("Rename", "Sodium-ion cells")
    expect(visitor.names.first).to_have_text("Sodium-ion cells")
    visitor.do("Complete")

    expect(visitor.status).to_have_text("completed")
    expect(visitor.page.locator("tbody tr").first).to_contain_text("completed")
    assert visitor.failures == []


def test_deep_work_zone_session_begins_when_its_time_comes(visitor: Visitor, world: World) -> None:
    """A session waits until nine, is renamed by PUT, joined, and completed with a score."""
    visitor.open("deepworkzone", "owner")
    visitor.create(Name="Writing", Day="2026-07-01")
    expect(visitor.status).to_have_text("waiting")
    world.advance(hours=9, minutes=1)
    expect(visitor.status).to_have_text("active")

    visitor.do("Rename", "Writing, quietly")
    visitor.do("Join")
    expect(visitor.fact("My part")).to_have_text("joined")
    visitor.do("Complete")

    expect(visitor.status).to_have_text("completed")
    expect(visitor.fact("Score")).to_have_text(re.compile(r"\d"))
    assert visitor.failures == []


def test_deep_work_zone_session_is_deleted(visitor: Visitor) -> None:
    """An answer without a body, 204, is understood."""
    visitor.open("deepworkzone", "owner")
    visitor.create(Name="Never mind", Day="2026-07-09")
    expect(visitor.status).to_have_text("waiting")
    visitor.do("Delete")

    expect(visitor.page.get_by_role("article")).to_have_count(0)
    expect(visitor.names.filter(has_text="Never mind")).to_have_count(0)
    assert visitor.failures == []


def test_mobile_next_session_is_followed_until_its_device_is_released(visitor: Visitor, world: World) -> None:
    """An API that only reads has no form, more pages, and sessions that live by themselves."""
    visitor.open("mobilenext", "owner")
    visitor.page.get_by_role("button", name="Show more").click()
    expect(visitor.names).to_have_count(20)
    expect(visitor.page.get_by_text("New session")).to_have_count(0)

    visitor.page.locator("tr", has_text="held").first.get_by_role("button").click()
    expect(visitor.status).to_have_text("held")
    world.advance(days=1)

    expect(visitor.status).to_have_text("released")
    assert visitor.failures == []


def test_personas_see_what_is_theirs(visitor: Visitor) -> None:
    """Signing in as somebody else sends another token, and the list is that person's."""
    visitor.open("zipf", "owner")
    expect(visitor.names.filter(has_text="AI Research")).to_have_count(1)

    visitor.page.get_by_label("Signed in as").select_option("outsider")

    expect(visitor.names.filter(has_text="Not for Northwind")).to_have_count(1)
    expect(visitor.names.filter(has_text="AI Research")).to_have_count(0)
