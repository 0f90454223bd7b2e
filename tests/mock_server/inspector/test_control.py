"""Clock, faults, quotas, namespaces and credentials: what the page sets is what clients get."""

import re

import httpx
from playwright.sync_api import BrowserContext, Page, expect

from tests.mock_server.inspector.opening import confirm, go, open_inspector

SESSION = "/api/sessions/session-abc123"


def created_at(viben: httpx.Client) -> str:
    """When a session that is made now says it was."""
    return str(viben.post("/api/sessions", json={"agent_id": "AMP"}).json()["created_at"])


def test_a_frozen_clock_is_the_time_of_the_api(page: Page, viben: httpx.Client) -> None:
    """Frozen at a time, advanced, and released again."""
    open_inspector(page, viben, "clock")
    page.get_by_label("Date and time, in UTC").fill("2026-07-01T09:00:00")
    page.get_by_role("button", name="Freeze there").click()
    expect(page.get_by_role("link", name="Frozen at 2026-07-01 09:00:00 UTC")).to_be_visible()
    assert created_at(viben) == "2026-07-01T09:00:00Z"
    page.get_by_role("button", name="+ 1 day").click()
    expect(page.get_by_role("main")).to_contain_text("2026-07-02 09:00:00 UTC")
    assert created_at(viben) == "2026-07-02T09:00:00Z"
    page.get_by_role("button", name="Back to system time").click()

    expect(page.get_by_role("link", name="System time")).to_be_visible()
    assert viben.get("/__admin/clock").json()["mode"] == "system"


def test_a_clock_that_others_set_is_shown(page: Page, viben: httpx.Client) -> None:
    """Without loading the page again."""
    open_inspector(page, viben, "clock")
    viben.put("/__admin/clock", json={"mode": "frozen", "now": "2030-01-01T00:00:00Z"})

    expect(page.get_by_role("main")).to_contain_text("2030-01-01 00:00:00 UTC")
    expect(page.get_by_role("button", name="Freeze", exact=True)).to_be_disabled()


def test_the_field_follows_the_clock_until_it_is_typed_in(page: Page, viben: httpx.Client) -> None:
    """What was typed stays, whatever the clock does."""
    open_inspector(page, viben, "clock")
    moment = page.get_by_label("Date and time, in UTC")
    viben.put("/__admin/clock", json={"mode": "frozen", "now": "2030-01-01T00:00:07Z"})
    expect(moment).to_have_value("2030-01-01T00:00:07")
    moment.fill("2026-07-01T09:00:05")
    page.get_by_role("button", name="+ 1 day").click()
    expect(page.get_by_role("main")).to_contain_text("2030-01-02 00:00:07 UTC")

    expect(moment).to_have_value("2026-07-01T09:00:05")


def test_messages_are_few_and_go_with_the_view(page: Page, viben: httpx.Client) -> None:
    """Two at the most, the latest ones; another view begins without."""
    open_inspector(page, viben, "clock")
    notices = page.get_by_label("Messages").get_by_role("paragraph")
    for step in ("+ 1 day", "+ 1 hour", "+ 1 minute"):
        page.get_by_role("button", name=step).click()
    expect(notices).to_have_count(2)
    go(page, "Faults")

    expect(notices).to_have_count(0)


def test_a_fault_strikes_and_is_removed(page: Page, viben: httpx.Client) -> None:
    """Planted with the form it hits requests, counts them, and is gone when it is removed."""
    open_inspector(page, viben, "faults")
    form = page.get_by_role("region", name="Plant a fault")
    form.get_by_label("Operation").select_option("get_session")
    form.get_by_label("Answered with status").fill("503")
    form.get_by_role("button", name="Plant it").click()
    expect(page.get_by_role("row").filter(has_text="status 503")).to_contain_text("get_session")
    statuses = [viben.get(path).status_code for path in (SESSION, "/api/sessions")]
    expect(page.get_by_role("row").filter(has_text="status 503")).to_contain_text("1 of 1")
    page.get_by_role("button", name="Remove the fault status 503").click()
    expect(page.get_by_text("No faults")).to_be_visible()

    assert [*statuses, viben.get(SESSION).status_code] == [503, 200, 200]


