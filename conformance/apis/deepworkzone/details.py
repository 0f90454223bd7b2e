"""Requirements on reading a single session."""

from collections.abc import Iterator
from typing import Any

from conformance import expect
from conformance.apis.deepworkzone.client import OWNER, DeepWorkZone, one
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

PARTICIPATION = "participation_field"
SINGLE = documented("Retrieves a single session by its ID")


@requirement(
    "DWZ-GET-01",
    level=Level.MUST,
    origin=SINGLE,
    operations=["get_session", "create_session"],
    actors=[OWNER],
)
def the_session_with_this_id(api: DeepWorkZone) -> None:
    """The reply is the one session with the id asked for, not another one."""
    for made in [api.given_session() for _ in range(2)]:
        session = one(api.get_session(made["id"]).succeeded())
        expect.that(session is not None, expected="a session with its id in the reply", got=session)
        expect.equal("id of the session", str((session or {}).get("id")), str(made["id"]))
        if "name" in (session or {}):
            expect.equal("name of the session", (session or {}).get("name"), made["name"])


@requirement(
    "DWZ-GET-02",
    level=Level.MUST,
    origin=documented("along with the authenticated user's participation metadata"),
    operations=["get_session"],
    actors=[OWNER],
)
def participation_is_shown(api: DeepWorkZone) -> None:
    """The reply has the caller's participation metadata, in a field so called or named in the settings."""
    reply = api.get_session(api.given_session()["id"]).succeeded()
    wanted = str(api.http.target.settings.get(PARTICIPATION, ""))
    found = [
        name for name in names(reply.json()) if (name == wanted if wanted else "particip" in name.lower())
    ]
    if not found and not wanted and not api.http.target.disposable:
        raise Inconclusive(
            f"the document names no field, and no field is called participation; set {PARTICIPATION}"
        )
    expect.that(bool(found), expected=f"a field `{wanted or 'participation'}`", got=reply.json())


def names(document: Any) -> Iterator[str]:
    """Go through the names of all members of a document."""
    if isinstance(document, dict):
        for name, value in document.items():
            yield name
            yield from names(value)


@requirement(
    "DWZ-GET-03",
    level=Level.MUST,
    origin=SINGLE,
    operations=["get_session"],
    actors=[OWNER],
)
def unknown_sessions_are_not_found(api: DeepWorkZone) -> None:
    """Reading a session that does not exist is refused."""
    api.get_session(api.given_no_session()).refused()


@requirement(
    "DWZ-GET-04",
    level=Level.MUST,
    origin=assumed(
        "The page shows no refusal; 404 also for what is no number, as no session has such an id."
    ),
    operations=["get_session", "replace_session", "delete_session"],
    actors=[OWNER],
)
def refusal_is_exact(api: DeepWorkZone) -> None:
    """Whatever is asked of a session that does not exist is refused with 404 and a message."""
    for id_ in (api.given_no_session(), "abc", 0, -1):
        for reply in (api.get_session(id_), api.replace_session(id_, {}), api.delete_session(id_)):
            expect.text("`message` in the refusal", reply.has_status(404).object().get("message"))
