"""Finishes what an interrupted run could not: deletes the records in the ledgers it left."""

from collections.abc import Callable, Iterator
from pathlib import Path

from conformance import creations, ledger
from conformance.budget import Budget
from conformance.client import Http, connect
from conformance.guard import Guard
from conformance.ledger import Ledger
from conformance.outcome import Broken
from conformance.result import Residue
from conformance.suite import Suite
from conformance.target import Target
from conformance.tidying import Tidying

Find = Callable[[Ledger], tuple[Suite, Target]]


def clean(where: Path, find: Find) -> Iterator[tuple[str, bool]]:
    """Go through the ledgers in the folder, delete what they hold, and say of each how that went.

    `find` returns the suite and the target of a ledger.
    """
    for book in ledger.unfinished(where):
        count = len(book.left)
        suite, target = find(book)
        try:
            residue = [f"{each.path}: {each.reason}" for each in finish(book, suite, target)]
        except Broken as reason:
            residue = [str(reason)]
        said = f"{book.api} at {book.base_url}: {count - len(book.left)} of {count} records deleted"
        yield "\n  ".join([said, *residue]), not book.left


def finish(book: Ledger, suite: Suite, target: Target) -> tuple[Residue, ...]:
    """Delete the records of one ledger."""
    with connect(target) as connection:
        budget = Budget(rate=target.limits.rate)
        http = Http(target, connection, suite.base_path, authorize=suite.authorize, budget=budget)
        series = suite.series(target) if suite.series else None
        tidying = Tidying(http, creations.of(suite.base_path, suite.contract()), book, series)
        http.guard = Guard(observers=(tidying.observe,))
        return tidying.finish()
