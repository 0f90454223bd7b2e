"""Tests of `mock_server.metrics`: what Prometheus reads."""

import httpx

from mock_server import apis
from mock_server.metrics import Metrics
from tests import servers


def test_answers_are_counted_by_operation_and_status() -> None:
    """A server tells how often each operation answered with each status, unknown paths included."""
    with servers.mock(apis.load("viben")) as url:
        for path in ("/api/sessions", "/api/sessions", "/api/sessions/none", "/nowhere"):
            httpx.get(f"{url}{path}")
        answer = httpx.get(f"{url}/__admin/metrics")

    lines = answer.text.splitlines()
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'mock_server_requests_total{api="viben",operation="list_sessions",status="200"} 2' in lines
    assert 'mock_server_requests_total{api="viben",operation="get_session",status="404"} 1' in lines
    assert 'mock_server_requests_total{api="viben",operation="",status="404"} 1' in lines
    assert "mock_server_namespaces 1" in lines
    assert "mock_server_journal_entries 4" in lines


def test_every_family_has_help_and_type() -> None:
    """The exposition is complete, in the form of version 0.0.4."""
    metrics = Metrics()
    metrics.observe("viben", "get_session", 200, 0.25)

    assert metrics.text([("namespaces", "Namespaces there are.", 2)]).splitlines() == [
        "# HELP mock_server_requests_total Answers by operation and status.",
        "# TYPE mock_server_requests_total counter",
        'mock_server_requests_total{api="viben",operation="get_session",status="200"} 1',
        "# HELP mock_server_request_seconds_total Time that answers took.",
        "# TYPE mock_server_request_seconds_total counter",
        'mock_server_request_seconds_total{api="viben",operation="get_session"} 0.25',
        "# HELP mock_server_namespaces Namespaces there are.",
        "# TYPE mock_server_namespaces gauge",
        "mock_server_namespaces 2",
    ]
