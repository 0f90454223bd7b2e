"""Targets: where they are, and what stands for their secrets."""

import pytest

from conformance.target import Actor, Target, is_loopback


def test_names_under_localhost_are_this_machine() -> None:
    """`viben.localhost` is connected to at 127.0.0.1, with the name as `Host`."""
    target = Target("http://viben.localhost:8000/x")

    assert target.connect_url == "http://127.0.0.1:8000/x"
    assert target.host == "viben.localhost:8000"


def test_other_addresses_stay_as_they_are() -> None:
    """A plain address is connected to as given."""
    target = Target("http://127.0.0.1:8000")

    assert (target.connect_url, target.host) == ("http://127.0.0.1:8000", None)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:1", True),
        ("http://[::1]:1", True),
        ("http://viben.localhost", True),
        ("https://localhost.example", False),
        ("http://10.0.0.1", False),
    ],
)
def test_loopback_is_recognised(url: str, expected: bool) -> None:
    """Only addresses of this machine count as such."""
    assert is_loopback(url) is expected


def test_each_token_has_a_variable() -> None:
    """A token is represented by a shell variable named after its actor."""
    assert Target("http://x", actors={"owner": Actor("owner", "t")}).secrets == {"t": "OWNER_TOKEN"}
