"""Results that are sent to the client, by a real server to a real receiver."""

from time import monotonic, sleep
from typing import Any

import httpx
import pytest

from tests.mock_server.apis.zipf.callers import Callers, refusal
from tests.mock_server.apis.zipf.test_jobs import each_kind
from tests.receivers import PATIENCE, receiving
from tests.servers import running


def attempts(zipf: Callers, request_id: str) -> list[Any]:
    """The tries of the only webhook of a request, from the journal, once there is one."""
    end = monotonic() + PATIENCE
    while monotonic() < end:
        entry = zipf.client.get(f"/__admin/requests/{request_id}").raise_for_status().json()
        if found := entry["deliveries"][0]["attempts"]:
            return list(found)
        sleep(0.02)
    raise AssertionError("the webhook was never tried")


@each_kind
def test_a_job_is_sent_when_it_is_done(
    zipf: Callers, create: str, read: str, name: str, body: dict[str, object]
) -> None:
    """The reply comes at once; the finished job is sent as polling shows it, and the journal tells of it."""
    zipf.freeze("2026-03-01T00:00:00Z")
    with receiving() as receiver:
        asked = {**body, "processing_mode": "webhook", "webhook_url": receiver.url}
        response = zipf.send("POST", create, asked)
        job = response.json()
        assert (response.status_code, job["status"], job["results"]) == (200, "pending", [])
        assert receiver.received == []
        zipf.advance(seconds=2)

        assert receiver.wait(1) == zipf.get(read + job[name])
        [attempt] = attempts(zipf, response.headers["x-mock-request-id"])
        assert (attempt["status"], attempt["at"][:19]) == (200, "2026-03-01T00:00:02")


@pytest.mark.parametrize(
    "address",
    [
        {},
        {"webhook_url": ""},
        {"webhook_url": "https://client.example/hook"},
        {"webhook_url": "http://127.0.0.1:80/"},
        {"webhook_url": "http://169.254.169.254/latest"},
    ],
)
def test_an_impossible_address_is_refused(zipf: Callers, address: dict[str, str]) -> None:
    """Without an address, and with one that webhooks do not go to, nothing is searched and nothing costs."""
    before = zipf.get("/")["user"]["credits_balance"]
    response = zipf.send("POST", "/search", {"query": "x", "processing_mode": "webhook", **address})

    assert refusal(response) == (400, "Invalid request")
    assert "webhook_url" in response.json()["message"]
    assert zipf.get("/")["user"]["credits_balance"] == before


def test_a_dry_run_is_not_sent(zipf: Callers) -> None:
    """What is only estimated has no results to send."""
    body = {
        "query": "x",
        "processing_mode": "webhook",
        "webhook_url": "http://127.0.0.1:9000/",
        "dry_run": True,
    }
    response = zipf.send("POST", "/search", body)
    entry = zipf.client.get(f"/__admin/requests/{response.headers['x-mock-request-id']}").json()

    assert (response.status_code, entry["deliveries"]) == (200, [])


def test_a_namespace_takes_its_webhooks_with_it(zipf: Callers) -> None:
    """What a deleted namespace had to send is not sent, and does not keep the next webhook from going."""
    zipf.freeze("2026-03-01T00:00:00Z")
    with receiving() as receiver:
        hook = {"query": "gone", "processing_mode": "webhook", "webhook_url": receiver.url}
        zipf.post("/search", hook)
        zipf.client.post("/__admin/reset").raise_for_status()
        zipf.freeze("2026-04-01T00:00:00Z")
        zipf.post("/search", {**hook, "query": "next"})
        zipf.advance(seconds=2)

        assert receiver.wait(1)["query"] == "next"


def test_a_waiting_webhook_does_not_keep_the_server() -> None:
    """A server that is told to stop does, whatever it still had to send."""
    body = {"query": "x", "processing_mode": "webhook", "webhook_url": "http://127.0.0.1:9000/"}
    with running("zipf") as server:
        httpx.put(f"{server.url}/__admin/clock", json={"mode": "frozen", "now": "2026-03-01T00:00:00Z"})
        headers = {"Authorization": "Bearer wvr_owner_ada"}
        httpx.post(f"{server.url}/api/v1/search", json=body, headers=headers).raise_for_status()
        server.process.terminate()
        said, _ = server.process.communicate(timeout=PATIENCE)

    assert (server.process.returncode, "Traceback" in said) == (0, False)
