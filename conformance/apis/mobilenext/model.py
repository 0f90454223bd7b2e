"""Mobile Next's shadow model: what one reply must have in common with all those before it.

Nobody can write here, so the model knows sessions as they were first shown. They begin, are released and may
be removed by others meanwhile, and a deployment may be a moment late: a session counts as left out only when
it shows again, and only what was there well before the run began is expected everywhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from conformance.apis.mobilenext.client import HEADER, created, is_usable
from conformance.apis.mobilenext.pages import Page, bounds, page_of
from conformance.exchange import Exchange
from conformance.expect import parsed_instant
from conformance.model import Suspicion
from conformance.shadow import Json, caller_of, header_of, is_ok, suspicion

BASE = "/api/v1/sessions"
LISTED, READ = "list_sessions", "get_session"
LASTING = {
    "organization": "MOBILENEXT-SESSION-02",
    "user": "MOBILENEXT-SESSION-03",
    "device": "MOBILENEXT-SESSION-04",
    "createdAt": "MOBILENEXT-SESSION-05",
    "releasedAt": "MOBILENEXT-SESSION-06",
}
DEVICE = ("id", "platform", "type")  # its name and its system may be changed
HIDING = (403, 404, 410)
SETTLED = timedelta(minutes=1)  # so much older than the newest session first listed, it is known everywhere
ROUNDING = timedelta(seconds=1)  # between an instant and what is shown of it


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks with which selection: all replies to it are about one organization."""

    caller: str
    selected: str


@dataclass(frozen=True, slots=True)
class Look:
    """One exchange: whose, and by which operation."""

    scope: Scope
    by: str
    exchange: Exchange


@dataclass(slots=True)
class Known:
    """A session as first shown, and the looks from which it was hidden since, with what that breaks."""

    shown: Json
    created: datetime
    first: Look
    hidden: dict[Scope, tuple[str, Look]] = field(default_factory=dict)


