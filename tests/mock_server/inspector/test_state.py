"""The state of a namespace: records to look through and to change, snapshots, and the file."""

import json
import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.mock_server.inspector.opening import confirm, go, open_inspector, pane

SESSION = "/api/sessions/session-abc123"
RECORD = "state/viben/sessions/session-abc123"


def edit(page: Page, **members: object) -> None:
    """Changes members of the record that is open, and saves it."""
    editor = page.get_by_label("Record as JSON")
    editor.fill(json.dumps({**json.loads(editor.input_value()), **members}))
    page.get_by_role("button", name="Save").click()


def test_a_change_is_what_the_api_answers_next(page: Page, viben: httpx.Client) -> None:
    """A record is found, opened, edited and saved; the API shows it, and so does the list."""
    open_inspector(page, viben, "state")
    page.get_by_label("Search in this collection").fill("session-abc123")
    page.get_by_role("link", name="session-abc123").click()
    expect(pane(page).get_by_role("heading", name="session-abc123")).to_be_focused()
    edit(page, status="paused")

    expect(page.get_by_text("Saved session-abc123")).to_be_visible()
    assert viben.get(SESSION).json()["status"] == "paused"
    expect(page.get_by_role("row").filter(has_text="session-abc123")).to_contain_text("paused")


@pytest.mark.parametrize(
    ("text", "told"),
    [('{"status": "dancing"}', "/status"), ("{", "JSON"), ("[]", "object")],
    ids=["enum", "torn", "list"],
)
def test_what_breaks_the_contract_is_not_saved(page: Page, viben: httpx.Client, text: str, told: str) -> None:
    """The form says what is wrong, keeps what was typed, and nothing changes."""
    before = viben.get(SESSION).json()
    open_inspector(page, viben, RECORD)
    editor = page.get_by_label("Record as JSON")
    editor.fill(text)
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("alert").filter(has_text="Not saved")).to_contain_text(told)
    expect(editor).to_be_focused()
    expect(editor).to_have_value(text)
    assert viben.get(SESSION).json() == before


def test_a_record_is_made(page: Page, viben: httpx.Client) -> None:
    """A new record is there at once, and open under its id."""
    record = {**viben.get(SESSION).json(), "id": "session-abcdef"}
    open_inspector(page, viben, "state/viben/sessions")
    page.get_by_role("button", name="New record").click()
    page.get_by_label("Record as JSON").fill(json.dumps(record))
    page.get_by_role("button", name="Create").click()

    expect(pane(page).get_by_role("heading", name="session-abcdef")).to_be_visible()
    assert viben.get("/api/sessions/session-abcdef").json() == record


def test_a_new_record_begins_as_a_copy(page: Page, viben: httpx.Client) -> None:
    """Of the latest one without its id; with an id of its own it is accepted as it is."""
    open_inspector(page, viben, "state/viben/sessions")
    page.get_by_role("button", name="New record").click()
    editor = page.get_by_label("Record as JSON")
    expect(editor).to_have_accessible_description(re.compile("Give it an id that no other record has"))
    copied = json.loads(editor.input_value())
    editor.fill(json.dumps({**copied, "id": "session-abcdef"}))
    page.get_by_role("button", name="Create").click()

    expect(page.get_by_text("Created session-abcdef")).to_be_visible()
    assert {**copied, "id": "session-abcdef"} == viben.get("/api/sessions/session-abcdef").json()


def test_a_record_is_deleted(page: Page, viben: httpx.Client) -> None:
    """After a question it is gone."""
    open_inspector(page, viben, RECORD)
    page.get_by_role("button", name="Delete").click()
    confirm(page, "Delete it")

    expect(pane(page)).to_be_hidden()
    assert viben.get(SESSION).status_code == 404


def test_a_whole_row_opens_its_record(page: Page, viben: httpx.Client) -> None:
    """In its middle, too, where no link is written."""
    open_inspector(page, viben, "state/viben/sessions")
    page.get_by_role("row").filter(has_text="session-abc123").click()

    expect(pane(page).get_by_role("heading", name="session-abc123")).to_be_visible()


def test_edits_are_not_lost_unasked(page: Page, viben: httpx.Client) -> None:
    """Closing a record that was edited asks first; Escape leaves it open."""
    open_inspector(page, viben, RECORD)
    editor = page.get_by_label("Record as JSON")
    editor.fill("{}")
    editor.press("Escape")
    pane(page).get_by_role("button", name="Close").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()

    expect(editor).to_have_value("{}")


