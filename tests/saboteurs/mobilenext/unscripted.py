"""Saboteurs of Mobile Next that keep to every script: only the model sees them, in generated requests."""

from mock_server.apis.mobilenext.errors import SessionNotFound
from mock_server.apis.mobilenext.service import Page, Sessions
from mock_server.store import Document
from tests.saboteurs import saboteur

ASKED_BY_SCRIPTS = (1, 2, 3, 7, 20, 100, 500)
SOMEBODY = "5b0c6a3e-2f0d-4c8e-9a51-0d6f4f1c7a09"


class _Unusual(Sessions):
    """Sessions that go wrong with a limit that no script asks for."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Goes wrong, or not."""
        page = super().page(limit, before, selected)
        if limit in ASKED_BY_SCRIPTS or len(page.sessions) < 3:
            return page
        return Page(self.wrong(page.sessions), page.next_cursor)

    def wrong(self, sessions: list[Document]) -> list[Document]:
        """Has nothing wrong yet."""
        raise NotImplementedError


@saboteur.service("MOBILENEXT-PAGE-01")
class LosesTheSecond(_Unusual):
    """The second session of a page is lost."""

    def wrong(self, sessions: list[Document]) -> list[Document]:
        """Leaves it out."""
        return [sessions[0], *sessions[2:]]


@saboteur.service("MOBILENEXT-LIST-02")
class PutsTheOldestFirst(_Unusual):
    """A page is sorted the other way round."""

    def wrong(self, sessions: list[Document]) -> list[Document]:
        """Turns it round."""
        return sessions[::-1]


@saboteur.service("MOBILENEXT-SESSION-03")
class GivesSessionsAway(_Unusual):
    """The sessions of a page have another user than on other pages."""

    def wrong(self, sessions: list[Document]) -> list[Document]:
        """Changes the user."""
        return [{**each, "user": SOMEBODY} for each in sessions]


@saboteur.service("MOBILENEXT-SESSION-06")
class ForgetsReleases(_Unusual):
    """The sessions of a page are all held, as if none had been released."""

    def wrong(self, sessions: list[Document]) -> list[Document]:
        """Drops the release."""
        return [{**each, "releasedAt": None} for each in sessions]


@saboteur.service("MOBILENEXT-LIST-03")
class CountsFromZero(_Unusual):
    """A page holds one session more than was asked for."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Asks for one more."""
        more = 0 if limit in ASKED_BY_SCRIPTS else 1
        return super(_Unusual, self).page(limit + more, before, selected)


@saboteur.service("MOBILENEXT-LIST-06")
class MindsTheMinute(Sessions):
    """The first session of a page without a limit of its own is one that `before` leaves out."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Puts the newest first."""
        page = super().page(limit, before, selected)
        if before is None or limit in ASKED_BY_SCRIPTS:
            return page
        return Page([*super().page(1, None, selected).sessions, *page.sessions][:limit], page.next_cursor)


@saboteur.service("MOBILENEXT-GET-01")
class HidesTheOld(Sessions):
    """A session that is none of the newest hundred is listed and not found."""

    def get(self, session_id: str, selected: str = "") -> Document:
        """Looks among the newest only."""
        session = super().get(session_id, selected)
        if session_id.lower() not in [each["id"] for each in self.page(100, None, selected).sessions]:
            raise SessionNotFound(session_id)
        return session


@saboteur.service("MOBILENEXT-ORG-06")
class OpensAnotherDoor(Sessions):
    """With a limit that no script asks for, the list without selection is the second organization's."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Selects another organization, without asking whose it is."""
        odd = limit not in ASKED_BY_SCRIPTS and not selected
        return super().page(limit, before, "2" if odd else selected)

    def _organization(self, selected: str) -> str:
        return selected if selected == "2" else super()._organization(selected)
