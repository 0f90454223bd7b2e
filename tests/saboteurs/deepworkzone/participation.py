"""Saboteurs of Deep Work Zone: joining and completing."""

from typing import Any

from mock_server.apis.deepworkzone.model import Participation
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.store import Document
from tests.saboteurs import saboteur


@saboteur.service("DWZ-JOIN-01")
class ForgetsWhoJoined(Sessions):
    """Joining is accepted and forgotten."""

    def join(self, session_id: int) -> Document:
        """Looks, and leaves it."""
        return self.get(session_id)


@saboteur.service("DWZ-JOIN-01")
class JoinsAgain(Sessions):
    """Joining once more makes another part of it."""

    def join(self, session_id: int) -> Document:
        """Leaves first."""
        part = self._participation(self.get(session_id))
        if part:
            self._participations.delete(str(part["participant_id"]))
        return super().join(session_id)


@saboteur.reply("DWZ-JOIN-02", "complete_session")
def completes_without_scores(body: Any) -> Any:
    """Completing gives no scores."""
    part = {**body["data"]["participation"], "actual_score": None, "presence_score": None}
    return {"data": {**body["data"], "participation": part}}


@saboteur.service("DWZ-JOIN-02")
class CompletesForAll(Sessions):
    """Whoever completes, completes the session."""

    def complete(self, session_id: int) -> Document:
        """Completes too much."""
        return self._calendar.update({**super().complete(session_id), "status": "completed"})


@saboteur.service("DWZ-JOIN-03")
class ShowsAnybodysPart(Sessions):
    """A session shows the part of whoever joined first."""

    def _participation(self, session: Document) -> Participation | None:
        return next(self._participations.find("session", (session["id"],)), None)


@saboteur.service("DWZ-JOIN-04")
class NeverCompletes(Sessions):
    """The owner's completion leaves the session waiting."""

    def complete(self, session_id: int) -> Document:
        """Completes, then puts the status back."""
        return self._calendar.update({**super().complete(session_id), "status": "waiting"})


@saboteur.service("DWZ-JOIN-05")
class CompletesWithoutJoining(Sessions):
    """Whoever completes has joined."""

    def complete(self, session_id: int) -> Document:
        """Joins first."""
        self.join(session_id)
        return super().complete(session_id)
