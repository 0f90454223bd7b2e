"""What generated requests may change elsewhere, and the records that are made for them."""

from itertools import count
from typing import Any

import pytest

from conformance.lending import Lending, Loan
from tests.conformance.samples import exchange

CONTRACT: dict[str, Any] = {
    "paths": {
        "/notes": {"get": {}, "post": {}},
        "/notes/{id}": {"get": {}, "delete": {}},
        "/boards/{id}": {"delete": {}},
    },
}


class Maker:
    """Makes records n-1, n-2, ... and notes which were given back."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.returned: list[str] = []

    def __call__(self) -> Loan:
        """Make a record."""
        id_ = f"n-{next(self.numbers)}"
        made = exchange("POST", "/api/notes", b"{}", f'{{"id": "{id_}"}}'.encode())
        return Loan(id_, (made,), lambda: self.returned.append(id_))


def lending(maker: Maker) -> Lending:
    """Return what lends the maker's records."""
    return Lending("/api", CONTRACT, maker)


@pytest.mark.parametrize(
    ("method", "path", "permitted"),
    [
        ("GET", "/api/notes/7", True),
        ("POST", "/api/notes", True),
        ("DELETE", "/api/notes", False),
        ("DELETE", "/api/notes/", False),
        ("DELETE", "/api/notes/7", False),
        ("PATCH", "/api/notes/7", False),
        ("DELETE", "/api/notes/a%20b", True),
        ("DELETE", "/api/boards/a%20b", False),
        ("PUT", "/api/elsewhere", False),
    ],
)
def test_what_may_be_sent(method: str, path: str, permitted: bool) -> None:
    """Reads, creations, and changes of what was created; never a whole collection or somebody's record."""
    this = lending(Maker())
    this.observe(exchange("POST", "/api/notes", b"{}", b'{"id": "a b"}'))

    assert this.permits(method, path) is permitted


def test_an_operation_keeps_its_loan_until_it_may_be_gone() -> None:
    """A new record is made for another operation and after a deletion, and the old one is given back."""
    maker = Maker()
    this = lending(maker)

    lent = [this.lend(*each) for each in (("a", "PUT"), ("a", "PUT"), ("b", "DELETE"), ("b", "DELETE"))]
    this.give_back()

    assert lent == ["n-1", "n-1", "n-2", "n-3"]
    assert maker.returned == ["n-1", "n-2", "n-3"]
    assert this.owns("/notes", lent)
    assert (this.can_lend("c", "/notes"), this.can_lend("c", "/boards")) == (True, False)


def test_where_nothing_can_be_made_nothing_is_lent() -> None:
    """The operation is remembered, so that nobody tries for every request."""
    this = Lending("/api", CONTRACT, lambda: None)

    assert (this.lend("a", "PUT"), this.can_lend("a"), this.without) == ("", False, {"a"})


def test_a_reproduction_begins_with_what_was_lent() -> None:
    """Requests that name a lent record are told after the one that made it."""
    this = lending(Maker())
    this.lend("a", "PUT")

    assert [each.method for each in this.led_to([exchange("PUT", "/api/notes/n-1")])] == ["POST"]
    assert this.led_to([exchange("PUT", "/api/notes/n-10")]) == ()


def test_what_was_deleted_is_not_changed_again() -> None:
    """Its number may be somebody else's by now, unless the run itself was given it once more."""
    this, made = lending(Maker()), exchange("POST", "/api/notes", b"{}", b'{"id": 7}')
    held = []
    for each in (made, exchange("DELETE", "/api/notes/7"), made):
        this.observe(each)
        held.append(this.holds("/notes", [7]))

    assert held == [True, False, True]


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/notes"), ("PUT", "/api/notes/7")])
def test_a_series_is_not_changed_by_generated_requests(method: str, path: str) -> None:
    """One record of it would be deleted, and the others would stay."""
    this = lending(Maker())
    this.observe(exchange("POST", "/api/notes", b"{}", b'{"id": 7}'))
    this.makes_series = lambda _: True
    this.observe(exchange(method, path, b"{}", b'{"id": 7}'))

    assert this.owns("/notes", [7])
    assert not this.holds("/notes", [7])
