"""Keeps account of what a run creates, whichever layer does, and deletes it: nothing stays behind unsaid."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from conformance.client import Http
from conformance.creations import Creations, attempt, of, path_of, record
from conformance.exchange import Exchange
from conformance.guard import Guard, Observer
from conformance.lasting import NO_MEANS
from conformance.ledger import Attempt, Ledger, Record
from conformance.lost import Search, fields, names
from conformance.masking import excerpt
from conformance.outcome import Outcome
from conformance.reply import Reply
from conformance.result import Residue
from conformance.series import Series
from conformance.shadow import is_refused
from conformance.suite import Suite

MOST_NAMED = 8  # of the creations of a kind that got no reply
LONGEST_BODY = 60  # of one of them
REFUSED = (401, 403)
GONE = (400, 404, 410)  # what a record that does not exist is answered with
AGAIN = "`conformance cleanup` tries again"
PERHAPS_ANOTHERS = (
    "its deletion was granted, and something is still there: it, or what was given its number since, which "
    "may be somebody else's and is not deleted"
)
REST_OF_SERIES = "it was deleted alone, and others of its series may be left, which have no name of the run's"


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
    search: Search
    series: Series | None = None
    residue: dict[str, Residue] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    refused: dict[str, Attempt] = field(default_factory=dict)  # by names that only they gave
    unfindable: Counter[str] = field(default_factory=Counter)  # of those without, by their collections
    stored: bool = False  # whether a reply showed the name of a refused one
    found: int = 0  # records that no reply had named

    def announce(self, request: Exchange) -> None:
        """Note a creation that is about to be sent.

        Raises:
            Broken: it cannot be noted.
        """
        if self.creations.makes(request):
            self.ledger.attempted(self._attempt(request))

    def observe(self, exchange: Exchange) -> None:
        """Note what the exchange created, made a series of, or deleted."""
        series = self.series is not None and self.series.makes(exchange)
        known = self.ledger.left.get(exchange.path)
        if series and known:
            self.ledger.created(replace(known, series=True))
        if known and exchange.method == "DELETE" and exchange.status // 100 == 2:
            whole = self.series is not None and self.series.is_deleted_whole(exchange)
            self.ledger.created(replace(known, deleted=True, series=known.series and not whole))
            self.deleted.add(exchange.path)
        for path in self.creations.created(exchange):
            made = record(path, exchange, self.http.target, self.http.authorize)
            self.ledger.created(
                replace(made, series=series, body=self._attempt(exchange).body if series else "")
            )
            self.deleted.discard(path)
        for path in self.creations.left(exchange):
            made = record(path, exchange, self.http.target, self.http.authorize)
            self.ledger.created(replace(made, lasting=True))
        if self.creations.makes(exchange) and not self.creations.unnamed(exchange):
            self.ledger.settled(self._attempt(exchange))
        self._doubt_refusals(exchange)

    def is_deleted(self, path: str) -> bool:
        """Say whether the deletion of the record at a path was granted, since it was created."""
        return path in self.deleted

    def after(self, exchanges: Iterable[Exchange]) -> None:
        """Delete what these exchanges created, unless it is gone already."""
        made = (self.creations.created, self.creations.left)
        paths = {path for each in exchanges for read in made for path in read(each)}
        self._delete([each for path, each in self.ledger.left.items() if path in paths])

    def finish(self) -> tuple[Residue, ...]:
        """Delete everything that is left, the newest first, and say what could not be.

        When several requests in a row get no reply the rest stays in the ledger.
        """
        self.http.guard.try_again()
        self._delete(reversed(list(self.ledger.left.values())))
        self._delete_refused()
        perhaps = (*self._perhaps(), *self._hidden())
        self.ledger.close()
        return (*self.residue.values(), *perhaps)

    def _doubt_refusals(self, exchange: Exchange) -> None:
        """Note a creation that was refused, if what it made all the same can be found, and a reply that shows
        such a record.
        """
        if self.creations.makes(exchange) and is_refused(exchange):
            refused = self._attempt(exchange)
            if not self._can_find(refused):
                self.unfindable[refused.path] += 1
            else:
                self.refused |= dict.fromkeys(names(fields(refused.body), self.search.mark).values(), refused)
        elif exchange.method == "GET" and not self.stored:
            self.stored = any(name.encode() in exchange.reply_body for name in self.refused)

    def _delete_refused(self) -> None:
        """Delete what creations stored though they were refused, where a reply showed such a record."""
        for refused in self.refused.values() if self.stored else ():
            with suppress(Outcome):
                found = self._found(refused, by_name=True)
                self._take(found)
                self._delete(found)

    def _hidden(self) -> Iterator[Residue]:
        """Go through the collections that may hold more records of refused creations, which had no name."""
        for path, count in self.unfindable.items() if self.stored else ():
            reason = (
                f"{count} creations without a name of the run's were refused, and may have been stored too"
            )
            yield Residue(f"POST {path}", reason)

    def _perhaps(self) -> Iterator[Residue]:
        """Delete what creations without a reply certainly made; go through the collections that may hold more
        of the kind, which nobody can tell from other records.
        """
        missing = [each for each in self._missing() if each[1]]
        for path in sorted({each.path for each, _, _ in missing}):
            here = [each for each in missing if each[0].path == path]
            total = sum(count for _, count, _ in here)
            counted = f"{total} creations" if total > 1 else "a creation"
            made = self._told([each for each, _, _ in here])
            unread = next((why for _, _, why in here if why), "")
            reason = f"{counted} got no reply with a usable id: look for {made}"
            yield Residue(f"POST {path}", reason + (f" ({unread}; {AGAIN})" if unread else ""))

    def _told(self, attempts: Sequence[Attempt]) -> str:
        """Return what the records of creations are to be looked for by: one by all that was sent, several by
        their names where they have such, and no more of them than a reader takes in.
        """
        if len(attempts) == 1:
            return f"a record made with {excerpt(attempts[0].body, {})}"
        more = f" and {len(attempts) - MOST_NAMED} more" if len(attempts) > MOST_NAMED else ""
        return f"records made with {'; '.join(map(self._name, attempts[:MOST_NAMED]))}{more}"

    def _name(self, this: Attempt) -> str:
        own = names(fields(this.body), self.search.mark)
        return ", ".join(own.values()) or excerpt(this.body, {}, LONGEST_BODY)

    def _missing(self) -> Iterator[tuple[Attempt, int, str]]:
        """Look for what each creation without a reply made, and delete it; tell of how many nothing was
        found, and why it could not be looked for.
        """
        for this, count in Counter(self.ledger.attempts.values()).items():
            try:
                found = self._found(this)
            except Outcome as reason:
                yield this, count, str(reason)
                continue
            self._take(found)
            for _ in range(count):
                self.ledger.settled(this)
            self._delete(found)
            yield this, max(0, count - len(found)), ""

    def _take(self, found: Iterable[Record]) -> None:
        """Note records that no reply had named."""
        for each in found:
            self.ledger.created(each)
            self.found += 1

    def _can_find(self, this: Attempt) -> bool:
        return self.creations.can_be_deleted(this.path) and self.search.can_find(fields(this.body))

    def _attempt(self, exchange: Exchange) -> Attempt:
        return attempt(exchange, self.http.target, self.http.authorize)

    def _found(self, this: Attempt, *, by_name: bool = False) -> list[Record]:
        """Return the records, not known yet, that a creation certainly made; of one that was refused the name
        alone tells, for the rest may be stored otherwise than it was sent.

        Raises:
            Outcome: it cannot be looked for them.
        """
        sent = fields(this.body)
        if not self._can_find(this):
            return []
        granted = Exchange("POST", this.path, (), this.body.encode(), 200)
        series = self.series is not None and self.series.makes(granted)
        paths = [
            path_of(this.path, id_) for id_ in self.search.found(sent, this.actor, by_name=by_name or series)
        ]
        new = [each for each in paths if each not in self.ledger.left]
        return [Record(each, this.actor, series=series, body=this.body if series else "") for each in new]

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
        """Delete a record, unless it is known to be gone, and look whether it is; say what is left of it."""
        try:
            if this.deleted or this.lasting:
                left = self._seen(this, self._sent("GET", this))
                if left is not None:
                    return left
            status, seen = self._sent("DELETE", this).status, self._sent("GET", this)
        except Outcome as reason:
            return Left(f"{reason}; {AGAIN}", again=True)
        if seen.ok:
            return Left(f"DELETE was answered with {status}, and it is still there", again=True)
        if seen.status not in GONE and status // 100 != 2:
            return Left(f"DELETE was answered with {status}", again=True)
        return Left(self.series.unknown if self.series and this.series else "")

    def _seen(self, this: Record, seen: Reply) -> Left | None:
        """Return what is left of a record that cannot be deleted, or whose deletion was granted; None where a
        DELETE has to be sent.

        Some deployments refuse what does not exist as they refuse what is somebody else's: after a deletion
        that was granted, a refusal says that the record is gone. Some give a number again: what is there then
        is the run's only where it shows a name that nobody else gives.
        """
        if seen.status in GONE or (this.deleted and seen.status in REFUSED):
            return self._rest(this) if this.series else Left()
        if this.lasting:
            return Left(NO_MEANS)
        if not seen.ok:
            return Left(f"its deletion was granted, and GET is answered with {seen.status}", again=True)
        is_own = self.search.is_own(seen.exchange.reply_json())
        return None if is_own else Left(PERHAPS_ANOTHERS, again=True)

    def _rest(self, this: Record) -> Left:
        """Delete what is left of a series of which one session was deleted; say what may be left."""
        creation = Attempt(this.path.rpartition("/")[0], this.actor, this.body)
        found = self._found(creation)
        self._take(found)
        self._delete(found)
        return Left("" if self._can_find(creation) else REST_OF_SERIES)

    def _sent(self, method: str, this: Record) -> Reply:
        """Send a request for a record as whoever created it."""
        actor = this.actor if this.actor in self.http.target.actors else None
        path = this.path.removeprefix(self.http.base_path)
        if method == "DELETE" and this.series and self.series:
            how = self.series
            return self.http.request(method, path, actor=actor, query=how.query, body=how.body)
        return self.http.request(method, path, actor=actor)


def patient(observers: tuple[Observer, ...]) -> Guard:
    """Return the guard of a clean-up, which gives up when several requests in a row got no reply."""
    return Guard(observers=observers, trouble=lambda: "no reply came")


def tidying(suite: Suite, http: Http, ledger: Ledger) -> Tidying:
    """Return what keeps account of the creations of one API in a ledger."""
    candidates = partial(suite.candidates, suite.client(http)) if suite.candidates else None
    search = Search(ledger.mark, candidates, suite.alike)
    series = suite.series(http.target) if suite.series else None
    return Tidying(http, of(suite.base_path, suite.contract()), ledger, search, series)
