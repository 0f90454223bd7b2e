"""Tests of `mock_server.journal`: entries, and the bound that all journals of a server share."""

import gc
import tracemalloc

from mock_server.changes import Change
from mock_server.errors import BodyTooLarge, InvalidRequest, Refused, UnknownPath
from mock_server.journal import Condition, Journal, JournalBudget
from tests.mock_server.journals import entry

KIB = 1024


def filled(budget: JournalBudget, count: int, size: int = KIB) -> Journal:
    """A journal that was given `count` entries with bodies of `size` bytes."""
    journal = Journal(budget)
    for ordinal in range(1, count + 1):
        journal.record(entry(ordinal=ordinal, body=bytes(size)))
    return journal


def test_entries_are_kept_in_order() -> None:
    """A journal gives its entries oldest first, and each by its number."""
    journal = filled(JournalBudget(100 * KIB), 3)

    assert [each.ordinal for each in journal] == [1, 2, 3]
    assert journal.find(2) is list(journal)[1]
    assert journal.find(4) is None


def test_later_entries_are_found_from_the_end() -> None:
    """Who has seen a journal up to a request gets what came since, or the latest of it."""
    journal = filled(JournalBudget(100 * KIB), 5)

    assert journal.latest == 5
    assert [each.ordinal for each in journal.after(3, 10)] == [4, 5]
    assert [each.ordinal for each in journal.after(0, 2)] == [4, 5]
    assert (journal.after(5, 10), Journal(JournalBudget(KIB)).latest) == ([], 0)


def test_the_oldest_entries_make_room() -> None:
    """At the bound the oldest entries go, and the journal says how many went."""
    journal = filled(JournalBudget(100 * KIB), 500)

    assert journal.size <= 100 * KIB
    assert [each.ordinal for each in journal][-1] == 500
    assert journal.forgotten == 500 - len(journal)


def test_an_entry_that_never_fits_empties_its_journal_only() -> None:
    """A body larger than the whole bound is not kept, and nothing breaks."""
    budget = JournalBudget(10 * KIB)
    journal = filled(budget, 1, size=100 * KIB)

    assert (len(journal), budget.used) == (0, 0)


def test_a_flood_in_one_journal_spares_the_others() -> None:
    """The largest journal makes room, so a quiet world keeps its few entries."""
    budget = JournalBudget(100 * KIB)
    quiet = filled(budget, 2)
    filled(budget, 1000)

    assert len(quiet) == 2
    assert budget.used <= 100 * KIB


def test_many_journals_together_stay_within_the_bound() -> None:
    """The bound is one for all: new worlds do not add to it."""
    budget = JournalBudget(200 * KIB)
    journals = [filled(budget, 100) for _ in range(50)]

    assert sum(journal.size for journal in journals) == budget.used <= 200 * KIB


def test_a_closed_journal_gives_its_room_back() -> None:
    """Once its world is gone a journal holds nothing and takes nothing."""
    budget = JournalBudget(100 * KIB)
    journal = filled(budget, 10)
    journal.close()
    journal.record(entry())

    assert (len(journal), budget.used) == (0, 0)


def test_without_a_bound_nothing_is_kept() -> None:
    """A bound of 0 switches the journal off."""
    journal = filled(JournalBudget(0), 3)

    assert (len(journal), journal.is_open) == (0, False)


def test_the_bound_holds_for_memory_as_python_counts_it() -> None:
    """What the entries really take is about what the bound says, whatever they consist of."""
    tracemalloc.start()
    try:
        journal = Journal(JournalBudget(2 * KIB * KIB))
        for ordinal in range(3000):
            document = {"id": str(ordinal), "data": {str(n): str(n) * 5 for n in range(20)}}
            change = Change("viben.sessions", str(ordinal), None, document)
            headers = [(b"x-%d" % n, b"%d" % (n * ordinal)) for n in range(8)]
            body = str(ordinal).encode() * 50
            journal.record(entry(ordinal=ordinal, headers=headers, body=body, changes=[change]))
        gc.collect()
        used = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()

    assert journal.forgotten > 0
    assert used < 2 * journal.size


def test_a_condition_tells_who_raised_it() -> None:
    """The kind of a condition says which part of the mock ended the request."""
    errors = (Refused("no"), UnknownPath("?"), BodyTooLarge(1), KeyError("bug"))

    assert [Condition.of(error).kind for error in errors] == ["rule", "routing", "validation", "mock"]


def test_a_condition_points_at_the_culprit() -> None:
    """The pointers of an invalid request come along."""
    error = InvalidRequest("id: is required", pointer="/id", schema_pointer="/paths/x")

    assert Condition.of(error).errors == (
        {"pointer": "/id", "detail": "id: is required", "schemaPointer": "/paths/x"},
    )


def test_the_target_is_what_the_client_asked_for() -> None:
    """With the prefixes that led to the API, and the query where there is one."""
    asked = entry(prefix="/viben", path="/api", query=b"a=1")

    assert (asked.target, asked._replace(query=b"").target) == ("/viben/api?a=1", "/viben/api")
