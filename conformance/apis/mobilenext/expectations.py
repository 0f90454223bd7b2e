"""What several topics expect of lists of sessions."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from conformance import expect
from conformance.apis.mobilenext.client import Session, created
from conformance.expect import parsed_instant


def field(what: str, holder: Any, name: str) -> Any:
    """Expect an object to have a member, and return it; otherwise say which members it has."""
    got = f"`{'`, `'.join(holder)}`" if isinstance(holder, dict) else holder
    expect.that(isinstance(holder, dict) and name in holder, expected=f"{what} with `{name}`", got=got)
    return holder[name]


def all_of(what: str, found: Sequence[Any], wanted: Sequence[str]) -> None:
    """Expect all of the wanted ids to be there."""
    missing = [each for each in wanted if each not in found]
    expect.that(not missing, expected=f"{', '.join(wanted)} in {what}", got=f"{', '.join(missing)} missing")


def none_of(what: str, found: Sequence[Any], hidden: Sequence[str]) -> None:
    """Expect none of the hidden ids to be there."""
    leaked = [each for each in found if each in hidden]
    expect.that(not leaked, expected=f"none of the organization's sessions in {what}", got=leaked)


def newest_first(sessions: Sequence[Session]) -> None:
    """Expect no session created after the one above it; those without a time are passed over."""
    timed = [each for each in sessions if parsed_instant(each.get("createdAt")) is not None]
    for above, below in pairwise(timed):
        in_order = created(above) >= created(below)
        expected = f"no session newer than {above['createdAt']} after it"
        expect.that(in_order, expected=expected, got=below["createdAt"])
