"""Saboteurs of Deep Work Zone: who is let in, and whose sessions are shown."""

from collections.abc import Iterator
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from mock_server import apis
from mock_server.apis.deepworkzone.model import current
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.reply import Reply
from mock_server.store import Document
from tests.saboteurs import saboteur


def _as_owner(app: ASGIApp, *, without: bool, unknown: bool) -> ASGIApp:
    """Lets requests without a token, or with an unknown one, pass as the owner's."""
    known = {f"Bearer {persona.token}".encode() for persona in apis.load("deepworkzone").personas}
    owner = f"Bearer {apis.load('deepworkzone').personas[0].token}".encode()

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        token = dict(scope["headers"]).get(b"authorization")
        if (token is None and without) or (token is not None and token not in known and unknown):
            rest = [(name, value) for name, value in scope["headers"] if name != b"authorization"]
            scope = {**scope, "headers": [*rest, (b"authorization", owner)]}
        await app(scope, receive, send)

    return wrapped


@saboteur.wire("DWZ-AUTH-01")
def lets_strangers_in(app: ASGIApp) -> ASGIApp:
    """A request without a token counts as the owner's."""
    return _as_owner(app, without=True, unknown=False)


@saboteur.wire("DWZ-AUTH-02")
def takes_any_token(app: ASGIApp) -> ASGIApp:
    """A token that nobody was given counts as the owner's."""
    return _as_owner(app, without=False, unknown=True)


@saboteur.answer("DWZ-AUTH-03")
def lists_for_nobody(operation_id: str, answer: Reply) -> Reply:
    """The list is refused with any token."""
    return Reply(403, {"message": "No."}) if operation_id == "list_sessions" else answer


@saboteur.refusal("DWZ-AUTH-04")
def drops_the_full_stop(answer: Reply) -> Reply:
    """The text of the 401 is another one."""
    body = {"message": "Unauthenticated"}
    return Reply(401, body, answer.headers) if answer.status == 401 else answer


@saboteur.wire("DWZ-AUTH-05")
def asks_for_no_credentials(app: ASGIApp) -> ASGIApp:
    """To list sessions, credentials are not looked at."""
    open_app = _as_owner(app, without=True, unknown=True)

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        listing = scope["method"] == "GET" and scope["path"].endswith("/sessions")
        await (open_app if listing else app)(scope, receive, send)

    return wrapped


@saboteur.service("DWZ-ORG-01")
class ListsOwnSessionsOnly(Sessions):
    """The list shows the caller's own sessions only."""

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Lists too little."""
        return super().find(org_id, "user", **filters)


@saboteur.service("DWZ-ORG-02")
class ListsEverybodys(Sessions):
    """The list shows public sessions of every organisation."""

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Lists too much."""
        yield from super().find(org_id, source, **filters)
        own = self._organization(org_id)
        others = (each for each in self._sessions.find("day") if each["org_id"] != own)
        yield from (current(each, self._now) for each in others if each["is_public"])


@saboteur.service("DWZ-ORG-03")
class MixesOrganisations(Sessions):
    """`org_id` is ignored: the list shows all organisations of the caller."""

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Lists all."""
        for organization in self._caller.organizations:
            yield from super().find(organization, source, **filters)


class _OpensOrganisations(Sessions):
    def _organization(self, org_id: int | None) -> int:
        return super()._organization(None) if org_id is None else org_id

    def _sees(self, session: Document) -> bool:
        return bool(session["is_public"]) or super()._sees(session)


@saboteur.service("DWZ-ORG-04")
class OpensForeignOrganisations(_OpensOrganisations):
    """Whoever names an organisation sees what is public in it."""


@saboteur.service("DWZ-ORG-05")
class ReadsAnyNumber(Sessions):
    """Whoever knows its number can read a public session of any organisation."""

    def _sees(self, session: Document) -> bool:
        return bool(session["is_public"]) or super()._sees(session)


@saboteur.service("DWZ-ORG-06")
class FallsBackToOwnOrganisation(Sessions):
    """A foreign organisation is taken for the caller's own one."""

    def _organization(self, org_id: int | None) -> int:
        return super()._organization(org_id if org_id in self._caller.organizations else None)


@saboteur.service("DWZ-ORG-07")
class DefaultsToTheLastOrganisation(Sessions):
    """Without `org_id` the caller's last organisation is meant."""

    def _organization(self, org_id: int | None) -> int:
        return super()._organization(self._caller.organizations[-1] if org_id is None else org_id)


@saboteur.service("DWZ-ACCESS-01")
class LetsStrangersJoin(Sessions):
    """Whoever knows the number of a session can join it."""

    def join(self, session_id: int) -> Document:
        """Looks at no organisation."""
        return dict(self._sessions.get(str(session_id)) or super().join(session_id))


@saboteur.wire("DWZ-ACCESS-02")
def joins_nobody(app: ASGIApp) -> ASGIApp:
    """To join a session, credentials are not looked at."""
    open_app = _as_owner(app, without=True, unknown=True)

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        await (open_app if scope["path"].endswith("/join") else app)(scope, receive, send)

    return wrapped


@saboteur.service("DWZ-ACCESS-03")
class KnowsNoPrivacy(Sessions):
    """Private sessions are open to all of the organisation."""

    def _sees(self, session: Document) -> bool:
        return session["org_id"] in self._caller.organizations


@saboteur.service("DWZ-ACCESS-04")
class ForgetsTheScope(Sessions):
    """With a filter on the type, the list shows public sessions of every organisation."""

    def find(
        self, org_id: int | None = None, source: str = "organization", **filters: Any
    ) -> Iterator[Document]:
        """Lists too much."""
        yield from super().find(org_id, source, **filters)
        if "type_" in filters:
            yield from (current(each, self._now) for each in self._sessions.find("day") if each["is_public"])
