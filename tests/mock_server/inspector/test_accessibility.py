"""Nobody is kept out: axe finds nothing serious on any view, dark or light, on a desk or on a phone."""

from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.mock_server.inspector.opening import open_inspector, pane

DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=360, height=740)
VIEWS = (
    "requests",
    "state/viben/sessions/session-abc123",
    "state/viben/sessions",
    "snapshots",
    "clock",
    "faults",
    "namespaces",
    "apis",
)
each_look = pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light", "viewport": DESK},
        {"color_scheme": "dark", "viewport": DESK},
        {"color_scheme": "light", "viewport": PHONE},
    ],
    ids=["light", "dark", "phone"],
)


def barriers(page: Page) -> list[str]:
    """What axe finds serious or critical, in words."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html']} {node['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def busy(client: httpx.Client) -> str:
    """Leaves something to see in every view; gives the id of a request that nothing answers."""
    for path in ("/viben/api/sessions", "/viben/api/sessions/nobody", "/deepworkzone/api/v1/sessions"):
        client.get(path)
    client.post("/__admin/faults", json={"operation": "send_message", "status": 503})
    client.post("/__admin/quotas", json={"limit": 1000, "seconds": 60})
    client.post("/__admin/snapshots", json={"name": "kept"})
    client.post("/__admin/namespaces", json={"name": "another"})
    return str(client.get("/viben/api/session").headers["X-Mock-Request-Id"])


@each_look
def test_axe_finds_no_barrier(browser: Browser, deepworkzone: httpx.Client, look: dict[str, Any]) -> None:
    """On each view, with an explanation open, and with a dialog open."""
    unmatched = busy(deepworkzone)
    found: list[str] = []
    with browser.new_context(**look) as context:
        page = open_inspector(context.new_page(), deepworkzone)
        for view in (*VIEWS, f"requests/{unmatched}"):
            page.goto(f"{page.url.partition('#')[0]}#/{view}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            found += barriers(page)
        expect(pane(page)).to_contain_text("Did you mean")
        found += barriers(page)
        page.get_by_role("button", name="Clear").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found += barriers(page)

    assert found == []


def test_a_phone_scrolls_down_only(browser: Browser, deepworkzone: httpx.Client) -> None:
    """At a width of 360 pixels nothing hangs over the edge, on no view."""
    unmatched = busy(deepworkzone)
    with browser.new_context(viewport=PHONE) as context:
        page = open_inspector(context.new_page(), deepworkzone)
        for view in (*VIEWS, f"requests/{unmatched}"):
            page.goto(f"{page.url.partition('#')[0]}#/{view}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()

            assert page.evaluate("document.documentElement.scrollWidth") == 360, view


def test_the_page_has_landmarks_and_one_live_region_for_messages(inspector: Page) -> None:
    """Screen readers find their way, and are not told of every request."""
    for role in ("banner", "navigation", "main"):
        expect(inspector.locator("body").get_by_role(role).first).to_be_attached()
    live = inspector.locator("[aria-live], [role=status], [role=alert], [role=log]")
    requests = inspector.get_by_role("table", name="Requests, newest first")

    assert live.count() <= 4
    assert requests.locator("xpath=ancestor::*[@aria-live or @role='status']").count() == 0


def test_the_content_can_be_skipped_to(inspector: Page) -> None:
    """The first thing that Tab reaches leads past the views."""
    inspector.keyboard.press("Tab")
    expect(inspector.get_by_role("link", name="Skip to the content")).to_be_focused()
    inspector.keyboard.press("Enter")

    expect(inspector.get_by_role("heading", level=1)).to_be_focused()


def test_a_dialog_keeps_the_focus_and_gives_it_back(inspector: Page) -> None:
    """It opens on the harmless button, and Escape leads back to where it was opened."""
    clear = inspector.get_by_role("button", name="Clear")
    clear.press("Enter")
    expect(inspector.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()
    inspector.keyboard.press("Escape")

    expect(clear).to_be_focused()
