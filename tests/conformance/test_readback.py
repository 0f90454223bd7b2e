"""What is read back of generated requests: the records of the run, after every write, within the budget."""

from collections.abc import Iterator
from contextlib import contextmanager

from conformance import creations
from conformance.apis.viben import SUITE
from conformance.budget import Budget
from conformance.client import connect
from conformance.exchange import Exchange
from conformance.readback import ReadBack
from conformance.target import Target
from tests.foreign.viben import Viben, serving

BASE = "/api/sessions"


@contextmanager
def reading(budget: Budget) -> Iterator[tuple[ReadBack, str, list[Exchange]]]:
    """Read back from a server with one session; yield its path, and what was read."""
    server, seen = Viben(), list[Exchange]()
    with serving(server) as url, connect(Target(url)) as connection:
        contract = SUITE.contract()
        made = creations.of(SUITE.base_path, contract)
        this = ReadBack(SUITE, contract, made, Target(url), connection, budget, seen.append, on=True)
        _, session = server.create({"agent_id": "CLAUDE_CODE"})
        this.observe(written("POST", BASE, b'{"id": "%s"}' % session["id"].encode()))
        yield this, f"{BASE}/{session['id']}", seen


def written(method: str, path: str, reply: bytes = b"", status: int = 200) -> Exchange:
    """Return a request that was answered."""
    return Exchange(method, path, (), None, status, (), reply)


def test_what_was_written_is_read() -> None:
    """The record is read after its creation, a change, a refusal and what is done below its path."""
    with reading(Budget()) as (this, path, seen):
        for exchange in (written("PATCH", path), written("POST", f"{path}/message", status=400)):
            this.observe(exchange)

    assert [(each.method, each.path, each.status) for each in seen] == [("GET", path, 200)] * 3


def test_every_second_new_record_is_read() -> None:
    """The one made at first was; of four more, the second and the fourth are."""
    with reading(Budget()) as (this, path, seen):
        for number in range(4):
            this.observe(written("POST", BASE, b'{"id": "new-%d"}' % number))

    assert [each.path for each in seen] == [path, f"{BASE}/new-1", f"{BASE}/new-3"]


def test_a_deletion_shows_in_the_list() -> None:
    """After it the record and the list are read."""
    with reading(Budget()) as (this, path, seen):
        this.observe(written("DELETE", path, status=204))

    assert [each.path for each in seen] == [path, path, BASE]


def test_reads_and_the_records_of_others_are_left_alone() -> None:
    """A read changes nothing, and what the run did not create is nobody's to look at."""
    with reading(Budget()) as (this, path, seen):
        for exchange in (written("GET", path), written("PATCH", f"{BASE}/other"), written("DELETE", "/else")):
            this.observe(exchange)

    assert len(seen) == 1


def test_scripts_read_for_themselves() -> None:
    """While it is off, creations are noted and nothing is read."""
    with reading(Budget()) as (this, path, seen):
        this.on = False
        this.observe(written("PATCH", path))

    assert len(seen) == 1


def test_reading_back_is_paid_from_the_budget() -> None:
    """Every read counts, and none is sent beyond the limit."""
    budget = Budget(max_requests=2)
    with reading(budget) as (this, path, seen):
        for _ in range(3):
            this.observe(written("PATCH", path))

    assert (len(seen), budget.spent) == (2, 2)
