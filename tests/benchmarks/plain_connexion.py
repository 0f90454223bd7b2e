"""Connexion 3 as it comes, over the same contract, with response validation; sessions in a dictionary."""

import sys
from typing import Any

from connexion import AsyncApp
from connexion.resolver import Resolver

import openapi
from mock_server import serving
from tests.benchmarks.contenders import LIST, session

CREATED = ("id", "agent_id", "task_id", "status", "created_at")


class Operations:
    """The operations that the workloads use; every other one answers 501."""

    def __init__(self) -> None:
        self._sessions = {each["id"]: each for each in map(session, range(LIST))}

    def get_session(self, id_: str) -> dict[str, Any]:
        """GET /sessions/{id}."""
        return self._sessions[id_]

    def list_sessions(self, **_: Any) -> dict[str, Any]:
        """GET /sessions."""
        found = list(self._sessions.values())[:LIST]
        return {"sessions": [{name: each[name] for name in each if name != "data"} for each in found]}

    def create_session(self, body: dict[str, Any]) -> tuple[dict[str, Any], int]:
        """POST /sessions."""
        made = {**session(len(self._sessions)), "agent_id": body["agent_id"], "status": "created"}
        self._sessions[made["id"]] = made
        return {name: made[name] for name in CREATED}, 201

    def absent(self, **_: Any) -> tuple[None, int]:
        """Anything else."""
        return None, 501


def application() -> AsyncApp:
    """The application."""
    operations = Operations()
    made = AsyncApp(__name__, resolver=Resolver(lambda name: getattr(operations, name, operations.absent)))
    made.add_api(openapi.load("viben"), base_path="/api", validate_responses=True, pythonic_params=True)
    return made


if __name__ == "__main__":
    serving.run(application(), serving.listen("127.0.0.1", int(sys.argv[1])), lambda: None)
