"""A list of Deep Work Zone as the shadow model sees it: what is in it wrongly, and what is missing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from conformance.apis.deepworkzone.client import is_number, unwrapped
from conformance.apis.deepworkzone.facts import KEPT, Known, day_of, differing, flag_of
from conformance.apis.deepworkzone.likeness import NOTHING, minutes
from conformance.apis.deepworkzone.narrowing import ASSUMED, DAYS, DOCUMENTED, Filters
from conformance.apis.deepworkzone.sightings import another, is_hidden, path
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import Json, caller_of, query_of, suspicion

FEW = 8  # a longer list may be one page of more if its length is round
ROUND = (4, 5)
PAGING = ("page", "next", "cursor", "total", "links", "meta")
SURE = frozenset(("DWZ-UPDATE-01", *KEPT.values()))
FOLLOWING = ("name", "type", "schedule")  # what a list must find a session under after an update

Sessions = Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that could be read: who asked, with which filters, and whether it may be a page of more."""

    exchange: Exchange
    entries: Sequence[Json]
    ids: Sequence[str]
    filters: Filters | None
    whole: bool

    @property
    def caller(self) -> str:
        """Who asked."""
        return caller_of(self.exchange)

    def suspicions(self, known: Sessions) -> Iterator[Suspicion]:
        """Compare the list with its filters, and with what is known of sessions."""
        for id_, each in zip(self.ids, self.entries, strict=True):
            if id_ in known or (self.filters and self.filters.sent):
                yield from self._entry(id_, each, known.get(id_))
        yield from self._twice(known)
        if self.filters is not None:
            yield from self._order()
            yield from self._organizations(self.filters)
            for id_ in known.keys() - set(self.ids) if self.whole else ():
                yield from self._missing(id_, known[id_], self.filters, known)

    def _entry(self, id_: str, entry: Json, known: Known | None) -> Iterator[Suspicion]:
        """Compare one entry with the filters and with what is known of it."""
        if known and known.gone:
            if known.single:
                yield suspicion("DWZ-DELETE-02", path(id_), "no deleted session", entry, *known.evidence)
            return
        if self.filters is not None:
            yield from self._passes(id_, self._facts(entry, known), self.filters)
        if known:
            yield from self._known(id_, entry, known)

    def _passes(self, id_: str, facts: Json, filters: Filters) -> Iterator[Suspicion]:
        """Expect an entry to pass every filter."""
        for name, value in filters.sent.items():
            requirement = DOCUMENTED[name]
            if filters.documented(name, facts) is not False:
                if name not in ASSUMED or filters.assumed(name, facts) is not False:
                    continue
                requirement = ASSUMED[name]
            shown = {key: facts[key] for key in facts if key in KEPT or key in ("org_id", "status")}
            yield suspicion(requirement, path(id_), f"no session in a list with {name}={value}", shown)

    def _facts(self, entry: Json, known: Known | None) -> Json:
        """Return what an entry shows, whether it is no part of a series, and whether it is the caller's."""
        single = known.single if known else False
        if "is_recurring" in entry:
            single = flag_of(entry["is_recurring"]) is False
        facts = {**entry, "single": single, "own": self._is_own(known)}
        if known and known.parts:  # who has completed may find it done before it is
            facts.pop("status", None)
        return facts

    def _is_own(self, known: Known | None) -> bool | None:
        """Say whether the caller made a session; whoever takes part may find it among the own ones, too."""
        if known is None or (self.caller in known.parts and self.caller != known.maker):
            return None
        own = self.caller == known.maker
        return own if own or known.value("collaborator") in NOTHING else None

    def _known(self, id_: str, entry: Json, known: Known) -> Iterator[Suspicion]:
        """Compare an entry with what is known of the session."""
        if self.caller != known.maker and is_hidden(known):
            expected = "a private session shown to its owner only"
            yield suspicion("DWZ-LIST-06", path(id_), expected, entry, *known.evidence)
        if self.caller != known.maker:
            return  # others may be shown less
        for name, expect in differing(known.fields, entry):
            if name in FOLLOWING and expect.requirement == "DWZ-UPDATE-01":
                expected = f"{name} {expect.value!r} since the update"
                yield suspicion("DWZ-UPDATE-05", path(id_), expected, entry, *known.evidence)
        other = another(known.shown, entry)
        if known.shown and other:
            expected = f"{other} {known.shown[other]!r} as the session shows it"
            yield suspicion("DWZ-LIST-02", path(id_), expected, entry, *known.evidence)

    def _twice(self, known: Sessions) -> Iterator[Suspicion]:
        """Expect a session that does not recur once."""
        for id_, count in Counter(self.ids).items():
            session = known.get(id_)
            if count > 1 and session and session.single:
                yield suspicion("DWZ-LIST-01", path(id_), "one entry", count, *session.evidence)

    def _order(self) -> Iterator[Suspicion]:
        """Expect the list to go by day and time of day."""
        for (first, above), (second, below) in pairwise(
            zip(moments(self.entries), self.entries, strict=True)
        ):
            if first and second and first > second:
                expected = f"none after {above.get('schedule')} {above.get('time')} that is earlier"
                yield suspicion("DWZ-LIST-03", path(below["id"]), expected, below)
                return

    def _organizations(self, filters: Filters) -> Iterator[Suspicion]:
        """Expect the sessions of one organisation where none is named."""
        shown = {each["org_id"]: each for each in self.entries if isinstance(each.get("org_id"), int)}
        if "org_id" not in filters.sent and len(shown) > 1:
            found = [each["id"] for each in shown.values()]
            yield suspicion("DWZ-ORG-07", path(found[-1]), "sessions of one organisation", list(shown))

    def _missing(self, id_: str, session: Known, filters: Filters, known: Sessions) -> Iterator[Suspicion]:
        """Miss a known session that passes every filter."""
        if session.gone or not session.single or not self._is_meant(session, filters, known):
            return
        requirement = self._at_stake(session, filters)
        if requirement:
            expected = f"in the list with {dict(filters.sent) or 'no filter'}"
            yield suspicion(
                requirement, path(id_), expected, f"{len(self.entries)} others", *session.evidence
            )

    def _is_meant(self, session: Known, filters: Filters, known: Sessions) -> bool:
        """Say whether the list is about the session's organisation, and the caller must see it there."""
        asked = filters.sent.get("org_id")
        own = session.maker == self.caller
        if asked is None or session.org_id is None:
            return own and asked is None and session.org_id is None
        members = {each.maker for each in known.values() if each.org_id == session.org_id}
        is_public = flag_of(sure(session).get("is_public")) is True
        return asked == str(session.org_id) and (own or (is_public and self.caller in members))

    def _at_stake(self, session: Known, filters: Filters) -> str | None:
        """Return the requirement by which the list must hold the session, None where nothing says so."""
        own = session.maker == self.caller
        names = [name for name in filters.narrowing if name != "org_id"]
        facts = {**sure(session), "single": True, "own": self._is_own(session)}
        if all(filters.documented(name, facts) for name in names) and self._reaches(facts, names):
            single = [DOCUMENTED[name] for name in names] or ["DWZ-LIST-01"]
            return "DWZ-ORG-01" if not own else single[0] if len(single) == 1 else "DWZ-FILTER-09"
        facts |= {name: each.value for name, each in session.fields.items()}
        exact = [ASSUMED[name] for name in names if name in ASSUMED]
        return exact[0] if exact and all(filters.assumed(name, facts) for name in names) else None

    def _reaches(self, facts: Json, names: Sequence[str]) -> bool:
        """Say whether the list is about the session's day: by a filter, or for it shows days around it."""
        if any(name in DAYS for name in names):
            return True
        day = day_of(facts.get("schedule"))
        days = [shown for each in self.entries if (shown := day_of(each.get("schedule")))]
        return day is not None and bool(days) and min(days) <= day <= max(days)


