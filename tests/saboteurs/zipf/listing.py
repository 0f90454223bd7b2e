"""Saboteurs of Zipf: the list of sessions."""

from dataclasses import replace
from typing import Any

from mock_server.apis.zipf.model import Session
from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.service import Zipf
from mock_server.apis.zipf.sessions import Filters, Sessions
from mock_server.reply import Reply
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts


@saboteur.reply("ZIPF-LIST-01", "list_sessions")
def forgets_the_newest(body: Any) -> Any:
    """The newest session is not in the list."""
    return {**body, "sessions": body["sessions"][1:]}


@saboteur.operations("ZIPF-LIST-02")
class IgnoresTheLimit(Operations):
    """A page always holds a hundred sessions."""

    def list_sessions(self, zipf: Zipf, **query: Any) -> Reply:
        """Takes no notice."""
        return super().list_sessions(zipf, **{**query, "limit": 100})


@saboteur.operations("ZIPF-LIST-03")
class IgnoresTheOffset(Operations):
    """Every page is the first."""

    def list_sessions(self, zipf: Zipf, **query: Any) -> Reply:
        """Takes no notice."""
        return super().list_sessions(zipf, **{**query, "offset": 0})


@parts.sessions("ZIPF-LIST-04")
class IgnoresTheStatus(Sessions):
    """The filter for the status lets everything pass."""

    def mine(self, filters: Filters) -> list[Session]:
        """Takes no notice."""
        return super().mine(replace(filters, status=None))


@parts.sessions("ZIPF-LIST-05")
class IgnoresTheTag(Sessions):
    """The filter for the tag lets everything pass."""

    def mine(self, filters: Filters) -> list[Session]:
        """Takes no notice."""
        return super().mine(replace(filters, tag=None))


@parts.sessions("ZIPF-LIST-05")
class FindsTagsByTheirBeginning(Sessions):
    """The filter for the tag finds every tag that begins so."""

    def mine(self, filters: Filters) -> list[Session]:
        """Compares with less care."""
        found = super().mine(replace(filters, tag=None))
        return [each for each in found if begins(each, filters.tag or "")]


@parts.sessions("ZIPF-LIST-06")
class IgnoresAge(Sessions):
    """The filter for recency lets everything pass."""

    def mine(self, filters: Filters) -> list[Session]:
        """Takes no notice."""
        return super().mine(replace(filters, days_back=None))


@saboteur.reply("ZIPF-LIST-07", "list_sessions")
def paginates_flatly(body: Any) -> Any:
    """There is one pagination for both lists."""
    return {**body, "pagination": body["pagination"].get("owned", body["pagination"])}


@saboteur.reply("ZIPF-LIST-08", "list_sessions")
def adds_an_organization(body: Any) -> Any:
    """The caller belongs to somebody else's organisation."""
    if "user_organizations" not in body:
        return body
    theirs = {"id": "org-halcyon", "name": "Halcyon Systems"}
    return {**body, "user_organizations": [*body["user_organizations"], theirs]}


@parts.sessions("ZIPF-LIST-09")
class SharesWithItself(Sessions):
    """One's own sessions are among those of teammates."""

    def of_teammates(self, filters: Filters) -> list[Session]:
        """Adds them."""
        return [*self.mine(filters), *super().of_teammates(filters)]


@parts.sessions("ZIPF-LIST-10")
class SharesWithEverybody(Sessions):
    """Whatever is shared with some organisation is in everybody's list."""

    def of_teammates(self, filters: Filters) -> list[Session]:
        """Never looks at memberships."""
        return self._passing(self._sessions.find("shared"), filters)


@parts.sessions("ZIPF-LIST-11")
class ListsTheOldestFirst(Sessions):
    """The list begins with the oldest session."""

    def mine(self, filters: Filters) -> list[Session]:
        """Turns it round."""
        return super().mine(filters)[::-1]


@saboteur.specification("ZIPF-LIST-12")
def takes_longer_pages(contract: dict[str, Any]) -> None:
    """A page may hold more than a hundred sessions."""
    del contract["components"]["parameters"]["Limit"]["schema"]["maximum"]


@parts.sessions("ZIPF-LIST-13")
class FiltersOnlyItsOwn(Sessions):
    """Teammates' sessions pass every filter."""

    def of_teammates(self, filters: Filters) -> list[Session]:
        """Takes no notice."""
        return super().of_teammates(Filters())


def begins(session: Session, tag: str) -> bool:
    """Says whether a tag of the session begins so, or nothing was asked for."""
    return not tag or any(each.startswith(tag) for each in session["metadata"].get("tags", ()))
