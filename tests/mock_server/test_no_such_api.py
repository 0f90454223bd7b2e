"""Requests to an API that the server does not have."""

import httpx

from mock_server import apis
from tests import servers


def test_a_request_to_no_api_is_unmatched_in_its_namespace_alone() -> None:
    """The journal has it with its answer and its explanation, and bundles leave it out."""
    with servers.mock(apis.load("viben"), apis.load("zipf")) as url:
        answer = httpx.post(f"{url}/~a/vibe/api/sessions", json={"agent_id": "x"})
        mine, other = (httpx.get(f"{url}/~{name}/__admin/requests/unmatched").json() for name in "ab")
        told = httpx.get(f"{url}{answer.headers['x-mock-explanation']}")
        bundle = httpx.get(f"{url}/~a/__admin/bundle").json()

    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "there is no API 'vibe'" in answer.json()["detail"]
    assert [each["target"] for each in mine["requests"]] == ["/~a/vibe/api/sessions"]
    assert (other["requests"], bundle["requests"]) == ([], [])
    assert (told.status_code, told.json()["api"]) == (200, "")
