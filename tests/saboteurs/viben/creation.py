"""Saboteurs of Viben: creating a session."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from mock_server.apis.viben.model import Session
from mock_server.apis.viben.operations import Operations
from mock_server.apis.viben.service import Sessions
from mock_server.contract import MockApi
from mock_server.errors import InvalidRequest
from mock_server.reply import Reply
from tests.saboteurs import saboteur

Body = Mapping[str, Any]


@saboteur.specification("VIBEN-CREATE-01")
def demands_a_task(contract: dict[str, Any]) -> None:
    """A creation without a task is refused."""
    contract["components"]["schemas"]["NewSession"]["required"] = ["agent_id", "task_id"]


@saboteur.reply("VIBEN-CREATE-02", "create_session")
def forgets_the_task(body: Any) -> Any:
    """The reply to a creation shows no task."""
    return {**body, "task_id": None}


@saboteur.service("VIBEN-CREATE-03")
class StartsActive(Sessions):
    """A new session is active at once."""

    def create(self, agent_id: str, task_id: str | None = None, prompt: str | None = None) -> Session:
        """Creates, then activates."""
        session = super().create(agent_id, task_id, prompt)
        return self.update(session["id"], {"status": "active"})


@saboteur.reply("VIBEN-CREATE-03", "create_session")
def says_active(body: Any) -> Any:
    """The reply to a creation says that the session is active."""
    return {**body, "status": "active"}


@saboteur.reply("VIBEN-CREATE-04", "create_session")
def repeats_an_id(body: Any) -> Any:
    """Every new session gets the same id."""
    return {**body, "id": "session-abc123"}


@saboteur.reply("VIBEN-CREATE-05", "create_session")
def creates_without_a_time(body: Any) -> Any:
    """The time of creation is no time."""
    return {**body, "created_at": "just now"}


@saboteur.operations("VIBEN-CREATE-05")
class CreatesEverEarlier(Operations):
    """Each session says that it was created before the one made before it."""

    def __init__(self) -> None:
        self._made = 0

    def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
        """Goes back an hour each time."""
        self._made += 1
        reply = super().create_session(sessions, body=body)
        return Reply(201, {**reply.body, "created_at": f"2024-01-16T{23 - self._made % 24:02}:00:00Z"})


@saboteur.record("VIBEN-CREATE-06")
def needs_no_agent(api: MockApi) -> MockApi:
    """A creation without an agent gets a default one."""

    class DefaultAgent(Operations):
        def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
            return super().create_session(sessions, body={"agent_id": "CLAUDE_CODE", **body})

    contract = deepcopy(dict(api.specification))
    del contract["components"]["schemas"]["NewSession"]["required"]
    return replace(api, specification=contract, operations=DefaultAgent())


@saboteur.answer("VIBEN-CREATE-07")
def creates_with_200(operation_id: str, answer: Reply) -> Reply:
    """A creation is answered with 200."""
    return Reply(200, answer.body) if operation_id == "create_session" else answer


@saboteur.specification("VIBEN-CREATE-08")
def takes_an_empty_agent(contract: dict[str, Any]) -> None:
    """A creation may have an agent without a name."""
    contract["components"]["schemas"]["AgentId"].pop("minLength")


@saboteur.operations("VIBEN-CREATE-09")
class LetsClientsChooseIds(Operations):
    """A creation takes over the id that the client made up."""

    def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
        """Creates under any id."""
        reply = super().create_session(sessions, body=body)
        return Reply(reply.status, {**reply.body, "id": body.get("id", reply.body["id"])})


@saboteur.record("VIBEN-CREATE-10")
def stores_what_it_refuses(api: MockApi) -> MockApi:
    """A creation without an agent is refused, and its session is there all the same."""

    class Stores(Operations):
        def create_session(self, sessions: Sessions, *, body: Body) -> Reply:
            reply = super().create_session(sessions, body={"agent_id": "CLAUDE_CODE", **body})
            if "agent_id" not in body:
                raise InvalidRequest("agent_id is required")
            return reply

    contract = deepcopy(dict(api.specification))
    del contract["components"]["schemas"]["NewSession"]["required"]
    return replace(api, specification=contract, operations=Stores())
