"""Saboteurs of Deep Work Zone: creating a session."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, ClassVar

from mock_server.apis.deepworkzone.operations import Operations
from mock_server.apis.deepworkzone.service import Sessions
from mock_server.contract import MockApi
from mock_server.errors import InvalidRequest
from mock_server.reply import Reply
from mock_server.store import Document
from tests.saboteurs import saboteur

Body = Mapping[str, Any]


class _Creates(Sessions):
    """Creates something else than was asked for."""

    changes: ClassVar[Body]

    def create(self, body: Body) -> Document:
        """Changes fields first."""
        return super().create({**body, **self.changes})


@saboteur.specification("DWZ-CREATE-01")
def demands_an_end(contract: dict[str, Any]) -> None:
    """The end of a recurrence must be a day, also when nothing recurs."""
    contract["components"]["schemas"]["OptionalDate"]["nullable"] = False


@saboteur.service("DWZ-CREATE-02")
class AlwaysAnHour(_Creates):
    """Every session takes an hour."""

    changes: ClassVar[Body] = {"duration": 60}


@saboteur.service("DWZ-CREATE-02")
class AlwaysPublic(_Creates):
    """Every session is public."""

    changes: ClassVar[Body] = {"is_public": True}


@saboteur.reply("DWZ-CREATE-02", "get_session")
def shows_the_next_day(body: Any) -> Any:
    """The day of a session is shown with an hour of the day after."""
    return {"data": {**body["data"], "time": "12:00 AM"}}


@saboteur.service("DWZ-CREATE-03")
class ForgetsTheCategories(_Creates):
    """Which websites are blocked is forgotten."""

    changes: ClassVar[Body] = {"website_blocker": {"mode": "preset", "category": [], "urls": []}}


@saboteur.service("DWZ-CREATE-03")
class BlocksAlways(_Creates):
    """Websites are blocked in every session."""

    changes: ClassVar[Body] = {"website_blocker_enabled": True}


@saboteur.service("DWZ-CREATE-04")
class SnoozesEverything(_Creates):
    """All apps are snoozed."""

    changes: ClassVar[Body] = {"snooze_apps": {"slack": True, "teams": True}}


@saboteur.service("DWZ-CREATE-05")
class RecursAnyway(_Creates):
    """Every session recurs."""

    changes: ClassVar[Body] = {"is_recurring": 1}


@saboteur.reply("DWZ-CREATE-05", "get_session")
def shows_another_month_option(body: Any) -> Any:
    """The monthly option of a session that does not recur is lost."""
    return {"data": {**body["data"], "recurring_month_option": "none"}}


@saboteur.reply("DWZ-CREATE-06", "create_session")
def repeats_an_id(body: Any) -> Any:
    """Every new session gets the same id."""
    return {"data": {**body["data"], "id": 1}}


@saboteur.answer("DWZ-CREATE-07")
def creates_with_200(operation_id: str, answer: Reply) -> Reply:
    """A creation is answered with 200."""
    return Reply(200, answer.body) if operation_id == "create_session" else answer


@saboteur.reply("DWZ-CREATE-07", "create_session", "get_session")
def shows_flags_as_numbers(body: Any) -> Any:
    """A flag that was sent as true comes back as 1."""
    return {"data": {**body["data"], "is_public": int(body["data"]["is_public"])}}


@saboteur.specification("DWZ-CREATE-08")
def needs_no_type(contract: dict[str, Any]) -> None:
    """A creation may leave the type out."""
    contract["components"]["schemas"]["NewSession"]["required"].remove("type")


@saboteur.specification("DWZ-CREATE-09")
def takes_no_time_at_all(contract: dict[str, Any]) -> None:
    """A session may last 0 minutes."""
    contract["components"]["schemas"]["Duration"].pop("minimum")


@saboteur.service("DWZ-CREATE-10")
class PrivateByDefault(Sessions):
    """A session is private unless it is said to be public."""

    def create(self, body: Body) -> Document:
        """Creates in private."""
        return super().create({"is_public": False, **body})


@saboteur.operations("DWZ-CREATE-11")
class LetsClientsTellTheTime(Operations):
    """A creation takes over the time that the client made up."""

    def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
        """Creates at any time."""
        session = super().create_session(sessions, body=body).body["data"]
        return Reply(201, {"data": {**session, "created_at": body.get("created_at", session["created_at"])}})


@saboteur.record("DWZ-CREATE-12")
def stores_what_it_refuses(api: MockApi) -> MockApi:
    """A creation without a duration is refused, and its session is there all the same."""

    class Stores(Operations):
        def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
            reply = super().create_session(sessions, body={"duration": 60, **body})
            if "duration" not in body:
                raise InvalidRequest("duration is required")
            return reply

    contract = deepcopy(dict(api.specification))
    contract["components"]["schemas"]["NewSession"]["required"].remove("duration")
    return replace(api, specification=contract, operations=Stores())
