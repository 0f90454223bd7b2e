"""Saboteurs of what a session shows."""

from collections.abc import Callable
from typing import Any

from tests.saboteurs import saboteur

Change = Callable[[dict[str, Any]], dict[str, Any]]


def _everywhere(body: Any, change: Change) -> Any:
    """The reply with each session in it changed, be it a list or a single one."""
    if "data" in body:
        return {**body, "data": [change(session) for session in body["data"]]}
    return change(body)


def _without(holder: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in holder.items() if key != name}


@saboteur.reply("MOBILENEXT-SESSION-01", "list_sessions", "get_session")
def writes_ids_without_dashes(body: Any) -> Any:
    """Ids are UUIDs without their dashes."""
    return _everywhere(body, lambda session: {**session, "id": session["id"].replace("-", "")})


@saboteur.reply("MOBILENEXT-SESSION-01", "get_session")
def reads_a_session_id(body: Any) -> Any:
    """A session that is read calls its id `sessionId`."""
    return {**_without(body, "id"), "sessionId": body["id"]}


@saboteur.reply("MOBILENEXT-SESSION-02", "list_sessions", "get_session")
def numbers_organizations(body: Any) -> Any:
    """The organization is a number."""
    return _everywhere(body, lambda session: {**session, "organization": int(session["organization"])})


@saboteur.reply("MOBILENEXT-SESSION-03", "list_sessions")
def lists_users_by_mail(body: Any) -> Any:
    """The list names users by their address."""
    return _everywhere(body, lambda session: {**session, "user": "ben@northwind.example"})


@saboteur.reply("MOBILENEXT-SESSION-04", "list_sessions", "get_session")
def forgets_the_version(body: Any) -> Any:
    """A device does not say its version."""
    return _everywhere(body, lambda each: {**each, "device": _without(each["device"], "osVersion")})


@saboteur.reply("MOBILENEXT-SESSION-04", "get_session")
def reads_a_device_id(body: Any) -> Any:
    """A session that is read has its device's id only."""
    return {**body, "device": body["device"]["id"]}


@saboteur.reply("MOBILENEXT-SESSION-05", "list_sessions", "get_session")
def leaves_out_the_zone(body: Any) -> Any:
    """The time of creation has no offset."""
    return _everywhere(body, lambda session: {**session, "createdAt": session["createdAt"].rstrip("Z")})


@saboteur.reply("MOBILENEXT-SESSION-06", "list_sessions", "get_session")
def says_never(body: Any) -> Any:
    """A session that is held was released "never"."""
    return _everywhere(body, lambda session: {**session, "releasedAt": session["releasedAt"] or "never"})


@saboteur.reply("MOBILENEXT-SESSION-07", "list_sessions")
def leaves_null_out(body: Any) -> Any:
    """A held session in the list has no `releasedAt`."""
    return _everywhere(body, lambda each: each if each["releasedAt"] else _without(each, "releasedAt"))


@saboteur.reply("MOBILENEXT-SESSION-08", "list_sessions")
def releases_before_creation(body: Any) -> Any:
    """Sessions were released a quarter of a century before they were created."""
    return _everywhere(body, lambda session: {**session, "releasedAt": "2001-01-01T00:00:00.000000Z"})


@saboteur.reply("MOBILENEXT-SESSION-09", "list_sessions")
def shows_seconds(body: Any) -> Any:
    """Times have no fraction of a second."""
    return _everywhere(body, lambda session: {**session, "createdAt": session["createdAt"][:19] + "Z"})
