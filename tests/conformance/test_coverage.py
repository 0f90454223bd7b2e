"""Which operation a request belongs to."""

import pytest

from conformance.coverage import Coverage
from conformance.places import operation_of
from tests.conformance.samples import CONTRACT, exchange


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    [
        ("GET", "/sessions", "list_sessions"),
        ("GET", "/sessions/a%2Fb", "get_session"),
        ("PUT", "/sessions", None),
        ("GET", "/sessions/a/b", None),
        ("GET", "/elsewhere", None),
    ],
)
def test_requests_belong_to_operations(method: str, path: str, operation: str | None) -> None:
    """Method and path template decide; what is in no contract belongs to none."""
    assert operation_of(CONTRACT, method, path) == operation


def test_a_literal_path_goes_before_a_template() -> None:
    """Where both fit, the path without parameters is meant."""
    paths = {"/a/{id}": {"get": {"operationId": "one"}}, "/a/new": {"get": {"operationId": "new"}}}

    assert operation_of({"paths": paths}, "GET", "/a/new") == "new"


def test_every_operation_is_listed() -> None:
    """An operation that was never reached is listed without statuses."""
    coverage = Coverage(CONTRACT)
    coverage.add("/api", [exchange("GET", "/api/sessions")] * 2)

    assert coverage.counts() == {"list_sessions": {"200": 2}, "get_session": {}}
