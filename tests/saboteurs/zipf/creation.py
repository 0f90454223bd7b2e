"""Saboteurs of Zipf: creating sessions."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from mock_server.apis.zipf.errors import TooManySessions
from mock_server.apis.zipf.model import Session
from mock_server.apis.zipf.operations import Operations
from mock_server.apis.zipf.service import Zipf
from mock_server.apis.zipf.sessions import Filters, Sessions
from mock_server.contract import MockApi
from mock_server.errors import InvalidRequest
from mock_server.reply import Reply
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts

Body = Mapping[str, Any]


@saboteur.specification("ZIPF-CREATE-01")
def demands_a_description(contract: dict[str, Any]) -> None:
    """A creation without a description is refused."""
    contract["components"]["schemas"]["NewSession"]["required"] = ["name", "description"]


@saboteur.record("ZIPF-CREATE-02")
def minds_the_media_type(api: MockApi) -> MockApi:
    """A body has to say that it is JSON."""
    return replace(api, reads_any_media_type=False)


@saboteur.reply("ZIPF-CREATE-03", "get_session")
def forgets_the_description(body: Any) -> Any:
    """The details show no description."""
    return {**body, "session": {**body["session"], "description": None}}


@parts.sessions("ZIPF-CREATE-04")
class StartsCompleted(Sessions):
    """A new session is completed at once."""

    def create(self, body: Body) -> Session:
        """Creates, then completes."""
        return self.complete(super().create(body)["id"])


@parts.sessions("ZIPF-CREATE-05")
class StartsWithoutContext(Sessions):
    """The context is not accumulated unless that is asked for."""

    def create(self, body: Body) -> Session:
        """Switches off what was not mentioned."""
        config = {"accumulate_context": False, **body.get("session_config", {})}
        return super().create({**body, "session_config": config})


@saboteur.specification("ZIPF-CREATE-06")
def knows_six_intents(contract: dict[str, Any]) -> None:
    """An intent of lead generation is refused."""
    contract["components"]["schemas"]["IntentType"]["enum"].remove("lead_generation")


class _NamesItself(Operations):
    def create_session(self, zipf: Zipf, *, body: Body) -> Reply:
        return super().create_session(zipf, body={"name": "Untitled", **body})


@saboteur.record("ZIPF-CREATE-07")
def names_it_itself(api: MockApi) -> MockApi:
    """A session without a name gets one."""
    contract = deepcopy(dict(api.specification))
    del contract["components"]["schemas"]["NewSession"]["required"]
    return replace(api, specification=contract, operations=_NamesItself())


@saboteur.specification("ZIPF-CREATE-08")
def takes_longer_names(contract: dict[str, Any]) -> None:
    """A name may have 256 characters."""
    contract["components"]["schemas"]["SessionName"]["maxLength"] = 256


@saboteur.specification("ZIPF-CREATE-08")
def takes_shorter_names_only(contract: dict[str, Any]) -> None:
    """A name may have 254 characters at most."""
    contract["components"]["schemas"]["SessionName"]["maxLength"] = 254


@saboteur.specification("ZIPF-CREATE-09")
def takes_any_operation_limit(contract: dict[str, Any]) -> None:
    """A session may be limited to 101 operations."""
    contract["components"]["schemas"]["MaxOperations"]["maximum"] = 1000


@parts.sessions("ZIPF-CREATE-10")
class MakesRoom(Sessions):
    """The 101st session takes the place of the first."""

    def create(self, body: Body) -> Session:
        """Deletes where it should refuse."""
        try:
            return super().create(body)
        except TooManySessions:
            self.delete(self.mine(Filters())[-1]["id"])
            return super().create(body)


@saboteur.reply("ZIPF-CREATE-11", "create_session")
def forgets_the_envelope(body: Any) -> Any:
    """A creation is answered with the bare session."""
    return body["session"]


@saboteur.refusal("ZIPF-CREATE-12")
def cannot_process_creations(answer: Reply) -> Reply:
    """What is invalid is refused with 422."""
    return Reply(422, answer.body, answer.headers) if answer.status == 400 else answer


@saboteur.record("ZIPF-CREATE-13")
def stores_what_it_refuses(api: MockApi) -> MockApi:
    """A creation without a name is refused, and its session is there all the same."""

    class Stores(_NamesItself):
        def create_session(self, zipf: Zipf, *, body: Body) -> Reply:
            reply = super().create_session(zipf, body=body)
            if "name" not in body:
                raise InvalidRequest("name is required")
            return reply

    contract = deepcopy(dict(api.specification))
    del contract["components"]["schemas"]["NewSession"]["required"]
    return replace(api, specification=contract, operations=Stores())