def test_every_member_of_a_fault_reaches_the_mock(page: Page, viben: httpx.Client) -> None:
    """What the form says is what control lists."""
    open_inspector(page, viben, "faults")
    form = page.get_by_role("region", name="Plant a fault")
    form.get_by_label("API").select_option("viben")
    form.get_by_label("Wait, in seconds").fill("0.1")
    form.get_by_label("At the most, in seconds").fill("0.2")
    form.get_by_label("Break the answer").select_option("Truncated body")
    form.get_by_label("Probability, in %").fill("25")
    form.get_by_label("Only the first").fill("3")
    form.get_by_label("For so many seconds").fill("60")
    form.get_by_role("button", name="Plant it").click()
    expect(page.get_by_text("Fault added")).to_be_visible()
    [fault] = viben.get("/__admin/faults").json()["faults"]

    assert (fault["api"], fault["delay"]) == ("viben", {"low": 0.1, "high": 0.2})
    assert (fault["breakage"], fault["probability"], fault["first"]) == ("truncated_body", 0.25, 3)
    assert fault["ttl"] == 60


def test_the_focus_stays_on_a_fault_that_strikes(page: Page, viben: httpx.Client) -> None:
    """The table is drawn anew with every strike, and whoever is about to remove the fault still can."""
    viben.post("/__admin/faults", json={"status": 503})
    open_inspector(page, viben, "faults")
    remove = page.get_by_role("button", name="Remove the fault status 503")
    remove.focus()
    viben.get(SESSION)
    expect(page.get_by_role("row").filter(has_text="status 503")).to_contain_text("1 of 1")

    expect(remove).to_be_focused()


def test_a_fault_without_effect_is_refused(page: Page, viben: httpx.Client) -> None:
    """The form says what is missing, until the next try begins."""
    open_inspector(page, viben, "faults")
    page.get_by_role("button", name="Plant it").click()

    expect(page.get_by_role("alert").filter(has_text="Not planted")).to_contain_text(
        "a fault needs an effect"
    )
    page.get_by_label("Answered with status").fill("5")
    expect(page.get_by_text("Not planted")).to_have_count(0)


def test_a_quota_is_added_and_removed(page: Page, viben: httpx.Client) -> None:
    """The request that is too many is refused, and counted."""
    open_inspector(page, viben, "faults")
    form = page.get_by_role("form", name="Add a quota")
    form.get_by_label("Requests of each caller").fill("1")
    form.get_by_role("button", name="Add quota").click()
    expect(page.get_by_role("row").filter(has_text="1 in 60 s")).to_be_visible()
    statuses = [viben.get(SESSION).status_code for _ in range(2)]
    expect(page.get_by_role("row").filter(has_text="1 in 60 s")).to_contain_text(re.compile("all.*1"))
    page.get_by_role("button", name="Remove the quota of 1 in 60 s").click()
    expect(page.get_by_text("No quotas")).to_be_visible()

    assert statuses == [200, 429]


def test_answers_that_break_the_contract_are_let_through(page: Page, viben: httpx.Client) -> None:
    """The setting of the namespace follows the select."""
    open_inspector(page, viben, "faults")
    page.get_by_label("An answer that breaks its contract").select_option("warn")
    expect(page.get_by_text("Changed")).to_be_visible()

    assert viben.get("/__admin/settings").json() == {"validation": "warn"}


def test_a_namespace_is_forked_selected_and_deleted(page: Page, viben: httpx.Client) -> None:
    """It begins as the one it was forked from; address, select and calls follow."""
    viben.delete(SESSION)
    open_inspector(page, viben, "namespaces")
    page.get_by_label("Name", exact=True).fill("by-hand")
    page.get_by_label("Begins with").select_option(viben.headers["X-Mock-Namespace"])
    page.get_by_role("button", name="Create and switch").click()
    expect(page.get_by_text("Created by-hand")).to_be_visible()
    expect(page.get_by_label("Namespace", exact=True)).to_have_value("by-hand")
    expect(page).to_have_url(re.compile("/~by-hand/__admin/#/namespaces"))
    assert viben.get(SESSION, headers={"X-Mock-Namespace": "by-hand"}).status_code == 404
    page.get_by_role("button", name="Delete by-hand").click()
    confirm(page, "Delete it")

    expect(page.get_by_label("Namespace", exact=True)).to_have_value("default")
    names = [each["name"] for each in viben.get("/__admin/namespaces").json()["namespaces"]]
    assert "by-hand" not in names


