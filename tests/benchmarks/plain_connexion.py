"""Connexion 3 as it comes, over the same contract, with response validation; sessions in dictionaries."""

import sys
from collections import defaultdict
from typing import Any

from connexion import AsyncApp
from connexion.resolver import Resolver

import openapi
from mock_server import serving
from tests.benchmarks.records import every, session, summary

CREATED = ("id", "agent_id", "task_id", "status", "created_at")


class Operations:
    """The operations that the workloads use; every other one answers 501."""

    def __init__(self) -> None:
        self._sessions: dict[str, dict[str, Any]] = {}
        self._of_agent: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        for each in every():
            self._keep(each)
        self._made = len(self._sessions)

    def get_session(self, id_: str) -> dict[str, Any]:
        """GET /sessions/{id}."""
        return self._sessions[id_]

    def list_sessions(self, agent_id: str, **_: Any) -> dict[str, Any]:
        """GET /sessions."""
        return {"sessions": [summary(each) for each in self._of_agent[agent_id].values()]}

    def create_session(self, body: dict[str, Any]) -> tuple[dict[str, Any], int]:
        """POST /sessions."""
        made = {**session(self._made, body["agent_id"]), "status": "created"}
        self._made += 1
        self._keep(made)
        return {name: made[name] for name in CREATED}, 201

    def update_session(self, id_: str, body: dict[str, Any]) -> dict[str, Any]:
        """PATCH /sessions/{id}."""
        self._keep({**self._sessions[id_], **body})
        return self._sessions[id_]

    def delete_session(self, id_: str) -> dict[str, Any]:
        """DELETE /sessions/{id}."""
        gone = self._sessions.pop(id_)
        del self._of_agent[gone["agent_id"]][id_]
        return {"deleted": id_}

    def absent(self, **_: Any) -> tuple[None, int]:
        """Anything else."""
        return None, 501

    def _keep(self, session: dict[str, Any]) -> None:
        self._sessions[session["id"]] = self._of_agent[session["agent_id"]][session["id"]] = session


def application() -> AsyncApp:
    """The application."""
    operations = Operations()
    made = AsyncApp(__name__, resolver=Resolver(lambda name: getattr(operations, name, operations.absent)))
    made.add_api(openapi.load("viben"), base_path="/api", validate_responses=True, pythonic_params=True)
    return made


if __name__ == "__main__":
    serving.run(application(), serving.listen("127.0.0.1", int(sys.argv[1])), lambda: None)
