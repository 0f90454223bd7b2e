"""Requirements on what a session shows, wherever it shows: in the list and by its id."""

import json
import re
from typing import Any

from conformance import expect
from conformance.apis.mobilenext.client import FEW, MobileNext, created
from conformance.apis.mobilenext.expectations import field
from conformance.expect import parsed_instant
from conformance.requirement import Level, assumed, documented, requirement

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
IN_MICROSECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
DEVICE = ("id", "platform", "type", "name", "osVersion")
FIELDS = ("id", "organization", "user", "device", "createdAt", "releasedAt")
BOTH = ("list_sessions", "get_session")


def uuid(what: str, got: Any) -> None:
    """Expect a UUID."""
    is_one = isinstance(got, str) and UUID.fullmatch(got) is not None
    expect.that(is_one, expected=f"{what} a UUID", got=json.dumps(got))


@requirement(
    "MOBILENEXT-SESSION-01",
    level=Level.MUST,
    origin=documented("id, string, uuid, required: The session's own id"),
    operations=BOTH,
    read_only=True,
)
def session_has_an_id(api: MobileNext) -> None:
    """A session has an `id`, which is a UUID."""
    for where, session in api.examined():
        uuid(f"`id` of {where}", field(where, session, "id"))


@requirement(
    "MOBILENEXT-SESSION-02",
    level=Level.MUST,
    origin=documented(
        "organization, string, required: Reference to the organization this session belongs to"
    ),
    operations=BOTH,
    read_only=True,
)
def session_names_its_organization(api: MobileNext) -> None:
    """A session has an `organization`, which is a text."""
    for where, session in api.examined():
        expect.text(f"`organization` of {where}", field(where, session, "organization"))


@requirement(
    "MOBILENEXT-SESSION-03",
    level=Level.MUST,
    origin=documented("user, string, uuid, required: Reference to the user who created this session"),
    operations=BOTH,
    read_only=True,
)
def session_names_its_user(api: MobileNext) -> None:
    """A session has a `user`, which is a UUID."""
    for where, session in api.examined():
        uuid(f"`user` of {where}", field(where, session, "user"))


@requirement(
    "MOBILENEXT-SESSION-04",
    level=Level.MUST,
    origin=documented(
        "device, object, required: id, string, required, The device's own id; platform, string, required; "
        "type, string, required; name, string, required; osVersion, string, required"
    ),
    operations=BOTH,
    read_only=True,
)
def session_describes_its_device(api: MobileNext) -> None:
    """A session has a `device` with `id`, `platform`, `type`, `name` and `osVersion`, all of them texts."""
    for where, session in api.examined():
        device = field(where, session, "device")
        for name in DEVICE:
            value = field(f"`device` of {where}", device, name)
            is_text = isinstance(value, str)
            expect.that(is_text, expected=f"`device.{name}` of {where} a text", got=json.dumps(value))


@requirement(
    "MOBILENEXT-SESSION-05",
    level=Level.MUST,
    origin=documented("createdAt, string, date-time, required"),
    operations=BOTH,
    read_only=True,
)
def session_has_a_time_of_creation(api: MobileNext) -> None:
    """A session has a `createdAt`, which is an RFC 3339 time with its offset."""
    for where, session in api.examined():
        expect.instant(f"`createdAt` of {where}", field(where, session, "createdAt"))


@requirement(
    "MOBILENEXT-SESSION-06",
    level=Level.MUST,
    origin=documented("releasedAt, string, date-time, nullable"),
    operations=BOTH,
    read_only=True,
)
def session_is_released_at_a_time(api: MobileNext) -> None:
    """`releasedAt` of a session is an RFC 3339 time with its offset, or null, or absent."""
    for where, session in api.examined():
        if session.get("releasedAt") is not None:
            expect.instant(f"`releasedAt` of {where}", session["releasedAt"])


@requirement(
    "MOBILENEXT-SESSION-07",
    level=Level.MUST,
    origin=assumed(
        "The page does not say that there is nothing else, nor that `releasedAt` is always there."
    ),
    operations=BOTH,
    read_only=True,
)
def session_is_exact(api: MobileNext) -> None:
    """A session has its six fields only, `releasedAt` too, and its device has its five."""
    for where, session in api.examined():
        expect.equal(f"fields of {where}", sorted(session), sorted(FIELDS))
        expect.equal(f"fields of `device` of {where}", sorted(session["device"]), sorted(DEVICE))


@requirement(
    "MOBILENEXT-SESSION-08",
    level=Level.MUST,
    origin=assumed("The page does not say it; a device cannot be released before it was allocated."),
    operations=["list_sessions"],
    read_only=True,
)
def release_follows_creation(api: MobileNext) -> None:
    """No session is released before it was created."""
    for session in api.given_sessions(1, "a release"):
        released = parsed_instant(session.get("releasedAt"))
        if released is not None:
            in_order = created(session) <= released
            expect.that(
                in_order, expected=f"a release after {session['createdAt']}", got=session["releasedAt"]
            )


@requirement(
    "MOBILENEXT-SESSION-09",
    level=Level.MUST,
    origin=assumed(
        "Zone and precision are not on the page; a cursor that is a time needs times that differ."
    ),
    operations=["list_sessions"],
    read_only=True,
)
def times_differ(api: MobileNext) -> None:
    """Times are in UTC with six digits after the second, and no two sessions were created at the same one."""
    sessions = api.given_sessions(2, "a comparison", limit=FEW)
    for session in sessions:
        for time in (session["createdAt"], session.get("releasedAt") or session["createdAt"]):
            in_form = IN_MICROSECONDS.fullmatch(str(time)) is not None
            expect.that(in_form, expected="a time as 2026-01-01T00:00:00.000000Z", got=time)
    times = [session["createdAt"] for session in sessions]
    expect.that(len(set(times)) == len(times), expected="times of creation that differ", got=times)