def test_a_namespace_that_exists_is_begun_anew_after_a_question_only(page: Page, viben: httpx.Client) -> None:
    """Typing a name that is taken loses nothing until one agrees."""
    viben.delete(SESSION)
    open_inspector(page, viben, "namespaces")
    page.get_by_label("Name", exact=True).fill(viben.headers["X-Mock-Namespace"])
    page.get_by_role("button", name="Create and switch").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    kept = viben.get(SESSION).status_code
    page.get_by_role("button", name="Create and switch").click()
    confirm(page, "Begin it anew")
    expect(page.get_by_label("Name", exact=True)).to_have_value("")

    assert (kept, viben.get(SESSION).status_code) == (404, 200)


def test_the_chosen_namespace_is_what_is_shown(page: Page, viben: httpx.Client) -> None:
    """Records are those of the namespace in the select, and the way back leads to the one before."""
    own = viben.headers["X-Mock-Namespace"]
    viben.delete(SESSION)
    open_inspector(page, viben, "state/viben/sessions")
    expect(page.get_by_label("Collections").get_by_text("43")).to_be_hidden()
    page.get_by_label("Namespace", exact=True).select_option("default")
    page.get_by_label("Search in this collection").fill("session-abc123")
    expect(page.get_by_role("link", name="session-abc123")).to_be_visible()
    page.go_back()

    expect(page.get_by_label("Namespace", exact=True)).to_have_value(own)


def test_a_namespace_that_others_delete_is_left(page: Page, viben: httpx.Client) -> None:
    """The page says so and shows the default one, and does not bring it back to life."""
    open_inspector(page, viben, "clock")
    own = viben.headers["X-Mock-Namespace"]
    viben.delete(f"/__admin/namespaces/{own}", headers={"X-Mock-Namespace": "default"})
    expect(page.get_by_text(f"The namespace {own} was deleted")).to_be_visible()
    expect(page.get_by_label("Namespace", exact=True)).to_have_value("default")

    names = httpx.get(f"{viben.base_url}/__admin/namespaces").json()["namespaces"]
    assert own not in [each["name"] for each in names]


def test_credentials_are_copied(page: Page, context: BrowserContext, deepworkzone: httpx.Client) -> None:
    """One press of a button, and the clipboard holds the credential of that persona."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_inspector(page, deepworkzone, "apis")
    page.get_by_role("button", name="Copy the credential of owner for deepworkzone").click()
    expect(page.get_by_text("Copied the credential of owner")).to_be_visible()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"Bearer {copied}" == deepworkzone.headers["Authorization"]


def test_without_a_clipboard_the_text_is_selected(page: Page, deepworkzone: httpx.Client) -> None:
    """Browsers have none for a page on another machine over http: then Ctrl+C does it."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    open_inspector(page, deepworkzone, "apis")
    page.get_by_role("button", name="Copy the base URL of viben").click()

    expect(page.get_by_label("the base URL of viben")).to_have_value(f"{deepworkzone.base_url}/viben/api")
    expect(page.get_by_label("the base URL of viben")).to_be_focused()
    assert page.evaluate("getSelection().toString()") == f"{deepworkzone.base_url}/viben/api"


def test_documentation_and_contracts_are_linked(page: Page, deepworkzone: httpx.Client) -> None:
    """Each API has links that lead somewhere, in the namespace that is shown."""
    open_inspector(page, deepworkzone, "apis")
    links = page.get_by_role("main").get_by_role("link")
    expect(links).to_have_count(6)
    addresses = [link.evaluate("link => link.href") for link in links.all()]

    assert {httpx.get(address).status_code for address in addresses} == {200}
    expect(page.get_by_text(f"{deepworkzone.base_url}/~default/viben/api")).to_have_count(0)
    expect(page.get_by_text(f"{deepworkzone.base_url}/viben/api")).to_be_visible()