@dataclass(slots=True)
class MobileNextModel:
    """Watches sessions as callers list and read them."""

    known: dict[str, Known] = field(default_factory=dict)
    organizations: dict[Scope, tuple[str, Look]] = field(default_factory=dict)
    led_on: dict[tuple[Scope, str], tuple[frozenset[str], Exchange]] = field(default_factory=dict)
    newest: datetime | None = None
    transitions: Counter[str] = field(default_factory=Counter)

    def watch(self, exchange: Exchange) -> Iterable[Suspicion]:
        """Take an exchange in and say what it seems to break."""
        below = exchange.path.removeprefix(BASE)
        if exchange.method != "GET" or below == exchange.path:
            return []
        scope = Scope(caller_of(exchange), header_of(exchange, HEADER))
        if below:
            return list(self._one(Look(scope, READ, exchange), below.removeprefix("/")))
        return list(self._list(Look(scope, LISTED, exchange))) if is_ok(exchange) else []

    def forget(self, record: str) -> None:
        """Know nothing of a session any more."""
        self.known.pop(record, None)

    def _one(self, look: Look, id_: str) -> Iterator[Suspicion]:
        """Compare a session that is read with what is known of it."""
        shown = look.exchange.reply_json()
        if look.exchange.status in HIDING:
            self._miss(look, id_, "MOBILENEXT-GET-01")
        elif is_ok(look.exchange) and isinstance(shown, dict) and isinstance(shown.get("id"), str):
            if shown["id"].lower() != id_.lower():
                yield suspicion("MOBILENEXT-GET-02", id_, f"`id` {id_!r} as asked for", shown["id"])
            elif when := self._created(shown):
                yield from self._session(look, shown, when)

    def _list(self, look: Look) -> Iterator[Suspicion]:
        """Compare a page with its bounds, with the pages before it and with the sessions that are known."""
        body = look.exchange.reply_json()
        data = body.get("data") if isinstance(body, dict) else None
        if not isinstance(data, list):
            return
        times = [when for each in data if (when := self._created(each))]
        if len(times) < len(data):
            return
        self.newest = self.newest or max(times, default=None)
        for each, when in zip(data, times, strict=True):
            yield from self._session(look, each, when)
        page = page_of(look.exchange, body, times)
        if page:
            yield from bounds(page)
            yield from self._way(look, page)
            self._look_for_the_rest(look, page)

    def _created(self, shown: Any) -> datetime | None:
        """Return when a session was created, None where it cannot be used; the same text is read once."""
        known = self.known.get(shown["id"]) if isinstance(member(shown, "id"), str) else None
        if known and known.shown["createdAt"] == shown.get("createdAt"):
            return known.created
        usable = isinstance(shown, dict) and is_usable(shown)
        return created(shown) if usable else None

    def _session(self, look: Look, shown: Json, when: datetime) -> Iterator[Suspicion]:
        """Compare a session with how it was first shown, and with the organization asked about."""
        id_ = str(shown["id"])
        known = self.known.get(id_)
        if known is None:
            known = self.known[id_] = Known(shown, when, look)
            self._moved("nothing", look.by, shown)
        if shown != known.shown and (changed := self._changed(known.shown, shown)):
            requirement = LASTING[changed] if known.first.by == look.by else "MOBILENEXT-GET-01"
            expected = f"`{changed}` {known.shown.get(changed)!r} as before"
            yield suspicion(requirement, id_, expected, shown.get(changed), known.first.exchange)
            return
        if shown.get("releasedAt") and not known.shown.get("releasedAt"):
            known.shown = {**known.shown, "releasedAt": shown["releasedAt"]}
            self._moved("held", look.by, shown)
        yield from self._selected(look, shown)
        yield from shows_again(look, id_, known)

    def _changed(self, before: Json, now: Json) -> str | None:
        """Return the first field that lasts and is another one than before."""
        return next((name for name in LASTING if self._differs(name, before, now)), None)

    def _differs(self, name: str, before: Json, now: Json) -> bool:
        """Say whether a field that lasts is another one than before."""
        old, new = before.get(name), now.get(name)
        if name == "device":
            return any(is_another(member(old, each), member(new, each)) for each in DEVICE)
        if name in ("organization", "user"):
            return is_another(old, new)
        then, since = parsed_instant(old), parsed_instant(new)
        if then and new is None:
            return self._is_settled(then)
        return then is not None and since is not None and abs(then - since) >= ROUNDING

    def _selected(self, look: Look, shown: Json) -> Iterator[Suspicion]:
        """Expect everything shown to one selection to be of one organization."""
        organization = shown.get("organization")
        if not isinstance(organization, str):
            return
        first, before = self.organizations.setdefault(look.scope, (organization, look))
        if first != organization:
            lists = "MOBILENEXT-ORG-03" if look.scope.selected else "MOBILENEXT-ORG-06"
            requirement = lists if look.by == before.by == LISTED else "MOBILENEXT-ORG-04"
            expected = f"sessions of {first!r} only"
            yield suspicion(requirement, str(shown["id"]), expected, organization, before.exchange)

    def _way(self, look: Look, page: Page) -> Iterator[Suspicion]:
        """Expect each session once, on this page and on the one that led to it."""
        led_here = self.led_on.get((look.scope, page.asked)) if page.asked else None
        passed = led_here[0] if led_here else frozenset()
        for id_, count in Counter(page.ids).items():
            if count > 1 or id_ in passed:
                earlier = led_here[1:] if led_here else ()
                yield suspicion("MOBILENEXT-PAGE-01", id_, "each session once", f"{id_} came again", *earlier)
        if isinstance(page.cursor, str):
            self.led_on[look.scope, page.cursor] = (frozenset(page.ids), look.exchange)

    def _look_for_the_rest(self, look: Look, page: Page) -> None:
        """Note which known sessions of the organization the page should have shown, and does not."""
        for id_ in self.known.keys() - set(page.ids):
            began = self.known[id_].created
            older = not page.times or began < page.times[-1]
            if page.before - began >= ROUNDING and not (older and page.cursor is not None):
                self._miss(look, id_, "MOBILENEXT-PAGE-02" if older else "MOBILENEXT-PAGE-01")

    def _miss(self, look: Look, id_: str, requirement: str) -> None:
        """Note that a session was hidden, if it was there before the run and is of the organization."""
        known, organization = self.known.get(id_), self.organizations.get(look.scope)
        if known is None or organization is None or not self._is_settled(known.created):
            return
        if known.shown.get("organization") == organization[0]:
            known.hidden.setdefault(look.scope, (requirement, look))

    def _is_settled(self, when: datetime) -> bool:
        return self.newest is not None and self.newest - when >= SETTLED

    def _moved(self, state: str, by: str, shown: Json) -> None:
        """Count a transition."""
        self.transitions[f"{state} > {by} > {'released' if shown.get('releasedAt') else 'held'}"] += 1


def shows_again(look: Look, id_: str, known: Known) -> Iterator[Suspicion]:
    """Hold against the deployment that it left a session out which is there."""
    for scope, (own, hiding) in known.hidden.items():
        shared = "MOBILENEXT-ORG-02" if own == "MOBILENEXT-GET-01" else "MOBILENEXT-ORG-01"
        requirement = own if scope.caller == look.scope.caller else shared
        expected = "a session that every member finds whenever it is there"
        got = "it was left out or refused, and now shows again"
        yield suspicion(requirement, id_, expected, got, known.first.exchange, hiding.exchange)


def is_another(before: Any, now: Any) -> bool:
    """Say whether two references, where both are texts, are different ones."""
    return isinstance(before, str) and isinstance(now, str) and before != now


def member(holder: Any, name: str) -> Any:
    """Return a member of what may be no object."""
    return holder.get(name) if isinstance(holder, dict) else None
