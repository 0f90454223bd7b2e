"""Finishes what an interrupted run could not: deletes the records in the ledgers it left."""

from collections.abc import Callable, Iterator
from pathlib import Path

from conformance import creations, ledger
from conformance.budget import Budget
from conformance.client import Http, connect
from conformance.guard import Guard
from conformance.ledger import InUse, Ledger
from conformance.outcome import Outcome
from conformance.result import Residue
from conformance.suite import Suite
from conformance.target import Target
from conformance.target_values import TargetError
from conformance.tidying import Tidying
from conformance.usage import Usage

Find = Callable[[Ledger], tuple[Suite, Target]]


def clean(where: Path, find: Find) -> Iterator[tuple[str, bool]]:
    """Go through the ledgers in the folder, delete what they hold, and say of each how that went, and whether
    it is done with.

    `find` returns the suite and the target of a ledger. One that cannot be used keeps no other from being
    cleaned up; that of a run that is still going is no business of ours.
    """
    for file in ledger.files(where):
        try:
            book = ledger.taken(file)
        except InUse:
            yield f"{file} is passed over: its run is still going, and cleans up itself", True
        except FileNotFoundError:
            continue  # its run has just cleaned up
        except (OSError, ValueError) as reason:
            yield str(reason), False
        else:
            yield emptied(book, find)


def emptied(book: Ledger, find: Find) -> tuple[str, bool]:
    """Delete what a ledger holds, and say how that went."""
    count = len(book.left)
    try:
        residue = [f"{each.path}: {each.reason}" for each in finish(book, *find(book))] if count else []
    except (Outcome, TargetError, Usage) as reason:
        residue = [str(reason)]
    finally:
        book.close()
    said = f"{book.api} at {book.base_url}: {count - len(book.left)} of {count} records deleted"
    return "\n  ".join([said, *residue]), not book.left


def finish(book: Ledger, suite: Suite, target: Target) -> tuple[Residue, ...]:
    """Delete the records of one ledger."""
    with connect(target) as connection:
        budget = Budget(rate=target.limits.rate)
        http = Http(target, connection, suite.base_path, authorize=suite.authorize, budget=budget)
        series = suite.series(target) if suite.series else None
        tidying = Tidying(http, creations.of(suite.base_path, suite.contract()), book, series)
        http.guard = Guard(observers=(tidying.observe,))
        return tidying.finish()
