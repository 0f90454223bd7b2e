"""What a browser asks and allows between the front end's origin and the mock's."""

from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, expect

from tests.frontend.conftest import EPOCH
from tests.frontend.worlds import Preflights, Visitor, World

# Sends a request as a page would, and tells what the page may see of the answer.
ASK = """async ([url, options]) => {
  const { status, headers } = await fetch(url, { credentials: "include", ...options });
  return { status, headers: Object.fromEntries(headers) };
}"""
SESSIONS = "/viben/api/sessions"
ONE = f"{SESSIONS}/session-abc123"
JSON = {"Content-Type": "application/json"}
BEARER = {"Authorization": "Bearer wvr_owner_ada"}


def ask(visitor: Visitor, path: str, **options: Any) -> Any:
    """Status and headers of the mock's answer, as far as the page of a front end gets them."""
    return visitor.page.evaluate(ASK, [urljoin(visitor.mock_url, path), options])


@pytest.fixture
def at_viben(visitor: Visitor) -> Visitor:
    """Somebody who looks at Viben's sessions."""
    visitor.open("viben")
    expect(visitor.names.first).to_be_visible()
    return visitor


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("PATCH", ONE, {"headers": JSON, "body": '{"status": "paused"}'}, 200),
        ("DELETE", ONE, {}, 200),
        ("POST", SESSIONS, {"headers": JSON, "body": '{"agent_id": "QUILL"}'}, 201),
        ("PUT", ONE, {"headers": JSON, "body": "{}"}, 405),
        ("GET", "/zipf/api/v1/sessions", {"headers": BEARER}, 200),
        ("GET", SESSIONS, {"headers": {"X-Mock-Namespace": "other", "Prefer": "code=400"}}, 400),
    ],
    ids=["patch", "delete", "json", "put", "token", "steering"],
)
def test_browser_asks_first(
    at_viben: Visitor, mock: Preflights, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    """Whatever is not simple comes after a preflight that the mock has answered with yes."""
    mock.seen.clear()
    answer = ask(at_viben, path, method=method, **options)
    asked = mock.seen[-1]
    named = set(asked.get("access-control-request-headers", "").split(","))

    assert answer["status"] == status
    assert (asked["path"], asked["access-control-request-method"]) == (path, method)
    assert named >= {name.lower() for name in options.get("headers", {})}


def test_simple_requests_are_sent_at_once(at_viben: Visitor, mock: Preflights) -> None:
    """A GET without headers of its own needs no permission to be sent, only to be read."""
    mock.seen.clear()

    assert ask(at_viben, SESSIONS)["status"] == 200
    assert mock.seen == []


def test_permission_is_remembered(at_viben: Visitor, mock: Preflights) -> None:
    """The browser asks once for a URL, not before every request."""
    mock.seen.clear()
    changes = {"method": "PATCH", "headers": JSON, "body": '{"status": "active"}'}
    for _ in range(3):
        ask(at_viben, ONE, **changes)

    assert len(mock.seen) == 1


@pytest.mark.parametrize(
    ("path", "options", "names"),
    [
        (SESSIONS, {}, {"x-mock-operation", "x-mock-namespace", "x-mock-request-id"}),
        (f"{SESSIONS}/none", {}, {"x-mock-explanation"}),
        (SESSIONS, {"method": "PUT"}, {"allow"}),
        (SESSIONS, {"headers": {"Prefer": "code=400"}}, {"preference-applied"}),
        ("/zipf/api/v1/sessions", {}, {"www-authenticate"}),
        (
            "/zipf/api/v1/sessions/0b8f6c1e-3b0e-4c58-9a0d-6d1f6f0b7c11/export?format=csv",
            {"headers": BEARER},
            {"content-disposition"},
        ),
    ],
    ids=["every answer", "error", "wrong method", "steered", "no credentials", "download"],
)
def test_headers_can_be_read(at_viben: Visitor, path: str, options: dict[str, Any], names: set[str]) -> None:
    """Headers that a front end acts upon, or a developer looks at, are exposed to the page."""
    assert ask(at_viben, path, **options)["headers"].keys() >= names


def test_limits_can_be_read(at_viben: Visitor, world: World) -> None:
    """A page that has asked too often learns how often it may, and when again."""
    world.call("POST", "/__admin/quotas", {"limit": 1, "seconds": 60, "api": "viben"})
    ask(at_viben, SESSIONS)
    refused = ask(at_viben, SESSIONS)

    assert refused["status"] == 429
    assert refused["headers"]["retry-after"] == "60"
    assert refused["headers"]["x-ratelimit-limit"] == "1"
    assert refused["headers"]["x-ratelimit-remaining"] == "0"
    assert int(refused["headers"]["x-ratelimit-reset"]) == EPOCH.timestamp() + 60


def test_cookie_chooses_the_world(at_viben: Visitor, world: World) -> None:
    """Credentials go along, and with them the cookie that names the namespace."""
    assert ask(at_viben, SESSIONS)["headers"]["x-mock-namespace"] == world.name


def test_cookie_stays_at_home_without_credentials(at_viben: Visitor) -> None:
    """A page that does not ask for credentials is in the default world."""
    answer = ask(at_viben, SESSIONS, credentials="omit")

    assert answer["headers"]["x-mock-namespace"] == "default"


@pytest.mark.parametrize("host", ["localhost", "viben.localhost"])
def test_path_chooses_the_world_across_sites(
    at_viben: Visitor, world: World, mock_url: str, host: str
) -> None:
    """To another host name the browser takes no cookie along; a namespace in the base URL still works."""
    base = mock_url.replace("127.0.0.1", host)
    path = "/api/sessions" if host == "viben.localhost" else SESSIONS

    assert ask(at_viben, base + path)["headers"]["x-mock-namespace"] == "default"
    assert ask(at_viben, f"{base}/~{world.name}{path}")["headers"]["x-mock-namespace"] == world.name


def test_two_pages_in_two_worlds(at_viben: Visitor, browser: Browser, origin: str, mock_url: str) -> None:
    """What one tester creates the other does not see."""
    at_viben.create(Agent="MINE-ALONE")
    expect(at_viben.names.first).to_have_text("MINE-ALONE")
    with browser.new_context() as context:
        context.add_cookies([{"name": "mock_namespace", "value": "somebody-else", "url": mock_url}])
        other = Visitor(context.new_page(), origin, mock_url)
        other.open("viben")

        expect(other.names.first).to_be_visible()
        expect(other.names.filter(has_text="MINE-ALONE")).to_have_count(0)


def test_control_is_closed_to_pages(at_viben: Visitor, world: World, mock_url: str) -> None:
    """A page can neither read control nor change anything through it, with or without a preflight."""
    at_viben.create(Agent="STILL-HERE")
    expect(at_viben.names.first).to_have_text("STILL-HERE")
    for options in ({"method": "POST"}, {"method": "POST", "headers": JSON, "body": "{}"}):
        refused = at_viben.page.evaluate(
            "([url, options]) => fetch(url, options).then(() => 'read', () => 'blocked')",
            [f"{mock_url}/~{world.name}/__admin/reset", options],
        )
        assert refused == "blocked"

    assert world.call("GET", SESSIONS)["sessions"][0]["agent_id"] == "STILL-HERE"
    assert all("CORS" in complaint for complaint in at_viben.complaints)
    at_viben.complaints.clear()
