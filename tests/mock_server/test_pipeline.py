"""The compiled pipeline, over HTTP: methods, bodies, hostile requests, and answers held to the contract."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from mock_server import validation
from mock_server.apis.viben.operations import Operations
from mock_server.contract import MockApi
from mock_server.reply import Reply
from tests import servers
from tests.raw_http import Answer, exchange, send, send_json

SESSIONS = "/api/sessions"
SESSION = "/api/sessions/session-abc123"
LIMIT = 1024 * 1024


def assert_refused(answer: Answer | httpx.Response, status: int, code: str) -> None:
    """The answer is an error in Viben's envelope."""
    actual = answer.status if isinstance(answer, Answer) else answer.status_code
    assert actual == status
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"error": answer.json()["error"], "code": code}


def test_answers_say_what_answered(viben: httpx.Client) -> None:
    """Operation, namespace and a number of its own are in the headers of each answer."""
    first, second = viben.get(SESSION), viben.get("/nothing")

    assert first.headers["X-Mock-Operation"] == "viben.get_session"
    assert "X-Mock-Operation" not in second.headers
    assert first.headers["X-Mock-Namespace"] == viben.headers["X-Mock-Namespace"]
    assert first.headers["X-Mock-Request-Id"] != second.headers["X-Mock-Request-Id"]


def test_head_is_get_without_its_body(viben: httpx.Client) -> None:
    """HEAD has the headers of GET, the length included, and no body."""
    head, get = viben.head(SESSION), viben.get(SESSION)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(get.content))


def test_head_of_an_error_has_no_body_either(viben: httpx.Client) -> None:
    """A connection stays usable after HEAD, whatever it found."""
    assert viben.head("/api/sessions/none").content == b""
    assert viben.get(SESSION).status_code == 200


def test_options_lists_the_methods(viben: httpx.Client) -> None:
    """OPTIONS that is no preflight says what the path can do."""
    answer = viben.options(SESSION)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_a_method_the_path_has_not_is_refused(server: str, method: str) -> None:
    """405 comes with `Allow`, in the vendor's envelope."""
    answer = send(server, SESSIONS, method=method)

    assert_refused(answer, 405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api",
        "/api/",
        "/api//sessions",
        "/api/sessions/",
        "//api/sessions",
        "/API/sessions",
        "*",
        "/" + "a/" * 5000,
    ],
)
def test_an_unknown_path_is_not_found(server: str, path: str) -> None:
    """Paths are compared exactly: empty segments, trailing slashes and case make another one."""
    assert_refused(send(server, path), 404, "NOT_FOUND")


@pytest.mark.parametrize(
    "id_",
    [
        "%00",
        "%FF",
        "%ED%A0%80",
        "%zz",
        "%",
        "a%2Fb",
        "..",
        "%2E%2E",
        "{}",
        "{id}",
        "%0D%0AX-A:%20b",
        "x" * 60_000,
    ],
)
def test_an_odd_id_is_an_unknown_id(server: str, id_: str) -> None:
    """Whatever stands where an id goes, it is looked up and not found."""
    answer = send(server, f"{SESSIONS}/{id_}")

    assert_refused(answer, 404, "NOT_FOUND")
    assert "x-a" not in answer.headers


@pytest.mark.parametrize(
    "query", ["status=a&status=b", "status=%00", "status=%FF", "agent_id=%ED%A0%80", "a=1&" * 300]
)
def test_a_query_that_means_nothing_is_refused(server: str, query: str) -> None:
    """Repeated single parameters, bytes that are no text and endless fields are bad requests."""
    assert_refused(send(server, f"{SESSIONS}?{query}"), 400, "INVALID_INPUT")


@pytest.mark.parametrize("query", ["", "unknown=1", "status=%zz", "&&", "=", "status"])
def test_a_query_that_means_something_else_is_read(server: str, query: str) -> None:
    """Unknown parameters are ignored, and odd values are values."""
    assert send(server, f"{SESSIONS}?{query}").status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b"\xff\xfe",
        b"{}",
        b'{"agent_id": null}',
        b'{"agent_id": ["a"]}',
        b'{"agent_id": ""}',
        b'{"agent_id": "\\u0000"}',
        b'{"agent_id": "\\ud800"}',
        b'{"agent_id": "a", "task_id": 1e400}',
        b"[" * 100_000,
        b'{"agent_id": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_body_that_is_no_new_session_is_refused(server: str, body: bytes) -> None:
    """Malformed JSON, other encodings, and values of the wrong type are bad requests with a reason."""
    assert_refused(send_json(server, SESSIONS, body), 400, "INVALID_INPUT")


def test_a_long_value_is_not_sent_back(server: str) -> None:
    """The error about a long value is short."""
    answer = send_json(server, SESSIONS, json.dumps({"agent_id": [1] * 100_000}).encode())

    assert len(answer.body) < 1000


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", "x"]
)
def test_another_media_type_is_refused(server: str, media_type: str) -> None:
    """415 says which media type was sent and which is read."""
    answer = send(server, SESSIONS, f"Content-Type: {media_type}", method="POST", body=b'{"agent_id": "a"}')

    assert_refused(answer, 415, "UNSUPPORTED_MEDIA_TYPE")
    assert media_type in answer.json()["error"]


@pytest.mark.parametrize(
    "line", ["Content-Type: APPLICATION/JSON", "Content-Type: application/json;charset=utf-8", "X: y"]
)
def test_json_is_json_however_it_is_announced(viben: httpx.Client, line: str) -> None:
    """Case and parameters of the media type do not matter, and without one a body counts as JSON."""
    namespace = f"X-Mock-Namespace: {viben.headers['X-Mock-Namespace']}"
    answer = send(str(viben.base_url), SESSIONS, line, namespace, method="POST", body=b'{"agent_id": "a"}')

    assert answer.status == 201


