"""The watcher over a shadow model: what it looks at again before it accuses anybody, and how often."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from conformance.exchange import Exchange
from conformance.model import LOOKS, Suspicion, Watcher, concerning

READ = Exchange("GET", "/sessions", headers=(), body=None, status=200)


class Suspicious:
    """A model that suspects every record of a list."""

    def __init__(self, records: int) -> None:
        self.records = records
        self.forgotten: list[str] = []
        self.transitions: Counter[str] = Counter()

    def watch(self, exchange: Exchange) -> Iterable[Suspicion]:
        """Suspect them all."""
        return [Suspicion("API-LIST-01", f"record-{n}", "one", "another") for n in range(self.records)]

    def forget(self, record: str) -> None:
        """Keep suspecting."""
        self.forgotten.append(record)


def test_a_breach_is_looked_at_again_once_however_many_records_show_it() -> None:
    """A list with forty wrong records is read again as often as one with a single wrong record."""
    again: list[Exchange] = []

    def look(exchange: Exchange) -> Exchange:
        again.append(exchange)
        return exchange

    watcher = Watcher(Suspicious(40), frozenset({"API-LIST-01"}), look)
    watcher.observe(READ)
    watcher.observe(READ)

    assert list(watcher.found) == ["API-LIST-01"]
    assert len(again) == LOOKS - 1


def test_what_is_gone_at_the_second_look_is_no_breach() -> None:
    """A deployment that was a moment late is not accused."""
    watcher = Watcher(Suspicious(1), frozenset({"API-LIST-01"}), lambda _: None)
    watcher.observe(READ)

    assert watcher.found == {}


def test_what_the_run_does_not_ask_for_is_passed_over() -> None:
    """A suspicion of another tier is neither told nor a reason to know less of its record."""
    model = Suspicious(1)
    watcher = Watcher(model, frozenset({"API-LIST-02"}), lambda each: each)
    watcher.observe(READ)

    assert watcher.found == {}
    assert model.forgotten == []


def test_a_breach_is_told_with_what_it_contradicts() -> None:
    """The reply that said otherwise is told, too, also when it is long ago; what has no part in it is not."""
    first, other, last = (replace(READ, target=f"/sessions?page={page}") for page in (1, 2, 3))
    suspicion = Suspicion("API-LIST-01", "record-1", "one", "another", earlier=(first,))

    assert concerning(suspicion, (first, other, last)) == (first, last)
    assert concerning(suspicion, (other, last)) == (first, last)
