"""What hostile clients can do to whoever looks: nothing. And what a token changes."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from playwright.sync_api import Page, Route, expect

from mock_server import apis
from tests import servers
from tests.mock_server.inspector.opening import open_inspector, pane, request

MARKUP = "<img src=x onerror=\"document.title='struck'\">"
VIEWS = ("requests", "state", "snapshots", "clock", "faults", "namespaces", "apis")
# What the browser says when a page tries what its policy forbids.
REPORT = (
    "document.addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective))"
)


@contextmanager
def watched(page: Page) -> Iterator[list[str]]:
    """Errors of the page, violations of its policy, and requests to other machines, as they happen."""
    found: list[str] = []
    page.add_init_script(REPORT)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("request", lambda sent: None if "//127.0.0.1:" in sent.url else found.append(sent.url))
    yield found


def test_markup_from_clients_is_text(page: Page, viben: httpx.Client) -> None:
    """In path, query, header, body, record and caller it is shown as it was sent, and nothing of it runs."""
    with watched(page) as found:
        open_inspector(page, viben)
        viben.post(
            f"/api/sessions?q={MARKUP}",
            json={"agent_id": MARKUP, "task_id": "</code><script>x</script>"},
            headers={"X-Note": MARKUP},
        )
        request(page, "?q=").click()
        expect(pane(page).get_by_label("Body of the request")).to_contain_text("<img src=x onerror=")
        pane(page).get_by_text("headers").first.click()
        expect(pane(page).get_by_text(MARKUP).first).to_be_visible()
        page.goto(f"{page.url.partition('#')[0]}#/state/viben/sessions")
        expect(page.get_by_role("cell", name=MARKUP)).to_be_visible()
        page.get_by_role("row").filter(has_text=MARKUP).get_by_role("link").click()
        expect(page.get_by_label("Record as JSON")).to_be_visible()

    assert page.locator("img[src=x]").count() == 0
    assert "struck" not in page.title()
    assert found == []


def test_no_view_breaks_the_policy_or_leaves_the_machine(page: Page, deepworkzone: httpx.Client) -> None:
    """Every view is drawn without an error, and with what the mock itself serves."""
    with watched(page) as found:
        for view in VIEWS:
            open_inspector(page, deepworkzone, view)
            expect(page.get_by_role("heading", level=1)).to_be_visible()

    assert found == []


def test_the_policy_stops_what_slips_through(page: Page, viben: httpx.Client) -> None:
    """Were there a hole, the browser would still refuse markup and foreign addresses."""
    open_inspector(page, viben)
    refused = page.evaluate(
        """async () => [
          await fetch("http://127.0.0.2:1/").catch(() => "refused"),
          await Promise.resolve().then(() => { document.body.innerHTML = "<p>"; }).catch(() => "refused"),
        ]"""
    )

    assert refused == ["refused", "refused"]


def test_the_page_asks_for_the_token_once(page: Page) -> None:
    """Where control has a token, the page asks for it, sends it everywhere, and keeps it for the tab."""
    with servers.mock(apis.load("viben"), control_token="t0ken", require_namespace=True) as url:
        page.goto(f"{url}/__admin/")
        page.get_by_role("textbox", name="Token").fill("wrong")
        page.keyboard.press("Enter")
        page.get_by_role("textbox", name="Token").fill("t0ken")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
        httpx.get(f"{url}/~default/api/sessions/with-token")
        request(page, "with-token").click()
        expect(pane(page)).to_contain_text("SessionNotFound")
        page.reload()

        expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.goto("about:blank")


def test_a_connection_that_is_lost_comes_back(page: Page, viben: httpx.Client) -> None:
    """The page says so, asks for what it missed, and goes on as soon as it can."""
    began = "id: before-1\nevent: listening\ndata: {}\n\n"

    def lose(route: Route) -> None:
        if "last-event-id" in route.request.headers:
            route.abort()
        else:
            route.fulfill(content_type="text/event-stream", body=began)

    page.route("**/events?*", lose)
    page.goto(f"{viben.base_url}/__admin/")
    expect(page.get_by_role("status").filter(has_text="Reconnecting")).to_be_visible()
    viben.get("/api/sessions/meanwhile")
    with page.expect_request("**/events?*") as again:
        pass
    page.unroute("**/events?*")

    expect(request(page, "meanwhile")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    assert again.value.headers["last-event-id"] == "before-1"