def listing_of(exchange: Exchange) -> Listing | None:
    """Return a list, None where it cannot be read."""
    body = exchange.reply_json()
    found = unwrapped(body)
    if found is None or not all(is_number(each.get("id")) for each in found):
        return None
    query = query_of(exchange, DOCUMENTED)
    whole = len(found) < FEW or all(len(found) % each for each in ROUND)
    filters = None if query is None else Filters(query)
    numbers = [str(each["id"]) for each in found]
    return Listing(exchange, found, numbers, filters, whole and not tells_of_pages(body))


def tells_of_pages(body: Any) -> bool:
    """Say whether the envelope of a list speaks of pages."""
    if not isinstance(body, dict):
        return False
    spoken = any(each in name.lower() for name, value in body.items() if value is not None for each in PAGING)
    return spoken or tells_of_pages(body.get("data"))


def sure(session: Known) -> Json:
    """Return the fields of a session that the document leaves no doubt about."""
    return {name: each.value for name, each in session.fields.items() if each.requirement in SURE}


def moments(entries: Sequence[Json]) -> list[tuple[date, int] | None]:
    """Return day and minute of each entry, None where they cannot be read; each text is read once."""
    days = {text: day_of(text) for text in texts(entries, "schedule")}
    times = {text: minutes(text) for text in texts(entries, "time")}
    found = [(days.get(str(each.get("schedule"))), times.get(str(each.get("time")))) for each in entries]
    return [None if day is None or minute is None else (day, minute) for day, minute in found]


def texts(entries: Sequence[Json], name: str) -> set[str]:
    """Return the texts that entries show in a field."""
    return {each[name] for each in entries if isinstance(each.get(name), str)}
