"""The list of requests: live, filtered, and explained."""

import re

import httpx
from playwright.sync_api import Page, expect

from tests.mock_server.inspector.opening import confirm, pane, request, requests

SESSION = "/api/sessions/session-abc123"


def test_a_request_appears_as_it_comes(inspector: Page, viben: httpx.Client) -> None:
    """Method, path, status and operation stand in the first row, without loading anything again."""
    viben.get(SESSION)
    row = requests(inspector).first

    expect(row).to_contain_text(f"GET {SESSION}")
    expect(row.get_by_role("cell", name="200", exact=True)).to_be_visible()
    expect(row).to_contain_text("get_session")


def test_requests_of_before_are_there(page: Page, viben: httpx.Client, inspector: Page) -> None:
    """Who opens the page late sees what came until then."""
    viben.get(SESSION, params={"late": "yes"})
    expect(request(inspector, "late=yes")).to_be_visible()
    page.reload()

    expect(request(page, "late=yes")).to_be_visible()


def test_outcomes_are_told_apart(inspector: Page, viben: httpx.Client) -> None:
    """A rule, a breach of the contract, and a path that does not exist have words of their own."""
    viben.get("/api/sessions/nobody")
    viben.post("/api/sessions", json={"agent": "x"})
    viben.get("/api/session")

    expect(requests(inspector).nth(0)).to_contain_text("No operation")
    expect(requests(inspector).nth(1)).to_contain_text("Invalid request")
    expect(requests(inspector).nth(2)).to_contain_text("Refused: SessionNotFound")


def test_the_filter_narrows_the_list(inspector: Page, viben: httpx.Client) -> None:
    """Text, status, outcome, operation and namespace together; the number found is told."""
    inspector.get_by_label("Namespaces").select_option("The one chosen above")
    for path in ("/api/sessions?one=1", "/api/sessions/nobody", SESSION):
        viben.get(path)
    expect(requests(inspector)).to_have_count(3)

    inspector.get_by_label("Status", exact=True).select_option("4xx")
    expect(requests(inspector)).to_have_count(1)
    inspector.get_by_label("Status", exact=True).select_option("Any")
    inspector.get_by_label("Operation").select_option("list_sessions")
    expect(requests(inspector)).to_have_count(1)
    inspector.get_by_label("Operation").select_option("Any")
    inspector.get_by_label("Outcome").select_option("Refused by a rule")
    expect(requests(inspector)).to_have_count(1)
    inspector.get_by_label("Outcome").select_option("Any")
    inspector.get_by_label("Text").fill("ONE=1")
    expect(requests(inspector)).to_have_count(1)
    expect(inspector.get_by_role("status").filter(has_text="1 request found")).to_be_attached()


def test_the_keyboard_alone_opens_and_closes_an_explanation(inspector: Page, viben: httpx.Client) -> None:
    """Enter on a request moves the focus to why it got its answer, Escape moves it back."""
    viben.get("/api/sessions/by-keyboard")
    link = request(inspector, "by-keyboard")
    expect(link).to_be_visible()
    inspector.get_by_label("Namespaces").focus()
    while not link.evaluate("link => link === document.activeElement"):
        inspector.keyboard.press("Tab")
    inspector.keyboard.press("Enter")

    expect(pane(inspector)).to_contain_text("A rule of the API refused it: SessionNotFound.")
    expect(pane(inspector).get_by_role("heading", level=2).first).to_be_focused()
    inspector.keyboard.press("Escape")
    expect(pane(inspector)).to_be_hidden()
    expect(link).to_be_focused()


def test_a_whole_row_can_be_pressed(inspector: Page, viben: httpx.Client) -> None:
    """Not its link alone: whatever stands in the row leads to its own explanation."""
    for name in ("first", "second"):
        viben.get("/api/sessions", params={"row": name})
    expect(request(inspector, "row=second")).to_be_visible()
    box = requests(inspector).filter(has_text="row=first").first.bounding_box()
    assert box is not None
    inspector.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)

    expect(pane(inspector).get_by_role("heading", level=2).first).to_contain_text("row=first")


