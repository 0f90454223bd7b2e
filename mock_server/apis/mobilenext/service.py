"""The rules of Mobile Next's sessions: who sees which of them, in which order, a page at a time."""

from dataclasses import dataclass

from mock_server.apis.mobilenext.errors import NotAMember, SessionNotFound
from mock_server.apis.mobilenext.model import AGE, PRECISION, shown
from mock_server.auth import Persona
from mock_server.clock import instant, rfc3339
from mock_server.store import Document
from mock_server.world import World


@dataclass(frozen=True, slots=True)
class Page:
    """Sessions, newest first; `next_cursor` leads to the older ones, None where there are none."""

    sessions: list[Document]
    next_cursor: str | None


class Sessions:
    """Mobile Next's sessions in one world, as one caller sees them."""

    def __init__(self, world: World, caller: Persona | None) -> None:
        assert caller is not None  # every operation of the contract asks for credentials
        self._sessions = world.collection("mobilenext", "sessions")
        self._caller = caller
        self._now = rfc3339(world.clock.now(), PRECISION)

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """At most `limit` sessions of the selected organization, created before the instant `before`.

        Raises `NotAMember`.
        """
        organization = self._organization(selected)
        # The longer key is the greater one: a session of this very microsecond is in.
        end: tuple[str, ...] = (self._now, "")
        if before is not None:
            end = min(end, (rfc3339(instant(before), PRECISION),))
        found = list(self._sessions.find(AGE, (organization,), high=end, descending=True, limit=limit + 1))
        sessions = [shown(session, self._now) for session in found[:limit]]
        # The cursor is the time of the last session shown: times differ, and `before` leaves that one out.
        return Page(sessions, str(sessions[-1]["createdAt"]) if len(found) > limit else None)

    def get(self, session_id: str, selected: str = "") -> Document:
        """One session of the selected organization. Raises `NotAMember` and `SessionNotFound`."""
        organization = self._organization(selected)
        session = self._sessions.get(session_id.lower())  # RFC 9562, section 4: in either case
        if session is None or session["organization"] != organization or session["createdAt"] > self._now:
            raise SessionNotFound(session_id)
        return shown(session, self._now)

    def _organization(self, selected: str) -> str:
        """The organization named in the request, else the one of the key, else the caller's default one."""
        if not selected:
            return str(self._caller.facts["organization"])
        if selected not in self._caller.organizations:
            raise NotAMember(selected)
        return selected
