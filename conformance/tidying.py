"""Keeps account of what a run creates, whichever layer does, and deletes it: nothing stays behind unsaid."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from conformance.client import Http
from conformance.creations import Creations, record
from conformance.exchange import Exchange
from conformance.ledger import Ledger, Record
from conformance.outcome import Outcome
from conformance.result import Residue

GONE = (400, 404, 410)  # what a record that does not exist is answered with


@dataclass(slots=True)
class Tidying:
    """Notes creations in the ledger, and deletes what is left, through an `http` of its own."""

    http: Http
    creations: Creations
    ledger: Ledger
    residue: dict[str, Residue] = field(default_factory=dict)

    def observe(self, exchange: Exchange) -> None:
        """Note what the exchange created."""
        for path in self.creations.created(exchange):
            self.ledger.created(record(path, exchange, self.http.target, self.http.authorize))

    def after(self, exchanges: Iterable[Exchange]) -> None:
        """Delete what these exchanges created, unless it is gone already."""
        paths = {path for each in exchanges for path in self.creations.created(each)}
        self._delete([each for path, each in self.ledger.left.items() if path in paths])

    def finish(self) -> tuple[Residue, ...]:
        """Delete everything that is left, the newest first, and say what could not be."""
        self._delete(reversed(list(self.ledger.left.values())))
        self.ledger.close()
        return tuple(self.residue.values())

    def _delete(self, records: Iterable[Record]) -> None:
        for each in list(records):
            problem = self._deleted(each)
            if problem:
                self.residue[each.path] = Residue(each.path, problem)
            else:
                self.residue.pop(each.path, None)
                self.ledger.gone(each.path)

    def _deleted(self, this: Record) -> str:
        """Delete a record, unless it is gone, and look whether it is; return what went wrong."""
        try:
            if self._sent("GET", this) in GONE:
                return ""
            status = self._sent("DELETE", this)
            shown = self._sent("GET", this)
        except Outcome as reason:
            return str(reason)
        if shown // 100 == 2:
            return f"DELETE was answered with {status}, and it is still there"
        return "" if shown in GONE or status // 100 == 2 else f"DELETE was answered with {status}"

    def _sent(self, method: str, this: Record) -> int:
        """Send a request for a record as whoever created it; return the status."""
        actor = this.actor if this.actor in self.http.target.actors else None
        return self.http.request(method, this.path.removeprefix(self.http.base_path), actor=actor).status
