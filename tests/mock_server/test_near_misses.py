"""Tests of `mock_server.near_misses`."""

import pytest

import openapi
from mock_server.near_misses import near_misses, routes

ROUTES = routes(openapi.load("viben"), "/api")


@pytest.mark.parametrize(
    ("method", "path", "operation", "reason"),
    [
        ("GET", "/sessions/abc", "get_session", "the path lacks the base path /api"),
        ("GET", "/api/sesions/abc", "get_session", "'sesions' should be 'sessions'"),
        ("GET", "/api/sessions/", "list_sessions", "the path ends with a slash"),
        ("GET", "/api/sessions/abc/messages", "send_message", "the method is GET, not POST"),
        ("PUT", "/api/sessions/abc", "update_session", "the method is PUT, not PATCH"),
        ("GET", "/api/v1/sessions", "list_sessions", "the path has 3 segments, not 2"),
    ],
)
def test_the_likeliest_operation_comes_with_what_does_not_fit(
    method: str, path: str, operation: str, reason: str
) -> None:
    """Wrong prefix, spelling, slash, method or depth are each told as what they are."""
    found = {near.route.operation: near.reason for near in near_misses(method, path, ROUTES)}

    assert reason in found[operation]


def test_what_is_like_nothing_has_no_near_misses() -> None:
    """A path that resembles no operation gets no suggestion."""
    assert near_misses("GET", "/wp-login.php", ROUTES) == []


def test_a_very_long_path_is_compared_in_part() -> None:
    """The cost of comparing is bounded, however long the path is."""
    assert near_misses("GET", "/api/sessions/" + "x/" * 30000, ROUTES) == []
