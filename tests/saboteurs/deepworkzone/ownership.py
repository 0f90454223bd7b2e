"""Saboteurs of Deep Work Zone: ownership."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.deepworkzone.service import Sessions
from mock_server.store import Document
from tests.saboteurs import saboteur

Body = Mapping[str, Any]


@saboteur.service("DWZ-OWNER-01")
class OwnedByTheOrganisation(Sessions):
    """Every session of an organisation has the same `created_by`."""

    def create(self, body: Body) -> Document:
        """Creates, then hands over."""
        session = super().create(body)
        return self._calendar.update({**session, "created_by": session["org_id"]})


@saboteur.service("DWZ-OWNER-02")
class BelievesTheBody(Sessions):
    """A creation takes the owner from the body."""

    def create(self, body: Body) -> Document:
        """Creates for anybody."""
        session = super().create(body)
        return self._calendar.update({**session, "created_by": body.get("created_by", session["created_by"])})


@saboteur.service("DWZ-OWNER-03")
class HandsOver(Sessions):
    """An update takes the owner from the body."""

    def replace(self, session_id: int, body: Body) -> Document:
        """Updates, then hands over."""
        session = super().replace(session_id, body)
        return self._calendar.update({**session, "created_by": body.get("created_by", session["created_by"])})


@saboteur.service("DWZ-OWNER-03")
class OwnedByWhoeverChanges(Sessions):
    """A session belongs to whoever changed it last, and anybody may change it."""

    def replace(self, session_id: int, body: Body) -> Document:
        """Takes over, then updates."""
        self._calendar.update({**self.get(session_id), "created_by": self._caller.user})
        return super().replace(session_id, body)


@saboteur.service("DWZ-OWNER-04")
class LetsColleaguesChange(Sessions):
    """Whoever sees a session may change and delete it."""

    def _owned(self, session_id: int) -> Document:
        return self.get(session_id)
