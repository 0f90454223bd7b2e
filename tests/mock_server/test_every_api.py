"""What holds for each API, whatever is sent: answers in its own envelope, and never an error of the mock."""

import json
import re
from collections.abc import Iterator

import httpx
import pytest

from mock_server import apis
from mock_server.contract import MockApi
from mock_server.reply import PROBLEM
from tests import servers
from tests.fifth import mock_server as fifth
from tests.mock_server.worlds import EPOCH
from tests.raw_http import Answer, send

SEGMENTS = ("1", "none", "%00", "%FF", "%2F", "..", "{}", "-1", "9" * 400, "x" * 5000, "%F0%9F%98%80")
QUERIES = ("", "limit=-1", "limit=" + "9" * 40, "%00=%00", "q=%FF")
BODIES = (
    b"",
    b"null",
    b"[]",
    b"{}",
    b"{",
    b'"\\ud800"',
    b'{"id": "\\u0000"}',
    b"[1e400]",
    b"[" * 5000,
    b"\xff",
)
JSON = "Content-Type: application/json"
VALUES: tuple[object, ...] = (
    None, True, -1, 2**70, 1.5, "", "x" * 5000, "\u0001", [], [None], {}, {"a": {}}, "2026-13-01T00:00:00Z",
)  # fmt: skip
METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module", params=[*apis.NAMES, fifth.NAME])
def api(request: pytest.FixtureRequest) -> MockApi:
    """Each API."""
    return fifth.api() if request.param == fifth.NAME else apis.load(request.param)


@pytest.fixture(scope="module")
def url(api: MockApi) -> Iterator[str]:
    """A server of that API."""
    with servers.mock(api, epoch=EPOCH) as address:
        yield address


def operations(api: MockApi) -> list[tuple[str, str]]:
    """Method and path template of each operation."""
    paths = api.specification["paths"]
    return [(method, api.base_path + path) for path in paths for method in METHODS if method in paths[path]]


def credentials(api: MockApi) -> tuple[str, ...]:
    """The header of the owner, where the API has credentials."""
    return tuple(f"Authorization: Bearer {persona.token}" for persona in api.personas[:1])


def assert_vendors(answer: Answer, sent: str) -> None:
    """The answer is one of the vendor's: neither trouble of the mock nor of the server below it."""
    assert answer.status < 500, f"{sent}: {answer.body!r}"
    assert answer.headers.get("content-type") not in (PROBLEM, "text/plain; charset=utf-8"), sent


def test_odd_paths_and_queries_are_answered(api: MockApi, url: str) -> None:
    """Whatever stands in the place of an id or a parameter."""
    for method, template in operations(api):
        for segment in SEGMENTS:
            for query in QUERIES:
                target = f"{re.sub('{[^}]*}', segment, template)}?{query}"
                answer = send(url, target, *credentials(api), method=method.upper())
                assert_vendors(answer, f"{method} {target}")


def test_odd_bodies_are_answered(api: MockApi, url: str) -> None:
    """Whatever is sent as JSON, malformed or not."""
    for method, target in writes(api):
        for body in BODIES:
            answer = send(url, target, JSON, *credentials(api), method=method, body=body)
            assert_vendors(answer, f"{method} {target} {body[:20]!r}")


def test_values_of_every_type_are_answered(api: MockApi, url: str) -> None:
    """Each property that the contract knows, with a value of each type in turn."""
    names = properties(api)
    for method, target in writes(api):
        for value in VALUES:
            body = json.dumps(dict.fromkeys(names, value)).encode()
            answer = send(url, target, JSON, *credentials(api), method=method, body=body)
            assert_vendors(answer, f"{method} {target} {value!r:.40}")


def writes(api: MockApi) -> list[tuple[str, str]]:
    """Method and path of each operation that takes a body."""
    paths = api.specification["paths"]
    found = [
        (method, path) for path in paths for method in METHODS if "requestBody" in paths[path].get(method, {})
    ]
    return [(method.upper(), re.sub("{[^}]*}", "1", api.base_path + path)) for method, path in found]


def properties(api: MockApi) -> list[str]:
    """The names of all properties in the contract."""
    schemas = api.specification["components"]["schemas"].values()
    return sorted({name for schema in schemas for name in schema.get("properties", {})})


def test_wrong_methods_and_unknown_paths_are_refused(api: MockApi, url: str) -> None:
    """405 with `Allow`, and 404, in the vendor's envelope; HEAD and OPTIONS are there."""
    _, template = operations(api)[0]
    path = re.sub("{[^}]*}", "1", template)
    wrong = send(url, path, *credentials(api), method="TRACE")

    assert (wrong.status, "OPTIONS" in wrong.headers["allow"]) == (405, True)
    assert send(url, path, method="OPTIONS").status == 204
    assert send(url, f"{api.base_path}/no/such/path", *credentials(api)).status == 404
    assert wrong.headers["content-type"] == httpx.get(f"{url}/no").headers["content-type"] != PROBLEM


def test_whoever_has_no_credentials_is_refused(api: MockApi, url: str) -> None:
    """Where an operation needs some, nothing is answered without, and the challenge is sent along."""
    for method, template in operations(api):
        operation = api.specification["paths"][template.removeprefix(api.base_path)][method]
        if not operation.get("security", api.specification.get("security")):
            continue
        answer = send(url, re.sub("{[^}]*}", "1", template), method=method.upper())

        assert (answer.status, "www-authenticate" in answer.headers) == (401, True), f"{method} {template}"


def test_every_answer_of_the_contract_can_be_wished_for(api: MockApi, url: str) -> None:
    """`Prefer` gives each status of each operation as the contract has it, with the headers that it needs."""
    sent = dict(header.split(": ", 1) for header in credentials(api))
    with httpx.Client(base_url=url, headers=sent) as client:
        for method, path in operations(api):
            responses = api.specification["paths"][path.removeprefix(api.base_path)][method]["responses"]
            for status in responses:
                prefer = {"Prefer": f"code={status}"}
                answer = client.request(method, re.sub(r"\{.*?\}", "1", path), headers=prefer)
                assert answer.status_code == int(status), f"{method} {path}: {answer.text}"
