"""Saboteurs of Zipf: the life of a session."""

from typing import Any

from mock_server.apis.zipf.errors import SessionNotActive, SessionNotCompleted, TooManyOperations
from mock_server.apis.zipf.model import Session
from mock_server.apis.zipf.sessions import Sessions
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts


@parts.sessions("ZIPF-LIFE-01")
class NeverCompletes(Sessions):
    """Completing a session does nothing."""

    def complete(self, session_id: str) -> Session:
        """Only looks whether it might."""
        return self.owned(session_id)


@parts.sessions("ZIPF-LIFE-02")
class WorksOnAfterwards(Sessions):
    """A completed session takes operations."""

    def ready(self, session_id: str) -> Session:
        """Never looks at the status of a completed one."""
        session = self.owned(session_id)
        return session if session["status"] == "completed" else super().ready(session_id)


@parts.sessions("ZIPF-LIFE-03")
class ArchivesAnything(Sessions):
    """An active session can be archived."""

    def archive(self, session_id: str) -> Session:
        """Completes it first."""
        if self.owned(session_id)["status"] == "active":
            self.complete(session_id)
        return super().archive(session_id)


@parts.sessions("ZIPF-LIFE-04")
class NeverArchives(Sessions):
    """No session can be archived."""

    def archive(self, session_id: str) -> Session:
        """Always refuses."""
        raise SessionNotCompleted(self.owned(session_id)["status"])


@parts.sessions("ZIPF-LIFE-05")
class WorksInTheArchive(Sessions):
    """An archived session takes operations."""

    def ready(self, session_id: str) -> Session:
        """Never looks at the status of an archived one."""
        session = self.owned(session_id)
        return session if session["status"] == "archived" else super().ready(session_id)


@parts.sessions("ZIPF-LIFE-06")
class IgnoresItsLimit(Sessions):
    """The operation limit of a session does not hold."""

    def ready(self, session_id: str) -> Session:
        """Only looks at a limit that nobody set."""
        try:
            return super().ready(session_id)
        except TooManyOperations:
            session = self.owned(session_id)
            if session["session_config"]["max_operations"] is None:
                raise
            return session


@parts.sessions("ZIPF-LIFE-07")
class IgnoresTheGeneralLimit(Sessions):
    """A session without a limit takes operations for ever."""

    def ready(self, session_id: str) -> Session:
        """Only looks at a limit that somebody set."""
        try:
            return super().ready(session_id)
        except TooManyOperations:
            session = self.owned(session_id)
            if session["session_config"]["max_operations"] is not None:
                raise
            return session


@parts.sessions("ZIPF-LIFE-08")
class LeavesThemAlone(Sessions):
    """No session is archived by itself."""

    def _current(self, session: Any) -> Session:
        kept: Session = session
        return kept


@parts.sessions("ZIPF-LIFE-11")
class ArchivesTheCompletedOnly(Sessions):
    """An active session is never archived by itself."""

    def _current(self, session: Any) -> Session:
        kept: Session = session
        return kept if session["status"] == "active" else super()._current(session)


@parts.sessions("ZIPF-LIFE-09")
class CompletesTwice(Sessions):
    """A completed session can be completed again."""

    def complete(self, session_id: str) -> Session:
        """Is content with what is there."""
        try:
            return super().complete(session_id)
        except SessionNotActive:
            return self.owned(session_id)


@saboteur.reply("ZIPF-LIFE-10", "complete_session")
def says_only_done(body: Any) -> Any:
    """Completing is answered with a word."""
    return {"message": "done"}
