"""Saboteurs of Zipf: workflows."""

from typing import Any

from mock_server.apis.zipf.model import AccessLevel, Workflow
from mock_server.apis.zipf.workflows import Workflows
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts


@saboteur.reply("ZIPF-WORKFLOW-01", "get_workflow")
def forgets_the_session(body: Any) -> Any:
    """A workflow does not show its session."""
    return {**body, "workflow": {**body["workflow"], "session_id": None}}


@parts.workflows("ZIPF-WORKFLOW-02")
class LeavesTheSession(Workflows):
    """Sharing a workflow does not reach its session."""

    def _linked(self, workflow: Workflow) -> bool:
        return False


@parts.workflows("ZIPF-WORKFLOW-03")
class LetsViewersShare(Workflows):
    """Whoever may read a workflow may change whom it is shared with."""

    def readable(self, workflow_id: str) -> tuple[Workflow, AccessLevel]:
        """Everybody is the owner."""
        return super().readable(workflow_id)[0], "owner"
