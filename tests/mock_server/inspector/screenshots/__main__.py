"""Takes the pictures: a mock of every API with traffic as a team has it, in the light and in the dark."""

import os
from pathlib import Path
from typing import Literal

import httpx
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from mock_server import apis
from tests import servers
from tests.browser import ARGUMENTS, CHROMIUM, program
from tests.mock_server.inspector.opening import go, open_inspector, pane, request
from tests.mock_server.worlds import EPOCH

HERE = Path(__file__).parent
SIZE = ViewportSize(width=1280, height=800)
SESSION = "/viben/api/sessions/session-abc123"


def main() -> None:
    """Writes `requests.png` and `state.png` beside this file."""
    served = [apis.load(name) for name in apis.NAMES]
    with servers.mock(*served, epoch=EPOCH) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program(*CHROMIUM, package="chromium"),
            args=list(ARGUMENTS),
            chromium_sandbox=os.geteuid() != 0,
        )
        with httpx.Client(base_url=url, headers={"X-Mock-Namespace": "default"}) as client:
            page = opened(browser, client, "light")
            client.put("/__admin/clock", json={"mode": "frozen", "now": "2026-07-01T09:00:00Z"})
            traffic(client)
            requests(page)
            state(opened(browser, client, "dark"))
        browser.close()


def opened(browser: Browser, client: httpx.Client, scheme: Literal["light", "dark"]) -> Page:
    """The inspector in a window of its own."""
    return open_inspector(browser.new_page(viewport=SIZE, color_scheme=scheme), client)


def traffic(client: httpx.Client) -> None:
    """What a team does in a minute: most of it right, some of it not."""
    tokens = {name: apis.load(name).personas[0].token for name in ("deepworkzone", "mobilenext", "zipf")}
    owner = {name: {"Authorization": f"Bearer {token}"} for name, token in tokens.items()}
    client.post("/__admin/faults", json={"operation": "send_message", "status": 503, "first": 1})
    client.get("/viben/api/sessions?limit=20")
    client.post("/viben/api/sessions", json={"agent_id": "CLAUDE_CODE", "task_id": "task-xyz"})
    client.get("/zipf/api/v1/sessions", headers=owner["zipf"])
    client.post("/zipf/api/v1/sessions", headers=owner["zipf"], json={"name": "AI Research"})
    client.get("/mobilenext/api/v1/sessions", headers=owner["mobilenext"])
    client.get("/mobilenext/api/v1/sessions")
    client.get("/deepworkzone/api/v1/sessions", headers=owner["deepworkzone"])
    client.post("/viben/api/sessions", json={"agent": "AMP"})
    client.post(f"{SESSION}/message", json={"content": "Run the tests"})
    client.post(f"{SESSION}/message", json={"content": "Run the tests"})
    client.get("/viben/api/sessions", headers={"X-Mock-Namespace": "checkout-e2e"})
    client.delete(SESSION, headers={"X-Mock-Namespace": "checkout-e2e"})
    client.get("/viben/api/session/session-abc123")
    client.get("/viben/api/sessions/session-404404")
    client.get(SESSION)


def requests(page: Page) -> None:
    """The list with a path that does not exist explained beside it."""
    request(page, "/viben/api/session/session-abc123").click()
    pane(page).get_by_role("heading", name="Did you mean").wait_for()
    page.mouse.move(0, 0)
    page.screenshot(path=HERE / "requests.png")


def state(page: Page) -> None:
    """The sessions of Viben with one of them open."""
    go(page, "State")
    page.get_by_label("Collections").get_by_label("viben").get_by_role("link", name="sessions").click()
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_label("Record as JSON").wait_for()
    page.mouse.move(0, 0)
    page.screenshot(path=HERE / "state.png")


if __name__ == "__main__":
    main()
