"""What generated requests may change on a deployment that is not the run's own: only what the run created.

Ids can be guessed: session 7 may be anybody's. A generated request that would change a record is therefore
given one that was made for it, and is not sent where there is none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import unquote

from conformance import creations, curl
from conformance.addressing import names_a_record
from conformance.exchange import Exchange
from conformance.guard import SAFE
from conformance.places import Place, places


@dataclass(frozen=True, slots=True)
class Loan:
    """A record made for generated requests: its id, the exchanges that made it, and how it is deleted."""

    id: str
    exchanges: tuple[Exchange, ...]
    give_back: Callable[[], object]


@dataclass(slots=True)
class Lending:
    """Knows the records of a run, and has more made: `make` returns None where none can be.

    An operation keeps its loan until another one borrows, or until it may have deleted it. Every second read
    of what the run does not know is lent a record as well, for there is more to see than refusals.
    """

    base_path: str
    contract: Mapping[str, Any]
    make: Callable[[], Loan | None]
    own: set[tuple[str, str]] = field(default_factory=set)  # collection and id
    makes_series: Callable[[Exchange], bool] | None = None
    spared: set[tuple[str, str]] = field(default_factory=set)  # of those: deleted, or one of a series
    loan: Loan | None = None
    borrower: str = ""
    spent: bool = False
    made: list[Loan] = field(default_factory=list)
    without: set[str] = field(default_factory=set)
    reads: Iterator[int] = field(default_factory=count)

    def observe(self, exchange: Exchange) -> None:
        """Note what the exchange created or deleted, wherever it came from."""
        place = self._place(exchange.path)
        if place is None or exchange.status // 100 != 2:
            return
        series = self.makes_series is not None and self.makes_series(exchange)
        if exchange.method == "POST" and not place.ids:
            made = {(place.template, id_) for id_ in creations.ids(exchange.reply_json())}
            self.own |= made
            self.spared -= made
            self.spared |= made if series else set()
        elif exchange.method == "DELETE" or series:
            self.spared |= {(place.collection, unquote(id_)) for id_ in place.ids}

    def permits(self, method: str, path: str) -> bool:
        """Say whether a generated request can harm nobody: it reads, creates, or names the run's own."""
        if method in SAFE:
            return True
        place = self._place(path)
        if place is None or not place.ids:
            return place is not None and method.lower() in self.contract["paths"][place.template]
        return self.owns(place.collection, map(unquote, place.ids))

    def owns(self, collection: str, ids: Iterable[object]) -> bool:
        """Say whether all these ids are those of records that the run created in the collection."""
        return {(collection, str(each)) for each in ids} <= self.own

    def holds(self, collection: str, ids: Iterable[object]) -> bool:
        """Say whether a generated request may change all these: records of the run that it has not deleted,
        for their ids may be somebody else's by now, and none of a series, which has to be deleted whole.
        """
        named = {(collection, str(each)) for each in ids}
        return named <= self.own and named.isdisjoint(self.spared)

    def lend(self, operation: str, method: str) -> str:
        """Return the id of a record that the operation may change; empty where none can be made."""
        if self.loan is None or self.spent or operation != self.borrower:
            self.give_back()
            self._borrow(operation)
        self.spent = method == "DELETE"
        return self.loan.id if self.loan else ""

    def can_lend(self, operation: str, collection: str = "") -> bool:
        """Say whether there is, or can be made, a record to lend, of the collection where that is named."""
        if self.loan is None and operation not in self.without:
            self._borrow(operation)
        if self.loan is None or (collection and not self.owns(collection, [self.loan.id])):
            self.without.add(operation)
        return operation not in self.without

    def give_back(self) -> None:
        """Delete the record that is lent."""
        if self.loan:
            self.loan.give_back()
            self.loan = None

    def _borrow(self, operation: str) -> None:
        self.loan, self.borrower = self.make(), operation
        if self.loan is None or not names_a_record(self.loan.id):
            self.loan = None
            self.without.add(operation)
            return
        made_at = {self._place(each.path) for each in self.loan.exchanges if each.method == "POST"}
        made = {(place.template, self.loan.id) for place in made_at if place and not place.ids}
        self.own |= made
        self.spared -= made
        self.made.append(self.loan)

    def _place(self, path: str) -> Place | None:
        return next(places(self.contract, path.removeprefix(self.base_path)), None)

    def led_to(self, exchanges: Iterable[Exchange]) -> tuple[Exchange, ...]:
        """Return the exchanges that made the records which these requests name."""
        requests = [curl.written(each) for each in exchanges]
        used = [each for each in self.made if any(curl.uses(each.id, request) for request in requests)]
        return tuple(exchange for loan in used for exchange in loan.exchanges)
