"""Saboteurs of Zipf: a session's details."""

from typing import Any

from mock_server.apis.zipf.errors import SessionNotFound
from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.service import Zipf
from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.reply("ZIPF-GET-01", "get_session")
def knows_no_context(body: Any) -> Any:
    """The details hold no context summary."""
    return {name: value for name, value in body.items() if name != "context_summary"}


@saboteur.reply("ZIPF-GET-02", "get_session")
def takes_everybody_for_viewers(body: Any) -> Any:
    """The owner is told to be a viewer."""
    return {**body, "access_level": "org_viewer"}


@saboteur.reply("ZIPF-GET-03", "get_session")
def names_no_organization(body: Any) -> Any:
    """The organisation that a session is shared with has no name."""
    return {**body, "organization_name": None}


@saboteur.reply("ZIPF-GET-04", "get_session")
def knows_no_organizations(body: Any) -> Any:
    """The caller belongs to no organisation."""
    return {**body, "user_organizations": []}


@saboteur.reply("ZIPF-GET-05", "get_session")
def shows_one_operation(body: Any) -> Any:
    """The details hold the first operation only."""
    return {**body, "operations": body["operations"][:1]}


@saboteur.operations("ZIPF-GET-06")
class MakesUpSessions(Operations):
    """There are details of every session, whether it exists or not."""

    def get_session(self, zipf: Zipf, *, id_: str) -> Reply:
        """Never refuses."""
        try:
            return super().get_session(zipf, id_=id_)
        except SessionNotFound:
            return Reply(200, {"session": {"id": id_, "status": "active"}})


@saboteur.reply("ZIPF-GET-07", "get_session")
def moves_the_level(body: Any) -> Any:
    """The access level stands in the session, not beside it."""
    rest = {name: value for name, value in body.items() if name != "access_level"}
    return {**rest, "session": {**body["session"], "access_level": body["access_level"]}}
