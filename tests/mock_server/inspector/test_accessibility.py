"""Nobody is kept out: axe finds nothing serious on any view, dark or light, on a desk or on a phone."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.mock_server.inspector.opening import open_inspector, pane, request

DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=360, height=740)
# Each view with what stands there once it is drawn.
VIEWS = {
    "requests": "SessionNotFound",
    "state/viben/sessions/session-abc123": "Record as JSON",
    "state/viben/sessions": "1 to ",
    "snapshots": "Restore",
    "clock": "UTC",
    "faults": "status 503",
    "namespaces": "another",
    "apis": "deepworkzone/api/v1",
}
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
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']}: {node['html']} {node['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def busy(client: httpx.Client) -> str:
    """Leaves something to see in every view; gives the id of a request that nothing answers."""
    for _ in range(10):
        client.post("/viben/api/sessions", json={"agent_id": "AMP"})
    client.get("/viben/api/sessions/nobody")
    client.post("/__admin/faults", json={"operation": "send_message", "status": 503})
    client.post("/__admin/quotas", json={"limit": 1000, "seconds": 60})
    client.post("/__admin/snapshots", json={"name": "kept"})
    client.post("/__admin/namespaces", json={"name": "another"})
    return str(client.get("/viben/api/session").headers["X-Mock-Request-Id"])


def walk(page: Page, client: httpx.Client) -> Iterator[str]:
    """Leads through every view, the last one with an explanation open, and stops at each once it is drawn."""
    unmatched = busy(client)
    open_inspector(page, client)
    for view, drawn in {**VIEWS, f"requests/{unmatched}": "Did you mean"}.items():
        page.goto(f"{page.url.partition('#')[0]}#/{view}")
        expect(page.get_by_role("main")).to_contain_text(drawn)
        yield view


@each_look
def test_axe_finds_no_barrier(browser: Browser, deepworkzone: httpx.Client, look: dict[str, Any]) -> None:
    """On each view, with an explanation open, and with a dialog open."""
    found: list[str] = []
    with browser.new_context(**look) as context:
        page = context.new_page()
        for _ in walk(page, deepworkzone):
            found += barriers(page)
        page.get_by_role("button", name="Clear").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found += barriers(page)

    assert found == []


def test_a_phone_scrolls_down_only(browser: Browser, deepworkzone: httpx.Client) -> None:
    """At a width of 360 pixels nothing hangs over the edge, on no view."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        for view in walk(page, deepworkzone):
            assert page.evaluate("document.documentElement.scrollWidth") == 360, view


@pytest.mark.parametrize("width", [360, 1280])
def test_a_breach_of_the_contract_fits_its_pane(inspector: Page, viben: httpx.Client, width: int) -> None:
    """Pointers have no spaces to break at, and break nevertheless: nothing scrolls sideways."""
    inspector.set_viewport_size({"width": width, "height": 740})
    viben.post(f"/api/sessions?wide={width}", json={"agent": "x"})
    request(inspector, f"?wide={width}").click()
    expect(pane(inspector).get_by_role("table", name="Breaches")).to_be_visible()

    assert inspector.evaluate("document.documentElement.scrollWidth") == width
    assert pane(inspector).evaluate("pane => pane.scrollWidth - pane.clientWidth") == 0


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
