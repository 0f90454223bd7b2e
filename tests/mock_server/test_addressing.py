"""From URL to API: prefix, host label, namespace segment."""

import pytest

from mock_server.addressing import LONGEST, Address, Locator, locate

BOTH = ("viben", "zipf")


@pytest.mark.parametrize(
    ("path", "host", "expected"),
    [
        ("/viben/api/x", "127.0.0.1:8000", Address("viben", None, "/viben", "/api/x")),
        ("/viben", "127.0.0.1", Address("viben", None, "/viben", "/")),
        ("/api/x", "zipf.localhost:8000", Address("zipf", None, "", "/api/x")),
        ("/api/x", "ZIPF.LOCALHOST", Address("zipf", None, "", "/api/x")),
        ("/~one/zipf/x", "127.0.0.1", Address("zipf", "one", "/~one/zipf", "/x")),
        ("/%7Eone/zipf/x", "127.0.0.1", Address("zipf", "one", "/~one/zipf", "/x")),
        ("/~%6Fne/zipf/x", "127.0.0.1", Address("zipf", "one", "/~one/zipf", "/x")),
        ("/%7Aipf/x", "127.0.0.1", Address("zipf", None, "/zipf", "/x")),
        ("/~one", "zipf.localhost", Address("zipf", "one", "/~one", "/")),
        ("/~/zipf/x", "127.0.0.1", Address("zipf", "", "/~/zipf", "/x")),
    ],
)
def test_an_api_is_found_by_prefix_or_host(path: str, host: str, expected: Address) -> None:
    """Prefix, host label and namespace lead to the API, and what led to it is known as the prefix."""
    assert locate(path, host, BOTH) == expected


@pytest.mark.parametrize("host", ["zipf", "zipf.localhost.example", "xzipf.localhost", "localhost", ""])
def test_only_the_label_of_localhost_names_an_api(host: str) -> None:
    """A host that merely resembles `<api>.localhost` chooses nothing."""
    assert locate("/api/x", host, BOTH).api is None


def test_the_only_api_needs_no_prefix() -> None:
    """A server of one API has it at the vendor's own path, and under its prefix as well."""
    assert locate("/api/x", "127.0.0.1", ["viben"]) == Address("viben", None, "", "/api/x")
    assert locate("/viben/api/x", "127.0.0.1", ["viben"]) == Address("viben", None, "/viben", "/api/x")


@pytest.mark.parametrize("path", ["/__admin", "/__admin/health", "/~one/__admin/health"])
def test_control_is_under_every_address(path: str) -> None:
    """Control goes before any API, also behind a namespace segment and at the host of an API."""
    assert locate(path, "zipf.localhost", BOTH).is_control


def test_a_path_that_begins_like_control_is_not_control() -> None:
    """`/__administrator` is a path of an API, if of anything."""
    assert not locate("/__administrator", "127.0.0.1", BOTH).is_control


def test_a_locator_finds_what_locate_does_and_keeps_nothing_long() -> None:
    """The same address the second time; one that could fill the memory is worked out again."""
    locator = Locator(BOTH)
    for path in (b"/viben/api/x", b"/viben/" + b"x" * LONGEST):
        expected = locate(path.decode(), "127.0.0.1", BOTH)
        assert locator.locate(path, b"127.0.0.1") == locator.locate(path, b"127.0.0.1") == expected

    assert locator.remembered == 1
