"""Saboteurs of one page of the list."""

import re
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from typing import Any

from mock_server.apis.mobilenext.operations import Operations
from mock_server.apis.mobilenext.service import Page, Sessions
from mock_server.clock import instant, rfc3339
from mock_server.contract import MockApi
from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.reply("MOBILENEXT-LIST-01", "list_sessions")
def lists_without_object(body: Any) -> Any:
    """The list does not say what it is."""
    return {name: value for name, value in body.items() if name != "object"}


@saboteur.reply("MOBILENEXT-LIST-01", "list_sessions")
def lists_a_map(body: Any) -> Any:
    """The list is a map from id to session."""
    return {**body, "data": {session["id"]: session for session in body["data"]}}


@saboteur.reply("MOBILENEXT-LIST-02", "list_sessions")
def lists_oldest_first(body: Any) -> Any:
    """The page begins with its oldest session."""
    return {**body, "data": body["data"][::-1]}


@saboteur.operations("MOBILENEXT-LIST-03")
class IgnoresTheLimit(Operations):
    """A page holds ten sessions, whatever the limit."""

    def list_sessions(self, sessions: Sessions, *, limit: int, **others: Any) -> Reply:
        """Lists ten."""
        return super().list_sessions(sessions, limit=10, **others)


@saboteur.service("MOBILENEXT-LIST-03")
class StartsWithTheSecond(Sessions):
    """A short page leaves the newest session out."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Drops the first of few."""
        page = super().page(limit, before, selected)
        return Page(page.sessions[1:], page.next_cursor) if limit == 2 else page


@saboteur.specification("MOBILENEXT-LIST-04")
def lists_fifty_by_default(contract: dict[str, Any]) -> None:
    """Without a limit a page holds 50 sessions."""
    contract["components"]["parameters"]["Limit"]["schema"]["default"] = 50


@saboteur.specification("MOBILENEXT-LIST-04")
def lists_many_by_default(contract: dict[str, Any]) -> None:
    """Without a limit a page holds 200 sessions."""
    contract["components"]["parameters"]["Limit"]["schema"]["default"] = 200


@saboteur.specification("MOBILENEXT-LIST-05")
def has_no_maximum(contract: dict[str, Any]) -> None:
    """A page may hold any number of sessions."""
    contract["components"]["parameters"]["Limit"]["schema"].pop("maximum")


@saboteur.service("MOBILENEXT-LIST-06")
class IncludesTheCursor(Sessions):
    """`before` lets through what was created at that very time."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Takes a cursor one microsecond later."""
        if before is not None:
            before = rfc3339(instant(before) + timedelta(microseconds=1), "microseconds")
        return super().page(limit, before, selected)


@saboteur.service("MOBILENEXT-LIST-06")
class IgnoresTheCursor(Sessions):
    """Every page is the first one."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Drops the cursor."""
        return super().page(limit, None, selected)


@saboteur.service("MOBILENEXT-LIST-07")
class IgnoresOffsets(Sessions):
    """`before` is taken for UTC, whatever its offset."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Cuts the offset off."""
        if before is not None:
            before = re.sub(r"[+-]\d\d:\d\d$", "Z", before)
        return super().page(limit, before, selected)


@saboteur.service("MOBILENEXT-LIST-07")
class ComparesTexts(Sessions):
    """More digits after the second make `before` an earlier time."""

    def page(self, limit: int, before: str | None = None, selected: str = "") -> Page:
        """Goes back a day where the text is long."""
        if before is not None and len(before) > len("2026-01-01T00:00:00.000000Z"):
            before = rfc3339(instant(before) - timedelta(days=1), "microseconds")
        return super().page(limit, before, selected)


@saboteur.reply("MOBILENEXT-LIST-08", "list_sessions")
def calls_itself_a_page(body: Any) -> Any:
    """`object` of the list is "page"."""
    return {**body, "object": "page"}


@saboteur.reply("MOBILENEXT-LIST-08", "list_sessions")
def counts_the_sessions(body: Any) -> Any:
    """The list has a field that the contract does not know."""
    return {**body, "count": len(body["data"])}


@saboteur.record("MOBILENEXT-LIST-09")
def cuts_any_limit(api: MockApi) -> MockApi:
    """A limit beyond the bounds is cut instead of refused."""

    class Cutting(Operations):
        def list_sessions(self, sessions: Sessions, *, limit: int, **others: Any) -> Reply:
            return super().list_sessions(sessions, limit=min(max(limit, 1), 500), **others)

    contract = deepcopy(dict(api.specification))
    for bound in ("minimum", "maximum"):
        contract["components"]["parameters"]["Limit"]["schema"].pop(bound)
    return replace(api, specification=contract, operations=Cutting())


@saboteur.specification("MOBILENEXT-LIST-10")
def knows_platforms(contract: dict[str, Any]) -> None:
    """A parameter of a later version, with a value of a still later one, is refused."""
    platform = {"name": "platform", "in": "query", "schema": {"type": "string", "enum": ["ios", "android"]}}
    contract["paths"]["/sessions"]["get"]["parameters"].append(platform)
