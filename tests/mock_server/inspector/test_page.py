"""The page and its files over HTTP: what they are made of, and who gets them."""

import re

import httpx
import pytest

from mock_server import apis
from mock_server.inspector import ASSETS
from tests import servers

FILES = sorted(path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*") if path.is_file())


@pytest.mark.parametrize("prefix", ["", "/~mine", "/~%6Dine"])
def test_the_page_is_at_the_root_of_control(server: str, prefix: str) -> None:
    """Under every address of control, and without the slash there is a redirect that keeps it."""
    redirect = httpx.get(f"{server}{prefix}/__admin")
    page = httpx.get(f"{server}{prefix}/__admin/")

    assert (redirect.status_code, redirect.headers["Location"]) == (
        307,
        f"{prefix.replace('%6D', 'm')}/__admin/",
    )
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_the_host_name_of_an_api_leads_to_the_page(server: str) -> None:
    """Under `<api>.localhost` the other APIs have no address, so the page is elsewhere."""
    port = httpx.URL(server).port
    redirect = httpx.get(f"{server}/~mine/__admin/", headers={"Host": f"viben.localhost:{port}"})

    assert redirect.status_code == 307
    assert redirect.headers["Location"] == f"http://localhost:{port}/~mine/__admin/"


@pytest.mark.parametrize("file", FILES)
def test_every_file_is_served_and_protected(server: str, file: str) -> None:
    """Scripts and styles come from the server itself only, and nothing is guessed of their type."""
    answer = httpx.get(f"{server}/~mine/__admin/inspector/{file}")

    assert answer.status_code == 200
    assert answer.content == (ASSETS / file).read_bytes()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_page_loads_nothing_from_elsewhere(server: str) -> None:
    """Every address in it is relative, and leads to a file."""
    page = httpx.get(f"{server}/__admin/").text
    linked = re.findall(r'(?:src|href)="([^"#]+)"', page)

    assert len(linked) >= 7
    assert {httpx.get(f"{server}/__admin/{link}").status_code for link in linked} == {200}
    assert "//" not in page


@pytest.mark.parametrize("file", [name for name in FILES if name.endswith((".js", ".css", ".html"))])
def test_no_file_writes_markup(file: str) -> None:
    """Nothing that a client sent can be read as markup: what could do that is not used at all."""
    text = (ASSETS / file).read_text(encoding="utf-8")
    found = re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(| style=|<script>|https?://(?!www\.w3\.org/)",
        text,
    )

    assert not found


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "inspector/nothing.js", 404),
        ("GET", "inspector/..%2f__init__.py", 404),
        ("POST", "", 405),
        ("DELETE", "inspector/main.js", 405),
    ],
)
def test_what_there_is_not_is_a_problem(server: str, method: str, path: str, status: int) -> None:
    """Errors are those of control (RFC 9457)."""
    answer = httpx.request(method, f"{server}/__admin/{path}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}], ids=str)
def test_the_page_is_guarded(server: str, headers: dict[str, str]) -> None:
    """Under a foreign name or for a foreign page there is no inspector."""
    assert httpx.get(f"{server}/__admin/", headers=headers).status_code == 403


def test_the_page_needs_no_token_and_everything_it_asks_does() -> None:
    """A browser cannot send a token with an address; the page asks for it."""
    with servers.mock(apis.load("viben"), control_token="t0ken") as url:
        statuses = [
            httpx.get(f"{url}/__admin{path}").status_code
            for path in ("/", "/inspector/main.js", "/health", "/requests", "/inspectors")
        ]

    assert statuses == [200, 200, 401, 401, 401]
