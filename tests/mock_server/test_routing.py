"""From path to operations."""

import pytest

from mock_server.routing import Router


@pytest.fixture
def router() -> Router[str]:
    """Routes with a fixed and a variable segment in the same place."""
    routes: Router[str] = Router()
    routes.add("/sessions", "GET", "list")
    routes.add("/sessions/{id}", "GET", "get")
    routes.add("/sessions/recent", "GET", "recent")
    routes.add("/sessions/{id}/parts/{part}", "GET", "part")
    return routes


def test_variables_are_found_by_name(router: Router[str]) -> None:
    """Each variable segment is handed over under its own name."""
    assert router.match("/sessions/a/parts/b") == ({"GET": "part"}, {"id": "a", "part": "b"})


def test_a_fixed_segment_goes_before_a_variable_one(router: Router[str]) -> None:
    """`recent` is an operation of its own and no id, but an id everywhere else."""
    assert router.match("/sessions/recent") == ({"GET": "recent"}, {})
    assert router.match("/sessions/recent/parts/b") == ({"GET": "part"}, {"id": "recent", "part": "b"})


@pytest.mark.parametrize(
    ("path", "id_"),
    [
        ("/sessions/a%2Fb", "a/b"),
        ("/sessions/%C3%A9", "é"),
        ("/sessions/%zz", "%zz"),
        ("/sessions/%FF", "\ufffd"),
        ("/sessions/{}", "{}"),
        ("/sessions/{id}", "{id}"),
        ("/sessions/..", ".."),
    ],
)
def test_a_segment_is_taken_as_it_was_meant(router: Router[str], path: str, id_: str) -> None:
    """Encoded slashes stay inside, bad encodings and template characters do no harm."""
    assert router.match(path) == ({"GET": "get"}, {"id": id_})


def test_encoding_makes_no_other_path(router: Router[str]) -> None:
    """A needlessly encoded letter is the letter (RFC 3986, 6.2.2.2)."""
    assert router.match("/%73essions") == ({"GET": "list"}, {})


@pytest.mark.parametrize("path", ["/", "", "*", "/sessions/", "//sessions", "/sessions//parts/b", "/session"])
def test_empty_and_unknown_segments_lead_nowhere(router: Router[str], path: str) -> None:
    """An empty segment is no id, and a trailing slash another path."""
    assert router.match(path) is None


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/"])
def test_the_root_of_a_base_path_is_found_with_and_without_its_slash(path: str) -> None:
    """The path `/` of a contract below `/api/v1` is what people call `/api/v1`."""
    router = Router[str]()
    router.add("/api/v1/", "GET", "root")

    assert router.match(path) == ({"GET": "root"}, {})
