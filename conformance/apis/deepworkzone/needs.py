"""What requirements of Deep Work Zone need of a target: that it says how to delete one of a series."""

from collections.abc import Mapping
from typing import Any

from conformance.target import Target

# How a deletion says what it is of, where the target's settings do not: as the contract assumes it.
DELETE_SCOPE = {"in": "query", "name": "scope", "occurrence": "occurrence", "series": "series"}


def delete_scope(target: Target) -> Mapping[str, Any] | None:
    """Return how a deployment is told what a deletion is of, or None where nobody knows."""
    found = target.settings.get("delete_scope")
    if isinstance(found, dict) and found.keys() >= DELETE_SCOPE.keys():
        return found
    return DELETE_SCOPE if target.disposable else None


def scope_of_deletion(target: Target) -> str:
    """Say that nobody knows how a deployment is told what a deletion is of."""
    if delete_scope(target) is not None:
        return ""
    return "the target's settings have no `delete_scope`, and the document does not name the means"
