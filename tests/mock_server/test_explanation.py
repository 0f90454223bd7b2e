"""Tests of `mock_server.explanation`: the views of an entry, without a server."""

import shlex
from typing import Any

import pytest

from mock_server import apis
from mock_server.explanation import LONGEST_BODY, Explainer
from mock_server.headers import packed
from mock_server.journal import Condition
from tests.mock_server.journals import entry

EXPLAINER = Explainer([apis.load("mobilenext"), apis.load("viben")])
OWNER = apis.load("mobilenext").personas[0]


def curl(namespace: str = "default", **fields: Any) -> list[str]:
    """The words of the curl line for an entry with these fields."""
    return shlex.split(EXPLAINER.curl(namespace, entry(**fields)))


def test_a_curl_line_repeats_the_request() -> None:
    """Method, URL, headers and body are as they were, safe from the shell."""
    body = '{"content": "it\'s $HOME `id`"}'
    words = curl(
        method="POST",
        path="/api/sessions/a%27b/message",
        query=b"x=1&y=2",
        headers=packed(
            [(b"host", b"127.0.0.1:8000"), (b"content-type", b"application/json"), (b"accept", b"*/*")]
        ),
        body=body.encode(),
    )

    assert words == [
        *("curl", "-sS", "-i", "-X", "POST", "http://127.0.0.1:8000/api/sessions/a%27b/message?x=1&y=2"),
        *("-H", "content-type: application/json", "--data-binary", body),
    ]


def test_a_curl_line_holds_a_well_known_credential_only() -> None:
    """A token that everybody is told works at once; for another there is a variable."""
    known = curl(headers=packed([(b"authorization", f"Bearer {OWNER.token}".encode())]))
    unknown = curl(headers=packed([(b"authorization", b"Bearer s3cret")]))

    assert f"authorization: Bearer {OWNER.token}" in known
    assert "authorization: Bearer $CREDENTIAL" in unknown


@pytest.mark.parametrize(
    ("namespace", "prefix", "headers", "is_named"),
    [
        ("mine", "", ((b"cookie", b"mock_namespace=mine"),), True),
        ("mine", "/~mine", (), False),
        ("default", "", (), False),
    ],
    ids=["cookie", "path", "default"],
)
def test_a_curl_line_goes_to_the_same_namespace(
    namespace: str, prefix: str, headers: tuple[tuple[bytes, bytes], ...], *, is_named: bool
) -> None:
    """Where neither path nor header name it, a header is added."""
    assert ("X-Mock-Namespace: mine" in curl(namespace, prefix=prefix, headers=packed(headers))) is is_named


def test_a_body_that_is_no_text_goes_through_base64() -> None:
    """Bytes that a shell cannot hold are still sent as they were."""
    line = EXPLAINER.curl("default", entry(method="POST", body=b"\xff\x00"))

    assert line.startswith("echo /wA= | base64 -d | curl ")
    assert line.endswith(" --data-binary @-")


def test_a_long_body_is_cut_in_the_view() -> None:
    """An explanation stays readable, and says how long the body was."""
    view = EXPLAINER.explanation("default", entry(answer_body=b"x" * (LONGEST_BODY + 1)))

    assert view["response"]["body"].endswith(f"... ({LONGEST_BODY + 1} bytes)")


def test_a_wrong_parameter_is_found_in_the_contract() -> None:
    """The verdict on a parameter points at its declaration, be it behind a reference."""
    error = {"pointer": "limit", "detail": "limit: is too large", "schemaPointer": ""}
    condition = Condition("validation", "InvalidRequest", "limit: is too large", (error,))
    fields = {"api": "mobilenext", "path": "/api/v1/sessions", "condition": condition}
    (located,) = EXPLAINER.explanation("default", entry(**fields))["verdict"]["request"]["errors"]

    assert located["schemaPointer"].startswith("/paths/~1sessions/get/parameters/")


def test_a_broken_answer_is_told_apart_from_a_broken_request() -> None:
    """When the mock broke its own contract, the verdict on the answer says so."""
    error = {"pointer": "/id", "detail": "id: is required", "schemaPointer": "/paths/x"}
    condition = Condition("mock", "ContractBroken", "id: is required", (error,))
    verdict = EXPLAINER.explanation("default", entry(condition=condition))["verdict"]

    assert verdict["request"]["valid"]
    assert verdict["response"] == {"valid": False, "errors": [error]}
