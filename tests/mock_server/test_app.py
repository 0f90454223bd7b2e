"""A whole server: where requests go, and in which world."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from mock_server.contract import MockApi, no_records
from tests import servers
from tests.raw_http import send

SESSION = "/api/sessions/session-abc123"


@pytest.fixture(scope="module")
def crowded(viben_api: MockApi) -> Iterator[str]:
    """A server on which two namespaces may exist beside the default one."""
    with servers.mock(viben_api, namespaces=3) as url:
        yield url


def note(client: httpx.Client, path: str = SESSION, headers: dict[str, str] | None = None) -> object:
    """The note that a world keeps with a session, None where nobody left one."""
    return client.get(path, headers=headers).json()["data"].get("note")


def namespace(answer: httpx.Response) -> str:
    """The namespace that answered."""
    return answer.headers["X-Mock-Namespace"]


def leave_note(client: httpx.Client, path: str = SESSION) -> None:
    """Keeps a note with a session."""
    assert client.patch(path, json={"data": {"note": "mine"}}).status_code == 200


def test_the_same_api_is_under_every_address(viben: httpx.Client) -> None:
    """The vendor's path, the prefix and the host label lead to the same session."""
    leave_note(viben)

    assert note(viben, "/viben" + SESSION) == "mine"
    assert note(viben, headers={"Host": "viben.localhost:8000"}) == "mine"


def test_what_one_namespace_does_no_other_sees(viben: httpx.Client) -> None:
    """Namespaces share nothing but the seed."""
    leave_note(viben)

    assert note(viben) == "mine"
    assert note(viben, headers={"X-Mock-Namespace": "another"}) is None


def test_header_cookie_and_path_name_the_same_namespace(viben: httpx.Client) -> None:
    """Whichever way a client can name its namespace, it gets the same world."""
    name = viben.headers.pop("X-Mock-Namespace")
    leave_note(viben, f"/~{name}{SESSION}")

    assert note(viben, headers={"X-Mock-Namespace": name}) == "mine"
    assert note(viben, headers={"Cookie": f"a=b; mock_namespace={name}"}) == "mine"
    assert note(viben) is None


def test_path_goes_before_header_and_header_before_cookie(viben: httpx.Client) -> None:
    """Where a request names several namespaces, the nearest to the URL counts."""
    named = {"X-Mock-Namespace": "by-header", "Cookie": "mock_namespace=by-cookie"}

    assert viben.get(f"/~by-path{SESSION}", headers=named).headers["X-Mock-Namespace"] == "by-path"
    assert viben.get(SESSION, headers=named).headers["X-Mock-Namespace"] == "by-header"
    assert (
        viben.get(SESSION, headers={**named, "X-Mock-Namespace": ""}).headers["X-Mock-Namespace"] == "default"
    )


@pytest.mark.parametrize("name", [".", "..", "a b", "a/b", "é", "a" * 65, "a\tb", '"', "a%"])
def test_what_cannot_name_a_namespace_is_refused(server: str, name: str) -> None:
    """A bad name is a problem of the mock, not a new world, however it is sent."""
    encoded = name.replace("%", "%25").replace("/", "%2F").replace(" ", "%20").replace("\t", "%09")
    answers = [send(server, SESSION, f"X-Mock-Namespace: {name}")]
    answers += [send(server, f"/~{encoded.replace('é', '%C3%A9')}{SESSION}")]

    assert [(answer.status, answer.json()["title"]) for answer in answers] == [(400, "Invalid namespace")] * 2


def test_an_empty_name_in_the_path_is_refused(server: str) -> None:
    """`/~/` names a namespace badly; it does not mean the default one."""
    assert send(server, f"/~/viben{SESSION}").status == 400


def test_at_the_cap_a_new_name_is_refused_until_one_is_free(crowded: str) -> None:
    """429 tells how to free a place; the namespaces that exist go on."""
    statuses = [
        httpx.get(f"{crowded}/~{name}{SESSION}").status_code for name in ("one", "two", "three", "one")
    ]
    refused = httpx.get(f"{crowded}/~three{SESSION}").json()
    httpx.delete(f"{crowded}/__admin/namespaces/one")

    assert statuses == [200, 200, 429, 200]
    assert "DELETE /__admin/namespaces/" in refused["detail"]
    assert httpx.get(f"{crowded}/~three{SESSION}").status_code == 200


def test_an_unknown_api_is_told_to_pages_too(viben_api: MockApi) -> None:
    """A mistyped prefix shows as what it is, not as a CORS error; the message lists what there is."""
    with servers.mock(viben_api, nothing_of(viben_api)) as url:
        answer = httpx.get(f"{url}/vibes/api", headers={"Origin": "http://localhost:3000"})

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
    assert "/viben, /nothing" in answer.json()["detail"]


def test_the_root_lists_what_is_served(viben_api: MockApi) -> None:
    """A server of several APIs says at `/` where each of them is."""
    with servers.mock(viben_api, nothing_of(viben_api)) as url:
        index = httpx.get(url).json()
        pages = [httpx.get(url + each["docs"]).status_code for each in index["apis"]]

    assert [each["base_url"] for each in index["apis"]] == ["/viben/api", "/nothing/api"]
    assert pages == [200, 200]


def nothing_of(api: MockApi) -> MockApi:
    """The API under another name and without records."""
    return replace(api, name="nothing", collections=(), generate=no_records)
