"""Saboteurs of the way through the pages."""

from typing import Any

from mock_server.apis.mobilenext.service import Page, Sessions
from tests.saboteurs import saboteur


@saboteur.service("MOBILENEXT-PAGE-01")
class SkipsOne(Sessions):
    """The cursor is the time of the next session, which `before` then leaves out."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Looks one further."""
        page = super().page(limit, before, selected)
        if page.next_cursor is None:
            return page
        following = super().page(1, page.next_cursor, selected).sessions
        return Page(page.sessions, following[0]["createdAt"])


@saboteur.service("MOBILENEXT-PAGE-01")
class RepeatsOne(Sessions):
    """The cursor is the time of the session before the last, which then comes again."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Goes one back."""
        page = super().page(limit, before, selected)
        if page.next_cursor is None or len(page.sessions) == 1:
            return page
        return Page(page.sessions, page.sessions[-2]["createdAt"])


@saboteur.service("MOBILENEXT-PAGE-02")
class EndsEarly(Sessions):
    """The second page has no cursor, though more sessions follow."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Forgets the cursor."""
        page = super().page(limit, before, selected)
        return page if before is None else Page(page.sessions[:50], None)


@saboteur.service("MOBILENEXT-PAGE-02")
class NeverEnds(Sessions):
    """The last page leads to itself."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Always gives a cursor."""
        page = super().page(limit, before, selected)
        return Page(page.sessions, page.next_cursor or before)


@saboteur.service("MOBILENEXT-PAGE-03")
class BeginsAgain(Sessions):
    """Where nothing is older, the list begins again."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Goes back to the first page."""
        page = super().page(limit, before, selected)
        return page if page.sessions else super().page(limit, None, selected)


@saboteur.service("MOBILENEXT-PAGE-04")
class LeadsToAnEmptyPage(Sessions):
    """A full page has a cursor, though nothing follows."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Counts instead of looking."""
        page = super().page(limit, before, selected)
        full = len(page.sessions) == limit
        return Page(page.sessions, page.sessions[-1]["createdAt"] if full else None)


@saboteur.reply("MOBILENEXT-PAGE-04", "list_sessions")
def says_null(body: Any) -> Any:
    """The last page has null for a cursor."""
    return {"nextCursor": None, **body}
