"""What a target file can say of a Deep Work Zone deployment, for the page leaves it open."""

from typing import Any

from conformance.setting import Setting, filled
from conformance.target_values import TargetError, known_keys

SCOPE = ("in", "name", "occurrence", "series")
PLACES = ("query", "body")


def scope(key: str, value: Any) -> None:
    """Refuse what does not say how a deletion says what it is of."""
    if not isinstance(value, dict):
        raise TargetError(key, f"must be a table with {', '.join(SCOPE)}")
    known_keys(key, value, SCOPE)
    for name in SCOPE:
        if not isinstance(value.get(name), str | int):
            raise TargetError(f"{key}.{name}", "must be a text, a number, true or false")
    filled(f"{key}.name", value["name"])
    if value["in"] not in PLACES:
        raise TargetError(f"{key}.in", f"must be one of: {', '.join(PLACES)}")


SETTINGS = (
    Setting(
        "delete_scope",
        scope,
        '{in = "query", name = "scope", occurrence = "occurrence", series = "series"}',
        "how to delete a whole series",
    ),
    Setting("participation_field", filled, '"participation"', "where details tell of the caller's part"),
)
