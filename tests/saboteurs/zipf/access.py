"""Saboteurs of Zipf: who may read and who may write."""

from mock_server.apis.zipf.model import AccessLevel, Session
from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.service import Zipf
from mock_server.apis.zipf.sessions import Sessions
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
