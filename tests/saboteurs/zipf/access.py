"""Saboteurs of Zipf: who may read and who may write."""

from starlette.types import ASGIApp, Receive, Scope, Send

from mock_server import apis
from mock_server.apis.zipf.model import AccessLevel, Operation, Session
from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.service import Zipf
from mock_server.apis.zipf.sessions import Filters, Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts


@parts.sessions("ZIPF-ACCESS-01")
class ShutsMembersOut(Sessions):
    """Members of the organisation see nothing of what is shared with it."""

    def _level(self, session: Session) -> AccessLevel | None:
        level = super()._level(session)
        return None if level == "org_viewer" else level


@saboteur.operations("ZIPF-ACCESS-02")
class KeepsTheTimeline(Operations):
    """The timeline is for the owner only."""

    def get_timeline(self, zipf: Zipf, *, id_: str) -> Reply:
        """Refuses viewers."""
        zipf.sessions.owned(id_)
        return super().get_timeline(zipf, id_=id_)


@parts.sessions("ZIPF-ACCESS-03")
class LetsViewersWrite(Sessions):
    """A viewer may do whatever the owner may."""

    def owned(self, session_id: str) -> Session:
        """Never looks at the level."""
        return self.readable(session_id)[0]


@parts.sessions("ZIPF-ACCESS-04")
class LetsEverybodyIn(Sessions):
    """A session that is shared with one organisation is shared with all of them."""

    def _level(self, session: Session) -> AccessLevel | None:
        return super()._level(session) or ("org_viewer" if session["shared_with_org"] else None)


@saboteur.refusal("ZIPF-ACCESS-05")
def hides_what_may_be_seen(answer: Reply) -> Reply:
    """A viewer who writes is told that there is no session."""
    return Reply(404, answer.body) if answer.status == 403 else answer


@parts.sessions("ZIPF-ACCESS-06")
class KnowsNoStrangers(Sessions):
    """Whoever has a token may read any session."""

    def _level(self, session: Session) -> AccessLevel | None:
        return super()._level(session) or ("org_viewer" if self._user else None)


@parts.sessions("ZIPF-ACCESS-07")
class TrustsTeammates(Sessions):
    """Whoever belongs to any organisation may read any session."""

    def _level(self, session: Session) -> AccessLevel | None:
        return super()._level(session) or ("org_viewer" if self._memberships else None)


@saboteur.wire("ZIPF-ACCESS-08")
def shows_graphs_to_everybody(app: ASGIApp) -> ASGIApp:
    """To look at a link graph, credentials are not needed."""
    owner = f"Bearer {apis.load('zipf').personas[0].token}".encode()

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith("/link-graph") and b"authorization" not in dict(scope["headers"]):
            scope = {**scope, "headers": [*scope["headers"], (b"authorization", owner)]}
        await app(scope, receive, send)

    return wrapped


@parts.sessions("ZIPF-ACCESS-09")
class SearchesForAnybody(Sessions):
    """Whoever has a token may search and crawl in any session."""

    def ready(self, session_id: str) -> Session:
        """Looks at no level."""
        session: Session | None = self._sessions.get(session_id)
        return super().ready(session_id) if session is None else session


@parts.sessions("ZIPF-ACCESS-10")
class ListsThePrivate(Sessions):
    """Sessions of everybody are among the shared ones, the newest first."""

    def of_teammates(self, filters: Filters) -> list[Session]:
        """Forgets whom a session is shared with."""
        everybodys = sorted(self._sessions.find("owner"), key=lambda each: int(each["sequence"]))
        return self._passing(everybodys[::-1], filters)


@parts.sessions("ZIPF-ACCESS-11")
class ShowsAnyJob(Sessions):
    """Whoever knows its id can read any search and any crawl."""

    def _reads(self, operation: Operation) -> bool:
        return True
