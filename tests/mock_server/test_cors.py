"""Calls from pages of other origins."""

import httpx
import pytest

from mock_server.app import EXPOSED

SESSION = "/api/sessions/session-abc123"
ORIGIN = {"Origin": "http://localhost:3000"}


def test_a_preflight_is_answered_before_there_is_a_namespace(viben: httpx.Client) -> None:
    """A preflight carries neither cookie nor namespace and makes no world."""
    asked = {
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "content-type, x-a",
    }
    answer = viben.options(f"/~never-made{SESSION}", headers={**ORIGIN, **asked})
    names = [each["name"] for each in viben.get("/__admin/namespaces").json()["namespaces"]]

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert answer.headers["Access-Control-Allow-Headers"] == "content-type, x-a"
    assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]
    assert "never-made" not in names


def test_a_page_from_the_internet_may_ask_for_loopback(viben: httpx.Client) -> None:
    """Browsers that guard private networks say so in the preflight, and go on when that is granted."""
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Private-Network": "true"}
    answer = viben.options(SESSION, headers={**ORIGIN, **asked})
    others = viben.options(SESSION, headers={**ORIGIN, "Access-Control-Request-Method": "GET"})

    assert answer.headers["Access-Control-Allow-Private-Network"] == "true"
    assert "Access-Control-Allow-Private-Network" not in others.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", SESSION, 200),
        ("GET", "/api/sessions/none", 404),
        ("GET", "/nothing", 404),
        ("PUT", SESSION, 405),
        ("POST", "/api/sessions", 400),
        ("GET", f"/~a%20b{SESSION}", 400),
        ("GET", "/viben/openapi.json", 200),
    ],
)
def test_pages_of_any_origin_may_read_answers_and_errors(
    viben: httpx.Client, method: str, path: str, status: int
) -> None:
    """The origin is reflected, and the headers that clients need are exposed."""
    answer = viben.request(method, path, headers=ORIGIN)

    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]
    assert answer.headers["Access-Control-Expose-Headers"].split(", ") == EXPOSED
    assert "Origin" in answer.headers["Vary"]


def test_a_page_without_an_origin_of_its_own_may_call_too(viben: httpx.Client) -> None:
    """A file opened in the browser sends `Origin: null`."""
    assert viben.get(SESSION, headers={"Origin": "null"}).headers["Access-Control-Allow-Origin"] == "null"


def test_without_an_origin_there_is_no_permission(viben: httpx.Client) -> None:
    """Programs get no CORS headers, and caches learn that pages do."""
    answer = viben.get(SESSION)

    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_control_gives_no_page_permission(viben: httpx.Client, method: str) -> None:
    """Control never answers to pages of other origins, preflights included."""
    asked = {"Access-Control-Request-Method": "POST"}
    answer = viben.request(method, "/__admin/reset", headers={**ORIGIN, **asked})

    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers
