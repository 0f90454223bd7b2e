"""Saboteurs of who sees what."""

from dataclasses import replace
from typing import Any

from mock_server.apis.mobilenext.errors import NotAMember, SessionNotFound
from mock_server.apis.mobilenext.operations import Operations
from mock_server.apis.mobilenext.service import Page, Sessions
from mock_server.auth import Persona
from mock_server.reply import Reply
from mock_server.store import Document
from mock_server.world import World
from tests.saboteurs import saboteur

NORTHWIND = "1"


class _Knowing(Sessions):
    """Sessions of a service that knows who calls."""

    def __init__(self, world: World, caller: Persona | None) -> None:
        super().__init__(world, caller)
        assert caller is not None
        self.caller = caller


@saboteur.service("MOBILENEXT-ORG-01")
class ListsOwnOnly(_Knowing):
    """The list shows what the caller holds or held, and nothing of the colleagues'."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Filters by user."""
        page = super().page(limit, before, selected)
        own = [session for session in page.sessions if session["user"] == self.caller.user]
        return Page(own, page.next_cursor)


@saboteur.service("MOBILENEXT-ORG-02")
class ReadsOwnOnly(_Knowing):
    """A session of a colleague cannot be read."""

    def get(self, session_id: str, selected: str = "") -> Document:
        """Asks for the user."""
        session = super().get(session_id, selected)
        if session["user"] != self.caller.user:
            raise SessionNotFound(session_id)
        return session


@saboteur.service("MOBILENEXT-ORG-03")
class IgnoresTheHeader(Sessions):
    """The list is always that of the default organization."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Drops the selection."""
        return super().page(limit, before, "")


@saboteur.service("MOBILENEXT-ORG-04")
class ReadsInAllOfThem(_Knowing):
    """A session of any of the caller's organizations can be read, whichever is selected."""

    def get(self, session_id: str, selected: str = "") -> Document:
        """Tries them all."""
        for organization in self.caller.organizations:
            try:
                return super().get(session_id, organization)
            except SessionNotFound:
                continue
        return super().get(session_id, selected)


@saboteur.service("MOBILENEXT-ORG-05")
class ForgetsTheBinding(Sessions):
    """An API key acts on the default organization of whoever made it."""

    def __init__(self, world: World, caller: Persona | None) -> None:
        assert caller is not None
        if caller.token.startswith("mob_"):
            caller = replace(caller, facts={"organization": "2"})
        super().__init__(world, caller)


@saboteur.service("MOBILENEXT-ORG-06")
class MixesOrganizations(_Knowing):
    """Without the header the list shows the sessions of all the caller's organizations."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Puts the lists together."""
        if selected:
            return super().page(limit, before, selected)
        sessions = list[Document]()
        for organization in self.caller.organizations:
            sessions += super().page(limit, before, organization).sessions
        newest = sorted(sessions, key=lambda session: str(session["createdAt"]), reverse=True)[:limit]
        return Page(newest, newest[-1]["createdAt"] if len(sessions) > limit else None)


@saboteur.service("MOBILENEXT-ORG-07")
class ShowsEveryoneOneList(Sessions):
    """Without the header everybody sees the first organization's list."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Selects for everybody."""
        return super().page(limit, before, selected or NORTHWIND)

    def _organization(self, selected: str) -> str:
        return selected or super()._organization(selected)


@saboteur.service("MOBILENEXT-ORG-08")
class ReadsEverything(Sessions):
    """Whoever knows an id can read the session."""

    def get(self, session_id: str, selected: str = "") -> Document:
        """Takes the organization of the session itself for the selected one."""
        session = self._sessions.get(session_id.lower())
        return super().get(session_id, str(session["organization"]) if session else selected)

    def _organization(self, selected: str) -> str:
        return selected or super()._organization(selected)


@saboteur.service("MOBILENEXT-ORG-09")
class TrustsTheHeader(Sessions):
    """The header selects any organization, the caller's or not."""

    def _organization(self, selected: str) -> str:
        return selected or super()._organization(selected)


@saboteur.refusal("MOBILENEXT-ORG-10")
def hides_organizations(answer: Reply) -> Reply:
    """An organization of others is not found, instead of forbidden."""
    return answer._replace(status=404) if answer.status == 403 else answer


@saboteur.operations("MOBILENEXT-ORG-11")
class TakesTheEmptyHeader(Operations):
    """An empty header selects an organization without a name, which is nobody's."""

    def list_sessions(self, sessions: Sessions, **parameters: Any) -> Reply:
        """Refuses what is there and empty."""
        if parameters.get("x_organization_id") == "":
            raise NotAMember("")
        return super().list_sessions(sessions, **parameters)


@saboteur.service("MOBILENEXT-ORG-12")
class PutsTheKeyFirst(_Knowing):
    """With an API key the header is ignored."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Drops the selection."""
        is_key = self.caller.token.startswith("mob_")
        return super().page(limit, before, "" if is_key else selected)


@saboteur.answer("MOBILENEXT-ORG-13")
def finds_nothing_loudly(operation_id: str, answer: Reply) -> Reply:
    """A list with nothing in it is answered with 404."""
    if operation_id == "list_sessions" and not answer.body["data"]:
        return Reply(404, {"error": {"code": "not_found", "message": "There are no sessions"}})
    return answer


@saboteur.reply("MOBILENEXT-ORG-14", "list_sessions")
def names_organizations_otherwise(body: Any) -> Any:
    """The reference to an organization is another one than what the header takes."""
    renamed = [{**each, "organization": f"org-{each['organization']}"} for each in body["data"]]
    return {**body, "data": renamed}
