"""Who may control the mock."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from mock_server import apis
from mock_server.app import create_app
from mock_server.contract import MockApi
from mock_server.control.guard import hostname, is_loopback
from mock_server.settings import Settings
from tests import servers

HEALTH, RESET = "/__admin/health", "/__admin/reset"


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:8000", "127.8.9.1", "[::1]:8000", "viben.localhost", "LOCALHOST"]
)
def test_loopback_names_are_let_through(server: str, host: str) -> None:
    """Whatever names this machine to itself."""
    assert httpx.get(server + HEALTH, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.1", "::1]", ""]
)
def test_other_names_are_refused(server: str, host: str) -> None:
    """A page that rebinds its own name to loopback (DNS rebinding) still sends that name."""
    answer = httpx.get(server + HEALTH, headers={"Host": host})

    assert (answer.status_code, answer.json()["title"]) == (403, "Control refused")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://localhost:{port}", ""]
)
def test_pages_of_other_origins_are_refused(server: str, origin: str) -> None:
    """Only the mock's own pages send its origin."""
    sent = origin.format(port=httpx.URL(server).port)

    assert httpx.get(server + HEALTH, headers={"Origin": sent}).status_code == 403


def test_the_mocks_own_pages_are_let_through(server: str) -> None:
    """The documentation page of control can try its operations."""
    assert (
        httpx.post(server + RESET, headers={"Origin": server, "X-Mock-Namespace": "own"}).status_code == 200
    )


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_a_form_can_send_is_refused(server: str, media_type: str) -> None:
    """A page may send these anywhere without asking first."""
    answer = httpx.post(server + RESET, content=b"{}", headers={"Content-Type": media_type})

    assert (answer.status_code, media_type.partition(";")[0] in answer.json()["detail"]) == (403, True)


def test_calls_from_other_machines_are_refused(viben_api: MockApi) -> None:
    """However they name the mock."""
    assert asyncio.run(_status_for(viben_api, "192.0.2.7", "127.0.0.1", ())) == 403
    assert asyncio.run(_status_for(viben_api, "127.0.0.1", "127.0.0.1", ())) == 200


async def _status_for(api: MockApi, client: str, host: str, hosts: tuple[str, ...]) -> int:
    app = create_app([api], Settings(control_hosts=hosts))
    transport = httpx.ASGITransport(app, client=(client, 1234))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as caller:
        return (await caller.get(HEALTH)).status_code


def test_names_are_taken_out_of_host_headers() -> None:
    """Ports and brackets are no part of a name."""
    assert [hostname(host) for host in ("A.b:1", "[::1]:1", "[::1]", "")] == ["a.b", "::1", "::1", ""]
    assert [is_loopback(name) for name in ("127.0.0.1", "::1", "10.0.0.1", "localhost", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_host_can_be_allowed(viben_api: MockApi) -> None:
    """`--control-host` names hosts besides loopback, for a mock in a container for example."""
    assert asyncio.run(_status_for(viben_api, "127.0.0.1", "mock.internal", ())) == 403
    assert asyncio.run(_status_for(viben_api, "127.0.0.1", "MOCK.internal", ("Mock.Internal",))) == 200


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """The URL of a server whose control wants a token."""
    with servers.mock(apis.load("viben"), control_token="t0ken") as url:
        yield url


@pytest.mark.parametrize(
    ("authorization", "status"),
    [("Bearer t0ken", 200), ("bearer t0ken", 200), ("Bearer wrong", 401), ("t0ken", 401), ("", 401)],
)
def test_control_with_a_token_answers_to_its_bearer_only(
    guarded: str, authorization: str, status: int
) -> None:
    """With a token, the token counts and nothing else does, on loopback too."""
    answer = httpx.get(f"{guarded}/__admin/health", headers={"Authorization": authorization})

    assert answer.status_code == status
    assert ("WWW-Authenticate" in answer.headers) is (status == 401)


def test_the_token_counts_for_any_host(guarded: str) -> None:
    """With the token, the name that the server is called by does not matter."""
    headers = {"Authorization": "Bearer t0ken", "Host": "mock.internal:8000"}

    assert httpx.get(f"{guarded}/__admin/health", headers=headers).status_code == 200


def test_the_token_does_not_help_a_foreign_page(guarded: str) -> None:
    """A page from another origin is refused whatever it sends."""
    headers = {"Authorization": "Bearer t0ken", "Origin": "https://example.com"}

    assert httpx.get(f"{guarded}/__admin/health", headers=headers).status_code == 403


def test_the_documentation_needs_no_token(guarded: str) -> None:
    """A browser can open the page; what it tries out there needs the token."""
    assert httpx.get(f"{guarded}/__admin/docs").status_code == 200
    assert httpx.get(f"{guarded}/__admin/openapi.json").status_code == 200
