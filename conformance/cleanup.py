"""Finishes what an interrupted run could not: deletes the records in the ledgers it left."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from conformance import ledger
from conformance.budget import Budget
from conformance.client import Http, connect
from conformance.lasting import NO_MEANS
from conformance.ledger import InUse, Ledger
from conformance.outcome import Outcome
from conformance.result import Residue, masked_residue
from conformance.suite import Suite
from conformance.target import Target
from conformance.target_values import TargetError
from conformance.tidying import patient, tidying
from conformance.usage import Usage

Find = Callable[[Ledger], tuple[Suite, Target]]


@dataclass(frozen=True, slots=True)
class Done:
    """What a clean-up could not delete, and how many records it found that the ledger did not name."""

    residue: tuple[Residue, ...] = ()
    found: int = 0


def clean(where: Path, find: Find) -> Iterator[tuple[str, bool]]:
    """Go through the ledgers in the folder, delete what they hold, and say of each how that went, and whether
    nothing is left.

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
    known, done = len(book.left), Done()
    try:
        done = done if book.is_empty else finish(book, *find(book))
        residue = [f"{each.path}: {each.reason}" for each in done.residue]
    except (Outcome, TargetError, Usage) as reason:
        residue = [str(reason)]
    finally:
        book.close()
    count = known + done.found
    stay = len(book.left) + sum(each.reason == NO_MEANS for each in done.residue)
    said = f"{book.api} at {book.base_url}: {count - stay} of {count} records deleted"
    return "\n  ".join([said, *residue]), not residue


def finish(book: Ledger, suite: Suite, target: Target) -> Done:
    """Delete the records of one ledger."""
    with connect(target) as connection:
        budget = Budget(rate=target.limits.rate)
        http = Http(target, connection, suite.base_path, authorize=suite.authorize, budget=budget)
        this = tidying(suite, http, book)
        http.guard = patient((this.observe,))
        residue = tuple(masked_residue(each, target.secrets) for each in this.finish())
        return Done(residue, this.found)
