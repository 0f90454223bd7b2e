"""Saboteurs of Zipf: sharing, and how it reaches operations."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from mock_server.apis.zipf.model import Operation, Session
from mock_server.apis.zipf.sessions import Sessions
from mock_server.apis.zipf.sharing import Sharing
from mock_server.contract import MockApi
from tests.saboteurs import saboteur
from tests.saboteurs.zipf import parts

Body = Mapping[str, Any]
Shared = tuple[Session, dict[str, int] | None]


class _GuessesTheOrganization(Sharing):
    def share(self, session_id: str, changes: Body) -> Shared:
        return super().share(session_id, {"organization_id": self._memberships[0], **changes})


@saboteur.record("ZIPF-SHARE-01")
def guesses_the_organization(api: MockApi) -> MockApi:
    """A session is shared with the owner's first organisation when none is named."""
    contract = deepcopy(dict(api.specification))
    del contract["components"]["schemas"]["ShareChanges"]["anyOf"]
    return replace(api, specification=contract, service=parts.with_sharing(_GuessesTheOrganization))


@saboteur.reply("ZIPF-SHARE-02", "share_session")
def counts_no_crawls(body: Any) -> Any:
    """Crawls are not counted among what follows."""
    counts = body["operations_updated"].get("org_share")
    return {**body, "operations_updated": {"org_share": {**counts, "crawls": 0}} if counts else {}}


@parts.sharing("ZIPF-SHARE-03")
class ForgetsLaterOnes(Sharing):
    """Taking sharing back reaches a search less than there are."""

    def share(self, session_id: str, changes: Body) -> Shared:
        """Counts one less."""
        session, counts = super().share(session_id, changes)
        if counts and not session["shared_with_org"]:
            counts = {**counts, "searches": counts["searches"] - 1}
        return session, counts


@parts.sessions("ZIPF-SHARE-04")
class AddsUnshared(Sessions):
    """Operations that are added to a shared session stay with its owner."""

    def add(self, session: Session, operation: Body) -> Operation:
        """Adds, then takes it back."""
        added = super().add(session, operation)
        stored: Operation = self._operations.update(added["id"], {**added, "shared_with_org": False})
        return stored

    def operations(self, session_id: str) -> list[Operation]:
        """Only what is shared, for viewers."""
        found = super().operations(session_id)
        viewer = self.readable(session_id)[1] == "org_viewer"
        return [each for each in found if each["shared_with_org"] or not viewer]


@parts.sharing("ZIPF-SHARE-05")
class NeverTakesBack(Sharing):
    """Sharing cannot be taken back."""

    def share(self, session_id: str, changes: Body) -> Shared:
        """Only pretends."""
        if changes.get("shared_with_org") is False:
            return self._sessions.owned(session_id), {"searches": 0, "crawls": 0}
        return super().share(session_id, changes)


@parts.sharing("ZIPF-SHARE-06")
class PublishesToo(Sharing):
    """Sharing with an organisation is sharing with the public."""

    def share(self, session_id: str, changes: Body) -> Shared:
        """Opens the public views."""
        return super().share(session_id, {"public_share": changes.get("shared_with_org", False), **changes})


@parts.sessions("ZIPF-SHARE-07")
class SharesSearchesOnly(Sessions):
    """Sharing reaches searches only."""

    def change_operations(self, session_id: str, change: Callable[[Operation], Body]) -> None:
        """Leaves crawls as they are."""
        super().change_operations(session_id, lambda each: change(each) if each["type"] == "search" else each)


@parts.sharing("ZIPF-SHARE-08")
class KeepsTheFirst(Sharing):
    """A session stays with the organisation that it was shared with first."""

    def share(self, session_id: str, changes: Body) -> Shared:
        """Takes no notice of the second."""
        first = self._sessions.owned(session_id)["organization_id"]
        kept = {**changes, "organization_id": first} if first else changes
        return super().share(session_id, kept)


@saboteur.reply("ZIPF-SHARE-09", "share_session")
def answers_without_the_session(body: Any) -> Any:
    """The reply to sharing holds no session."""
    return {"operations_updated": body["operations_updated"]}
