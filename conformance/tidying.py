"""Keeps account of what a run creates, whichever layer does, and deletes it: nothing stays behind unsaid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from conformance.client import Http
from conformance.creations import Creations, record
from conformance.exchange import Exchange
from conformance.expect import shown
from conformance.lasting import NO_MEANS
from conformance.ledger import Ledger, Record
from conformance.masking import mask
from conformance.outcome import Outcome
from conformance.result import Residue
from conformance.series import Series

REFUSED = (401, 403)
GONE = (400, 404, 410)  # what a record that does not exist is answered with


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a record, if there is a reason, and whether to try again later."""

    reason: str = ""
    again: bool = False


@dataclass(slots=True)
class Tidying:
    """Notes creations in the ledger, and deletes what is left, through an `http` of its own."""

    http: Http
    creations: Creations
    ledger: Ledger
    series: Series | None = None
    residue: dict[str, Residue] = field(default_factory=dict)
    unnamed: list[Exchange] = field(default_factory=list)

    def observe(self, exchange: Exchange) -> None:
        """Note what the exchange created, made a series of, or deleted."""
        series = self.series is not None and self.series.makes(exchange)
        known = self.ledger.left.get(exchange.path)
        if series and known:
            self.ledger.created(replace(known, series=True))
        if known and exchange.method == "DELETE" and exchange.status // 100 == 2:
            self.ledger.created(replace(known, deleted=True))
        for path in self.creations.created(exchange):
            made = record(path, exchange, self.http.target, self.http.authorize)
            self.ledger.created(replace(made, series=series))
        if self.creations.unnamed(exchange):
            self.unnamed.append(exchange)
        for path in self.creations.left(exchange):
            made = record(path, exchange, self.http.target, self.http.authorize)
            self.ledger.created(replace(made, lasting=True))

    def after(self, exchanges: Iterable[Exchange]) -> None:
        """Delete what these exchanges created, unless it is gone already."""
        made = (self.creations.created, self.creations.left)
        paths = {path for each in exchanges for read in made for path in read(each)}
        self._delete([each for path, each in self.ledger.left.items() if path in paths])

    def finish(self) -> tuple[Residue, ...]:
        """Delete everything that is left, the newest first, and say what could not be."""
        self._delete(reversed(list(self.ledger.left.values())))
        self.ledger.close()
        return (*self.residue.values(), *self._perhaps())

    def _perhaps(self) -> Iterator[Residue]:
        """Go through the collections that may hold records which no reply named; nobody can delete those."""
        for path in sorted({each.path for each in self.unnamed}):
            sent = [each for each in self.unnamed if each.path == path]
            body = mask((sent[0].body or b"").decode("utf-8", "replace"), self.http.target.secrets)
            count = f"{len(sent)} creations" if len(sent) > 1 else "a creation"
            reason = f"{count} got no reply with a usable id: look for a record made with {shown(body)}"
            yield Residue(f"POST {path}", reason)

    def _delete(self, records: Iterable[Record]) -> None:
        for each in list(records):
            left = self._deleted(each)
            if left.reason:
                self.residue[each.path] = Residue(each.path, left.reason)
            else:
                self.residue.pop(each.path, None)
            if not left.again:
                self.ledger.gone(each.path)

    def _deleted(self, this: Record) -> Left:
        """Delete a record, unless it is known to be gone, and look whether it is; return what is left of it.

        Some deployments refuse what does not exist as they refuse what is somebody else's: after a deletion
        that was granted, a refusal says that the record is gone.
        """
        try:
            if this.deleted or this.lasting:
                seen = self._sent("GET", this)
                if seen in GONE or (this.deleted and not this.series and seen in REFUSED):
                    return Left()
            if this.lasting:
                return Left(NO_MEANS)
            status = self._sent("DELETE", this)
            shown = self._sent("GET", this)
        except Outcome as reason:
            return Left(str(reason), again=True)
        if shown // 100 == 2:
            return Left(f"DELETE was answered with {status}, and it is still there", again=True)
        if shown not in GONE and status // 100 != 2:
            return Left(f"DELETE was answered with {status}", again=True)
        return Left(self.series.unknown if self.series and this.series else "")

    def _sent(self, method: str, this: Record) -> int:
        """Send a request for a record as whoever created it; return the status."""
        actor = this.actor if this.actor in self.http.target.actors else None
        path = this.path.removeprefix(self.http.base_path)
        if method == "DELETE" and this.series and self.series:
            how = self.series
            return self.http.request(method, path, actor=actor, query=how.query, body=how.body).status
        return self.http.request(method, path, actor=actor).status
