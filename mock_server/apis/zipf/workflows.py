"""Workflows, as far as sessions are concerned: one may have a linked session, which is shared with it."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.zipf import errors
from mock_server.apis.zipf.model import AccessLevel, Session, Workflow, timestamp
from mock_server.apis.zipf.sessions import Sessions
from mock_server.apis.zipf.sharing import Sharing
from mock_server.auth import Persona
from mock_server.world import World


class Workflows:
    """The workflows that a caller has, and those that are shared with the caller's organisations."""

    def __init__(self, world: World, sessions: Sessions, sharing: Sharing, caller: Persona) -> None:
        self._world = world
        self._sessions = sessions
        self._sharing = sharing
        self._caller = caller
        self._workflows = world.collection("zipf", "workflows")

    def create(self, body: Mapping[str, Any]) -> Workflow:
        """A new workflow. Raises `SessionNotFound` and `ReadOnly` for a session that is not the caller's."""
        session_id = body.get("session_id")
        if session_id is not None:
            self._sessions.owned(session_id)
        ordinal = self._world.next_ordinal("zipf.workflows")
        workflow: Workflow = {
            "id": self._world.draw.uuid("zipf.workflows", ordinal, "id"),
            "customer_id": self._caller.user,
            "name": body["name"],
            "session_id": session_id,
            "shared_with_org": False,
            "organization_id": None,
            "created_at": self._now(),
            "updated_at": self._now(),
            "sequence": ordinal,
        }
        return _workflow(self._workflows.insert(workflow["id"], workflow))

    def readable(self, workflow_id: str) -> tuple[Workflow, AccessLevel]:
        """A workflow and what the caller is to it. Raises `WorkflowNotFound`."""
        workflow = self._workflows.get(workflow_id)
        if workflow is not None and workflow["customer_id"] == self._caller.user:
            return workflow, "owner"
        if workflow is None or workflow["organization_id"] not in self._caller.organizations:
            raise errors.WorkflowNotFound(workflow_id)
        return workflow, "org_viewer"

    def share(
        self, workflow_id: str, changes: Mapping[str, Any]
    ) -> tuple[Workflow, Session | None, dict[str, int] | None]:
        """Shares a workflow, its linked session and all operations of that, or takes it back.

        The workflow, its session, and how many searches and crawls followed; no session where none is linked
        or it was deleted. Raises `WorkflowNotFound`, `ReadOnly` and `NotAMember`.
        """
        workflow, level = self.readable(workflow_id)
        if level != "owner":
            raise errors.ReadOnly(level)
        session, counts = None, None
        if self._linked(workflow):
            session, counts = self._sharing.share(str(workflow["session_id"]), changes)
        inherited = self._sharing.with_organization(changes)
        shared = {**workflow, **inherited, "updated_at": self._now()}
        return _workflow(self._workflows.update(workflow_id, shared)), session, counts

    def _linked(self, workflow: Workflow) -> bool:
        return workflow["session_id"] is not None and self._sessions.exists(workflow["session_id"])

    def _now(self) -> str:
        return timestamp(self._world.clock.now())


def _workflow(document: Any) -> Workflow:
    workflow: Workflow = document
    return workflow