def test_a_draft_is_not_lost_with_the_view(page: Page, viben: httpx.Client) -> None:
    """Another view and another namespace ask first; who stays finds all as it was, who agrees goes on."""
    open_inspector(page, viben, RECORD)
    editor, namespace = page.get_by_label("Record as JSON"), page.get_by_label("Namespace", exact=True)
    expect(editor).to_have_value(re.compile("agent_id"))
    expect(namespace).to_have_value(viben.headers["X-Mock-Namespace"])
    editor.fill("{}")
    page.get_by_role("link", name="Clock", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    namespace.select_option("default")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page).to_have_url(re.compile(RECORD))
    expect(namespace).to_have_value(viben.headers["X-Mock-Namespace"])
    expect(editor).to_have_value("{}")
    page.get_by_role("link", name="Clock", exact=True).click()
    confirm(page, "Discard them")

    expect(page.get_by_role("heading", name="Clock", level=1)).to_be_visible()


def test_what_requests_write_is_shown(page: Page, viben: httpx.Client) -> None:
    """The list and the numbers follow what clients do."""
    open_inspector(page, viben, "state/viben/sessions")
    made = viben.post("/api/sessions", json={"agent_id": "AMP"}).json()["id"]

    expect(page.get_by_role("link", name=made)).to_be_visible()


def test_a_collection_without_a_schema_can_be_looked_at(page: Page, viben: httpx.Client) -> None:
    """Its records are shown as text, and nothing offers to change them."""
    viben.post(f"{SESSION}/message", json={"content": "hello there"})
    open_inspector(page, viben, "state/viben/messages")
    page.get_by_role("rowheader").get_by_role("link").first.click()

    expect(pane(page)).to_contain_text("hello there")
    expect(page.get_by_role("button", name="Save")).to_have_count(0)


def test_large_collections_have_pages(page: Page, viben: httpx.Client) -> None:
    """Fifty records at a time, older ones behind them."""
    for _ in range(20):
        viben.post("/api/sessions", json={"agent_id": "AMP"})
    open_inspector(page, viben, "state/viben/sessions")
    expect(page.get_by_text("1 to 50 of")).to_be_visible()
    page.get_by_role("button", name="Older").click()

    expect(page.get_by_role("link", name="session-abc123")).to_be_visible()


def test_a_world_goes_back_to_its_seed(page: Page, viben: httpx.Client) -> None:
    """After a question the namespace is as it was at the start."""
    viben.delete(SESSION)
    open_inspector(page, viben, "snapshots")
    page.get_by_role("button", name="Reset to the seed").click()
    confirm(page, "Reset it")
    expect(page.get_by_text("Reset test-")).to_be_visible()

    assert viben.get(SESSION).status_code == 200


def test_a_snapshot_is_taken_restored_and_deleted(page: Page, viben: httpx.Client) -> None:
    """Under the name that was typed, as often as one likes."""
    open_inspector(page, viben, "snapshots")
    page.get_by_role("textbox", name="Name").fill("by-hand")
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_role("row").filter(has_text="by-hand")).to_be_visible()
    viben.delete(SESSION)
    page.get_by_role("button", name="Restore by-hand").click()
    confirm(page, "Restore")
    expect(page.get_by_text("Restored by-hand")).to_be_visible()
    assert viben.get(SESSION).status_code == 200
    page.get_by_role("button", name="Delete by-hand").click()
    confirm(page, "Delete it")

    expect(page.get_by_role("row").filter(has_text="by-hand")).to_have_count(0)


def test_a_state_goes_out_and_in_as_a_file(page: Page, viben: httpx.Client, tmp_path: Path) -> None:
    """What was downloaded brings the records back."""
    open_inspector(page, viben, "snapshots")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the state").click()
    download.value.save_as(tmp_path / "state.json")
    viben.delete(SESSION)
    page.get_by_label("State from a file").set_input_files(tmp_path / "state.json")
    page.get_by_role("button", name="Load it").click()
    confirm(page, "Replace it")
    expect(page.get_by_text("Loaded")).to_be_visible()

    assert viben.get(SESSION).status_code == 200


def test_the_views_are_reached_by_their_links(inspector: Page) -> None:
    """Each has its heading, which gets the focus, and the address follows."""
    for view in ("State", "Snapshots", "Clock", "Faults", "Namespaces", "APIs and credentials", "Requests"):
        go(inspector, view)

        expect(inspector.get_by_role("heading", level=1)).to_be_focused()
        expect(inspector).to_have_title(f"{view} - Inspector")
