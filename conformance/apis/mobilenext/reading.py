"""Requirements on getting one session by its id."""

from uuid import UUID

from conformance import expect
from conformance.apis.mobilenext.client import FEW, MobileNext, ids
from conformance.apis.mobilenext.expectations import field
from conformance.requirement import Level, assumed, documented, requirement

LASTING = ("id", "organization", "user", "device", "createdAt")
SAMPLE = 3


@requirement(
    "MOBILENEXT-GET-01",
    level=Level.MUST,
    origin=documented("GET /api/v1/sessions/{sessionId}: Returns a session in the selected organization"),
    operations=["get_session", "list_sessions"],
    read_only=True,
)
def listed_sessions_can_be_read(api: MobileNext) -> None:
    """Every listed session can be read by its id and shows what the list shows; only its release may have
    come since.
    """
    sessions = api.given_sessions(1, "a session to read", limit=FEW)
    for listed in (*sessions[:SAMPLE], *sessions[-SAMPLE:]):
        session = api.read(str(listed["id"])).succeeded().object()
        for name in LASTING:
            expect.equal(f"`{name}` of {listed['id']}", session.get(name), listed.get(name))
        if listed.get("releasedAt") is not None:
            expect.equal("`releasedAt`", session.get("releasedAt"), listed["releasedAt"])


@requirement(
    "MOBILENEXT-GET-02",
    level=Level.MUST,
    origin=documented("sessionId, string, uuid, required: Session UUID"),
    operations=["get_session"],
    read_only=True,
)
def unknown_sessions_cannot_be_read(api: MobileNext) -> None:
    """An id that belongs to no session, or is no UUID, is refused; a session known to exist is not."""
    for id_ in (api.given_no_session(), "no-such-session"):
        api.read(id_).refused()
    for id_ in api.known or ids(api.given_sessions(1, "a session to read", limit=1)):
        session = api.read(id_).succeeded().object()
        expect.equal("`id` of the session", field("the session", session, "id"), id_)


@requirement(
    "MOBILENEXT-GET-03",
    level=Level.MUST,
    origin=assumed(
        "The page states no codes; 200 and 404 are on the vendor's older page, 400 is not: "
        "https://mobilenext.ai/docs/api/sessions/get-session. UUIDs mean the same in either case (RFC 9562)."
    ),
    operations=["get_session"],
    read_only=True,
)
def ids_are_uuids(api: MobileNext) -> None:
    """A session is found with 200 by its id in either case, anything else refused with 404, no UUID too."""
    session = api.given_session()
    for id_ in (str(session["id"]), str(session["id"]).upper()):
        expect.equal("`id` of the session", api.read(id_).has_status(200).object().get("id"), session["id"])
    for id_ in (api.given_no_session(), UUID(str(session["id"])).hex, "no-such-session"):
        api.read(id_).has_status(404)
