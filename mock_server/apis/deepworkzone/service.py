"""The rules of Deep Work Zone's sessions: who sees, changes, joins and completes which of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mock_server.apis.deepworkzone.calendar import Calendar
from mock_server.apis.deepworkzone.errors import (
    NotAMember,
    NotJoined,
    NotTheOwner,
    SessionNotFound,
    SessionOver,
)
from mock_server.apis.deepworkzone.model import (
    DEFAULTS,
    END_OF_DAY,
    FIELDS,
    Participation,
    completion,
    current,
    entry,
    new_participation,
)
from mock_server.apis.deepworkzone.recurrence import FIELDS as RECURRENCE
from mock_server.auth import Persona
from mock_server.clock import rfc3339
from mock_server.store import Document
from mock_server.world import World

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
# What a list can be narrowed by, beside organisation, source and days.
MATCHES: Mapping[str, Callable[[Document, Any], bool]] = {
    "channel": lambda session, wanted: session["is_public"] == (wanted == "public"),
    "type_": lambda session, wanted: session["type"] == wanted,
    "completed": lambda session, wanted: (session["status"] == "completed") == bool(wanted),
    "keyword": lambda session, wanted: wanted.casefold() in session["name"].casefold(),
}


class Sessions:
    """Deep Work Zone's sessions in one world, as one caller sees them."""

    def __init__(self, world: World, caller: Persona | None) -> None:
        assert caller is not None  # every operation of the contract asks for credentials
        self._caller = caller
        self._calendar = Calendar(world)
        self._sessions = world.collection("deepworkzone", "sessions")
        self._participations = world.collection("deepworkzone", "participations")
        self._world = world
        self._now = rfc3339(world.clock.now())

    def create(self, body: Mapping[str, Any]) -> Document:
        """A new session of the caller's, or the first one of a new series.

        Raises `NotAMember` and `NoOccurrence`.
        """
        fields = {**DEFAULTS, **_known(body)}
        fields["org_id"] = self._organization(fields["org_id"])
        made = {"created_by": self._caller.user, "created_at": self._now, "updated_at": self._now}
        session = {**fields, **made, "series_id": None}
        added = self._calendar.add_series(session) if fields["is_recurring"] else self._calendar.add(session)
        return current(added, self._now)

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Sessions of one organisation that the caller sees and that pass every filter, earliest first.

        Raises `NotAMember`.
        """
        organization = self._organization(org_id)
        self._calendar.extend(organization)
        first, last = _range(filters)
        for kept in self._sessions.find("day", (organization,), low=(first,), high=(last, END_OF_DAY)):
            session = current(kept, self._now)
            wanted = self._owns(session) or (source == "organization" and self._sees(session))
            if wanted and all(MATCHES[name](session, value) for name, value in filters.items()):
                yield session

    def get(self, session_id: int) -> Document:
        """One session. Raises `SessionNotFound`, also for one that the caller does not see."""
        session = self._sessions.get(str(session_id))
        if session is None or not self._sees(session):
            raise SessionNotFound(session_id)
        return current(session, self._now)

    def replace(self, session_id: int, body: Mapping[str, Any]) -> Document:
        """Changes the fields given, of one occurrence only; a new recurrence holds from this one on.

        Raises `SessionNotFound`, `NotTheOwner`, `NotAMember` and `NoOccurrence`.
        """
        session, changes = self._owned(session_id), _known(body)
        if "org_id" in changes:
            self._organization(changes["org_id"])
        changed = {**session, **changes, "updated_at": self._now}
        recurs = session["is_recurring"] or changed["is_recurring"]
        if recurs and any(changed[name] != session[name] for name in RECURRENCE):
            return current(self._calendar.replan(session, changed), self._now)
        return self._calendar.update(changed)

    def delete(self, session_id: int, *, whole_series: bool) -> None:
        """Removes a session, or all of its series. Raises `SessionNotFound` and `NotTheOwner`."""
        session = self._owned(session_id)
        if whole_series and session["series_id"] is not None:
            self._calendar.remove_series(session["series_id"])
        else:
            self._calendar.remove(session)

    def join(self, session_id: int) -> Document:
        """Lets the caller take part in a session. Raises `SessionNotFound` and `SessionOver`."""
        session = self.get(session_id)
        if self._participation(session) is None:
            if session["status"] == "completed":
                raise SessionOver(session_id)
            ordinal = self._world.next_ordinal("deepworkzone.participations")
            joined = new_participation(ordinal, session_id, self._caller.user, self._now)
            self._participations.insert(str(ordinal), {**joined, "sequence": ordinal})
        return session

    def complete(self, session_id: int) -> Document:
        """Ends the caller's part in a session, and the session itself when it is the caller's.

        Raises `SessionNotFound` and `NotJoined`.
        """
        session = self.get(session_id)
        part = self._participation(session)
        if part is None:
            raise NotJoined(session_id)
        if part["status"] != "completed":
            completed = completion(self._world.draw, part, self._now)
            self._participations.update(str(part["participant_id"]), completed)
        if self._owns(session) and session["status"] != "completed":
            return self._calendar.update({**session, "status": "completed", "updated_at": self._now})
        return session

    def details(self, session: Document) -> Document:
        """A session with the caller's part in it, None without one."""
        part = self._participation(session)
        shown = part and {name: part[name] for name in Participation.__annotations__}  # type: ignore[literal-required]
        return {**entry(session), "participation": shown}

    def _organization(self, org_id: int | None) -> int:
        """The organisation asked for, else the caller's first one."""
        if org_id is None:
            return int(self._caller.organizations[0])
        if org_id not in self._caller.organizations:
            raise NotAMember(org_id)
        return org_id

    def _owns(self, session: Document) -> bool:
        return bool(session["created_by"] == self._caller.user)

    def _sees(self, session: Document) -> bool:
        if session["org_id"] not in self._caller.organizations:
            return False
        return session["is_public"] or self._owns(session) or self._caller.user in session["collaborator"]

    def _owned(self, session_id: int) -> Document:
        session = self.get(session_id)
        if not self._owns(session):
            raise NotTheOwner(session_id)
        return session

    def _participation(self, session: Document) -> Participation | None:
        return next(self._participations.find("session", (session["id"], self._caller.user)), None)


def _known(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in FIELDS if name in body}


def _range(filters: dict[str, Any]) -> tuple[str, str]:
    """Takes the filters on days out; returns the first and the last day that all of them leave."""
    day = filters.pop("date", None)
    first = max(day or FIRST_DAY, filters.pop("day_start", FIRST_DAY))
    last = min(day or LAST_DAY, filters.pop("day_ends", LAST_DAY))
    return first, last
