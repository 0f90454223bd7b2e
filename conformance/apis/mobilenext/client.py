"""The client Mobile Next's requirements are written against: its two operations, and sessions to look at.

The API cannot create sessions: what a requirement needs it finds in the list, or under the ids that the
target knows to exist, or it ends as inconclusive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from conformance.addressing import segment
from conformance.client import Http
from conformance.expect import parsed_instant
from conformance.needs import organization, require
from conformance.outcome import Inconclusive
from conformance.reply import Reply

OWNER = "owner"
HEADER = "X-Organization-Id"
FEW = 20
DEFAULT = 100
MOST = 500

Session = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that could be read: its sessions, and the cursor exactly as it came (None: null or absent)."""

    sessions: list[Session]
    cursor: Any

    @property
    def ids(self) -> list[Any]:
        """The ids in the order of the page."""
        return [session.get("id") for session in self.sessions]


class MobileNext:
    """One method for each operation; `given_...` methods reach a situation or end the examination as
    inconclusive.
    """

    def __init__(self, http: Http) -> None:
        self.http = http

    def list_sessions(
        self, actor: str | None = OWNER, select: str | None = None, **query: str | int
    ) -> Reply:
        """GET /sessions, with the header that selects an organization where one is given."""
        sent = {name: str(value) for name, value in query.items()}
        return self.http.request("GET", "/sessions", actor=actor, query=sent, headers=selecting(select))

    def get_session(self, id_: str, actor: str | None = OWNER, select: str | None = None) -> Reply:
        """GET /sessions/{sessionId}, with the header that selects an organization where one is given."""
        path = f"/sessions/{segment(id_)}"
        return self.http.request("GET", path, actor=actor, headers=selecting(select))

    @property
    def shared(self) -> str | None:
        """The organization of owner and member; where the target names none, the owner's default one."""
        found = self.http.target.organizations.get("shared")
        return None if found is None else str(found)

    @property
    def known(self) -> tuple[str, ...]:
        """Ids that the target says are those of sessions of the owner's organization."""
        return self.http.target.known.get("sessions", ())

    def organization(self, role: str) -> str:
        """Return the id of the organization that plays this role, or skip."""
        require(self.http.target, organization(role))
        return str(self.http.target.organizations[role])

    def own(self, **query: str | int) -> Reply:
        """List sessions of the owner's organization."""
        return self.list_sessions(OWNER, self.shared, **query)

    def read(self, id_: str) -> Reply:
        """Get a session of the owner's organization."""
        return self.get_session(id_, select=self.shared)

    def page(self, **query: str | int) -> Page:
        """Expect a page of the owner's organization, and return it."""
        return listed(self.own(**query))

    def given_sessions(self, at_least: int, why: str, **query: str | int) -> list[Session]:
        """Return a page that is long enough, each session of it with an id and a time of creation."""
        found = given_page(self.own(**query)).sessions
        if len(found) < at_least:
            raise Inconclusive(f"{why} needs {at_least} sessions, and the list shows {len(found)}")
        if not all(is_usable(each) for each in found):
            raise Inconclusive("sessions in the list have no id or no time of creation that could be used")
        return found

    def given_session(self) -> Session:
        """Return a session of the owner's organization."""
        return self.given_sessions(1, "this", limit=FEW)[0]

    def examined(self) -> list[tuple[str, Session]]:
        """Return sessions as the list and as get show them, each with the words for where it was seen."""
        entries = readable_page(self.own(limit=DEFAULT))
        ids = [*self.known[:3], *(str(each["id"]) for each in entries[:2] if isinstance(each.get("id"), str))]
        read = [(f"the session {id_}", self.read(id_).exchange) for id_ in dict.fromkeys(ids)]
        single = [(where, each.reply_json()) for where, each in read if each.status // 100 == 2]
        found = [(f"entry {number} of the list", each) for number, each in enumerate(entries)]
        found += [(where, body) for where, body in single if isinstance(body, dict)]
        if not found:
            raise Inconclusive("no session could be seen: the list is empty or unreadable, and none is known")
        return found

    def given_no_session(self) -> str:
        """Return a UUID that belongs to no session, the same in every run."""
        return str(uuid5(NAMESPACE_URL, self.http.unique("session")))


def selecting(organization: str | None) -> dict[str, str]:
    """Return the headers that select an organization."""
    return {} if organization is None else {HEADER: organization}


def readable_page(reply: Reply) -> list[Session]:
    """Return the sessions of a page, none when it cannot be read."""
    body = reply.exchange.reply_json() if reply.ok else None
    data = body.get("data") if isinstance(body, dict) else None
    return [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []


def given_page(reply: Reply) -> Page:
    """Return a page, or end as inconclusive when it cannot be read."""
    body = reply.exchange.reply_json() if reply.ok else None
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(data, list):
        members = f" and `{'`, `'.join(body)}`" if isinstance(body, dict) else ""
        raise Inconclusive(f"the list could not be read: {reply.status}{members}, but no array `data`")
    return Page([each for each in data if isinstance(each, dict)], body.get("nextCursor"))


def listed(reply: Reply) -> Page:
    """Expect a page and return it; one without `data` ends as inconclusive, for another requirement judges
    that.
    """
    return given_page(reply.succeeded())


def is_usable(session: Session) -> bool:
    """Say whether a session can be found again and has a place in time."""
    return isinstance(session.get("id"), str) and parsed_instant(session.get("createdAt")) is not None


def created(session: Session) -> datetime:
    """Return the time of creation of a usable session."""
    moment = parsed_instant(session["createdAt"])
    if moment is None:
        raise Inconclusive(f"{session['createdAt']!r} is no time of creation")
    return moment


def ids(sessions: Iterable[Session]) -> list[str]:
    """Return the ids of usable sessions in their order."""
    return [str(session["id"]) for session in sessions]
