"""How a test opens the inspector, and the parts of the page that many tests touch."""

import httpx
from playwright.sync_api import Locator, Page, expect

PATIENCE = 20_000  # milliseconds until what never comes counts as missing


def open_inspector(page: Page, client: httpx.Client, view: str = "requests") -> Page:
    """The inspector of the client's server, in the client's namespace, once it listens to events."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"{client.base_url}/~{client.headers['X-Mock-Namespace']}/__admin/#/{view}")
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    return page


def go(page: Page, view: str) -> None:
    """Goes to a view by its link."""
    page.get_by_role("navigation", name="Views").get_by_role("link", name=view, exact=True).click()
    expect(page.get_by_role("heading", name=view, level=1)).to_be_visible()


def requests(page: Page) -> Locator:
    """The rows of the list of requests."""
    return page.get_by_role("table", name="Requests, newest first").locator("tbody tr")


def request(page: Page, text: str) -> Locator:
    """The link of the request whose line holds a text."""
    return requests(page).get_by_role("link").filter(has_text=text).first


def pane(page: Page) -> Locator:
    """What is open beside a list."""
    return page.get_by_role("complementary")


def confirm(page: Page, action: str) -> None:
    """Agrees in the dialog that asks."""
    page.get_by_role("dialog").get_by_role("button", name=action).click()