def test_an_api_may_read_any_media_type(viben_api: MockApi) -> None:
    """An API whose record says so takes JSON for JSON whatever its Content-Type."""
    with servers.mock(replace(viben_api, reads_any_media_type=True)) as url:
        answer = send(url, SESSIONS, "Content-Type: text/plain", method="POST", body=b'{"agent_id": "a"}')

    assert answer.status == 201


def test_a_body_announced_too_long_is_not_waited_for(server: str) -> None:
    """Content-Length alone decides; nothing of the body is needed."""
    head = f"POST {SESSIONS} HTTP/1.1\r\nHost: x\r\nContent-Length: {LIMIT + 1}\r\n\r\n"

    assert_refused(exchange(server, head.encode()), 413, "PAYLOAD_TOO_LARGE")


def test_a_chunked_body_is_counted(server: str) -> None:
    """Without a Content-Length the limit holds all the same."""
    chunk = b"8000\r\n" + b" " * 0x8000 + b"\r\n"
    head = f"POST {SESSIONS} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = exchange(server, head.encode() + chunk * 33 + b"0\r\n\r\n")

    assert_refused(answer, 413, "PAYLOAD_TOO_LARGE")


def test_a_body_of_just_the_limit_is_read(viben: httpx.Client) -> None:
    """The limit is the longest body, not the first too long one."""
    text = '{"agent_id": "a"}'.ljust(LIMIT)

    assert viben.post(SESSIONS, content=text).status_code == 201


@pytest.mark.parametrize("number", [2**64, -(2**200), 10**300, 1.5, 1e308])
def test_free_form_numbers_are_kept_exactly(viben: httpx.Client, number: float) -> None:
    """What a client keeps with a session comes back to the last digit."""
    viben.patch(SESSION, json={"data": {"n": {"in": [number]}}})

    assert viben.get(SESSION).json()["data"]["n"] == {"in": [number]}


def test_free_form_text_is_kept_exactly(viben: httpx.Client) -> None:
    """Control characters, other planes and what looks like markup are text."""
    text = "\u0001\u2028\U0001f600<script>{{ x }}\\u0000"
    viben.patch(SESSION, json={"data": {text: text}})

    assert viben.get(SESSION).json()["data"][text] == text


def broken(api: MockApi, body: dict[str, Any], status: int = 200) -> MockApi:
    """The API with a wrong answer to `get_session`."""

    class Broken(Operations):
        def get_session(self, sessions: Any, *, id_: str) -> Reply:
            return Reply(status, body)

    return replace(api, operations=Broken())


@pytest.mark.parametrize(
    ("body", "status", "pointer", "schema_pointer"),
    [
        ({"data": []}, 200, "/id", "/responses/200/content/application~1json/schema"),
        ({"error": "no", "code": "WHAT"}, 404, "/code", "/responses/404/content/application~1json/schema"),
        ({}, 299, "", "/responses"),
    ],
)
def test_a_broken_answer_is_not_sent(
    viben_api: MockApi, body: dict[str, Any], status: int, pointer: str, schema_pointer: str
) -> None:
    """Strict, the default: 500 as a problem document that points into the answer and into the contract."""
    with servers.mock(broken(viben_api, body, status)) as url:
        answer = httpx.get(url + SESSION)
    error = answer.json()["errors"][0]

    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert answer.json()["operation"] == "get_session"
    assert error["pointer"] == pointer
    assert error["schemaPointer"].startswith("/paths/~1sessions~1{id}/get" + schema_pointer)


@pytest.mark.parametrize(("validate", "logged"), [("warn", True), ("off", False)])
def test_a_broken_answer_can_be_let_through(
    viben_api: MockApi, caplog: pytest.LogCaptureFixture, validate: str, logged: bool
) -> None:
    """With `warn` a broken answer is sent and logged, with `off` nobody looks."""
    with (
        caplog.at_level(logging.ERROR),
        servers.mock(broken(viben_api, {"a": 1}), validation=validate) as url,
    ):
        answer = httpx.get(url + SESSION)

    assert (answer.status_code, answer.json()) == (200, {"a": 1})
    assert ("get_session" in caplog.text) is logged


def test_a_fault_of_the_mock_is_told_as_such(viben_api: MockApi, caplog: pytest.LogCaptureFixture) -> None:
    """An exception nobody expected is a problem document without its details, which are in the log."""

    def failing(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    with servers.mock(replace(viben_api, service=failing)) as url:
        answer = httpx.get(url + SESSION)

    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text
    assert "secret detail" in caplog.text


def test_what_a_client_asks_in_vain_is_no_trouble(
    viben_api: MockApi, caplog: pytest.LogCaptureFixture
) -> None:
    """A refusal is told to the client, and not in the log as if the mock had failed."""
    with servers.mock(viben_api, namespaces=1) as url:
        answer = httpx.post(f"{url}/__admin/namespaces", json={"name": "one"})

    assert (answer.status_code, caplog.text) == (429, "")


def test_nothing_of_the_contract_is_compiled_for_a_request(
    viben_api: MockApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the specification says is worked out once, before the first request."""
    compiled: list[object] = []
    monkeypatch.setattr(validation, "Validator", _counting(validation.Validator, compiled))
    with servers.mock(viben_api) as url:
        before = len(compiled)
        for _ in range(2):
            httpx.post(url + SESSIONS, json={"agent_id": "a"})
            httpx.get(url + SESSIONS)
            httpx.patch(url + SESSION, json={"status": "nonsense"})

    assert len(compiled) == before > 10


def _counting(kind: Callable[..., object], made: list[object]) -> Callable[..., object]:
    def make(*arguments: Any) -> object:
        made.append(arguments)
        return kind(*arguments)

    return make