def test_an_explanation_holds_what_was_sent_and_changed(inspector: Page, viben: httpx.Client) -> None:
    """Bodies, the records written, and a curl line are there."""
    viben.post("/api/sessions?explained", json={"agent_id": "AMP"})
    request(inspector, "?explained").click()

    expect(pane(inspector)).to_contain_text("The operation create_session was performed.")
    expect(pane(inspector).get_by_label("Body of the request")).to_contain_text('"agent_id": "AMP"')
    expect(pane(inspector).get_by_label("Body of the answer")).to_contain_text('"status": "created"')
    expect(pane(inspector)).to_contain_text("viben.sessions session-")
    expect(pane(inspector).get_by_label("curl command", exact=True)).to_contain_text("curl -sS -i -X POST")


def test_what_nothing_answers_is_like_something(inspector: Page, viben: httpx.Client) -> None:
    """For a path that does not exist the page names what was probably meant."""
    viben.get("/api/session/unmatched")
    request(inspector, "unmatched").click()

    expect(pane(inspector).get_by_role("table", name="Operations that it is like")).to_contain_text(
        "get_session"
    )


def test_a_breach_of_the_contract_is_pointed_at(inspector: Page, viben: httpx.Client) -> None:
    """The explanation says where in the message and where in the contract."""
    viben.post("/api/sessions?broken", json={"agent": "x"})
    request(inspector, "?broken").click()

    expect(pane(inspector).get_by_role("table", name="Breaches")).to_contain_text("agent_id")
    expect(pane(inspector).get_by_role("table", name="Breaches")).to_contain_text("/paths/~1sessions/post")


def test_an_answer_that_was_asked_for_says_so_once(inspector: Page, viben: httpx.Client) -> None:
    """In the list it is told what kind of wish it was, in the explanation which one."""
    viben.get(SESSION, params={"asked": "once"}, headers={"Prefer": "code=404"})
    expect(requests(inspector).first).to_contain_text("Fault, quota or Prefer")
    request(inspector, "asked=once").click()

    expect(pane(inspector).get_by_text("Prefer: code=404", exact=True)).to_have_count(1)


def test_a_paused_list_stands_still(inspector: Page, viben: httpx.Client) -> None:
    """What came meanwhile is counted, and shown when the list goes on."""
    pause = inspector.get_by_role("button", name="Pause")
    pause.click()
    expect(pause).to_have_attribute("aria-pressed", "true")
    viben.get(SESSION, params={"paused": "yes"})

    expect(inspector.get_by_text("1 more since you paused")).to_be_visible()
    expect(request(inspector, "paused=yes")).to_be_hidden()
    pause.click()
    expect(request(inspector, "paused=yes")).to_be_visible()


def test_the_focus_stays_while_requests_come(inspector: Page, viben: httpx.Client) -> None:
    """A row that somebody is at stays the same element."""
    viben.get(SESSION, params={"at": "this"})
    link = request(inspector, "at=this")
    link.focus()
    viben.get(SESSION, params={"at": "next"})
    expect(request(inspector, "at=next")).to_be_visible()

    expect(link).to_be_focused()


def test_an_empty_list_says_how_to_fill_it(page: Page, deepworkzone: httpx.Client) -> None:
    """The line that it offers is for the namespace that is shown, and what it sends appears."""
    page.route("**/events?*", lambda route: route.abort())
    page.goto(f"{deepworkzone.base_url}/~empty/__admin/")
    line = page.get_by_role("main").locator("code")
    expect(line).to_have_text(re.compile(r"curl -i http://127\.0\.0\.1:\d+/~empty/viben/api/sessions"))
    page.unroute("**/events?*")
    httpx.get(line.inner_text().removeprefix("curl -i "))

    expect(request(page, "/~empty/viben/api/sessions")).to_be_visible()


def test_the_journal_is_cleared(inspector: Page, viben: httpx.Client) -> None:
    """After a question, the requests of the namespace are forgotten, in the list and in the mock."""
    viben.get(SESSION)
    inspector.get_by_label("Namespaces").select_option("The one chosen above")
    expect(requests(inspector)).to_have_count(1)
    inspector.get_by_role("button", name="Clear").click()
    confirm(inspector, "Forget them")

    expect(requests(inspector)).to_have_count(0)
    assert viben.get("/__admin/requests").json()["total"] == 0


def test_a_request_that_is_forgotten_says_so(inspector: Page, viben: httpx.Client) -> None:
    """An address of an old explanation leads to a sentence and not to nothing."""
    inspector.goto(f"{viben.base_url}/__admin/#/requests/nowhere-1")

    expect(pane(inspector)).to_contain_text("it is too old, or its namespace is gone")
