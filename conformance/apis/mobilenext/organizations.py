"""Requirements on who sees what: the selected organization, its members, and everybody else."""

import json
from collections.abc import Sequence
from typing import Any

from conformance import expect, needs
from conformance.apis.mobilenext.client import (
    DEFAULT,
    FEW,
    MobileNext,
    Session,
    ids,
    listed,
    readable_page,
)
from conformance.apis.mobilenext.expectations import all_of, none_of
from conformance.outcome import Inconclusive
from conformance.reply import Reply
from conformance.requirement import Level, assumed, documented, requirement

ORDER = (
    "The organization is chosen by the X-Organization-Id header, or the organization the API key is bound "
    "to, otherwise the caller's default organization"
)
LIST, GET = ["list_sessions"], ["get_session", "list_sessions"]
SAMPLE = 3


def organizations(sessions: Sequence[Session]) -> list[str]:
    """Return what the sessions say of their organization, each once."""
    return sorted({json.dumps(each.get("organization")) for each in sessions})


def shown(reply: Reply) -> list[Any]:
    """Return the ids that a reply shows, none when it is no list."""
    return [each.get("id") for each in readable_page(reply)]


def of_one(what: str, sessions: Sequence[Session]) -> None:
    """Expect all sessions to be of one organization."""
    found = organizations(sessions)
    expect.that(len(found) <= 1, expected=f"{what} of one organization", got=", ".join(found))


@requirement(
    "MOBILENEXT-ORG-01",
    level=Level.MUST,
    origin=documented("Sessions in the selected organization, visible to every member of it"),
    operations=LIST,
    actors=["owner", "member"],
    read_only=True,
    needs=[needs.organization("shared")],
)
def members_list_the_same(api: MobileNext) -> None:
    """The list of one member holds every session that another member of the organization sees."""
    shared = api.organization("shared")
    wanted = ids(api.given_sessions(1, "something to share", limit=FEW))
    all_of("the other member's list", listed(api.list_sessions("member", shared, limit=DEFAULT)).ids, wanted)


@requirement(
    "MOBILENEXT-ORG-02",
    level=Level.MUST,
    origin=documented("Returns a session in the selected organization, visible to every member of it"),
    operations=GET,
    actors=["owner", "member"],
    read_only=True,
    needs=[needs.organization("shared")],
)
def members_read_the_same(api: MobileNext) -> None:
    """Every member of the organization can read a session of it, whoever holds the device."""
    shared = api.organization("shared")
    for id_ in ids(api.given_sessions(1, "something to share", limit=FEW))[:SAMPLE]:
        read = api.get_session(id_, "member", shared).succeeded().object()
        expect.equal("`id` of the session", read.get("id"), id_)


@requirement(
    "MOBILENEXT-ORG-03",
    level=Level.MUST,
    origin=documented("X-Organization-Id: Selects which of the caller's organizations the request acts on"),
    operations=LIST,
    actors=["dual"],
    without_owner=True,
    read_only=True,
    needs=[needs.organization("shared"), needs.organization("second")],
)
def header_selects(api: MobileNext) -> None:
    """Who belongs to two organizations sees of each, selected by the header, its sessions and no others."""
    roles = ("shared", "second")
    lists = [listed(api.list_sessions("dual", api.organization(role), limit=FEW)) for role in roles]
    for role, page in zip(roles, lists, strict=True):
        of_one(f"the sessions of `{role}`", page.sessions)
    if not lists[0].ids or not lists[1].ids:
        raise Inconclusive("one of the two organizations has no sessions, so they cannot be told apart")
    none_of("the other organization's list", lists[1].ids, ids(lists[0].sessions))
    names = [organizations(page.sessions) for page in lists]
    expect.that(names[0] != names[1], expected="`organization` to differ between the two", got=names[0])


@requirement(
    "MOBILENEXT-ORG-04",
    level=Level.MUST,
    origin=documented("Returns a session in the selected organization. " + ORDER),
    operations=GET,
    actors=["owner", "dual"],
    read_only=True,
    needs=[needs.organization("shared"), needs.organization("second")],
)
def other_selection_hides(api: MobileNext) -> None:
    """A session of one organization cannot be read while another one is selected, though the caller belongs
    to both.
    """
    shared, second = api.organization("shared"), api.organization("second")
    for id_ in ids(api.given_sessions(1, "a session to hide", limit=FEW))[:SAMPLE]:
        api.get_session(id_, "dual", shared).succeeded()
        api.get_session(id_, "dual", second).refused()


@requirement(
    "MOBILENEXT-ORG-05",
    level=Level.MUST,
    origin=documented(ORDER),
    operations=GET,
    actors=["owner", "key"],
    read_only=True,
    needs=[needs.organization("shared")],
)
def key_selects_its_organization(api: MobileNext) -> None:
    """Without the header an API key acts on the organization it is bound to, in list and get."""
    api.organization("shared")
    wanted = ids(api.given_sessions(1, "a session to find", limit=FEW))
    page = listed(api.list_sessions("key", limit=DEFAULT))
    all_of("the list of the key bound to it", page.ids, wanted)
    of_one("the sessions that the key lists", page.sessions)
    api.get_session(wanted[0], "key").succeeded()


@requirement(
    "MOBILENEXT-ORG-06",
    level=Level.MUST,
    origin=documented("When omitted, the caller's default organization is used."),
    operations=LIST,
    actors=["dual"],
    without_owner=True,
    read_only=True,
    needs=[needs.organization("shared"), needs.organization("second")],
)
def one_organization_is_the_default(api: MobileNext) -> None:
    """Without the header the list is that of one organization of the caller's, the same as when it is
    selected.
    """
    own = [api.organization(role) for role in ("shared", "second")]
    default = listed(api.list_sessions("dual", limit=FEW))
    of_one("the sessions listed without the header", default.sessions)
    if not default.ids:
        raise Inconclusive("the caller's default organization has no sessions")
    lists = [listed(api.list_sessions("dual", each, limit=DEFAULT)).ids for each in own]
    known = any(set(default.ids) <= set(each) for each in lists)
    expect.that(known, expected="the sessions of `shared` or of `second`", got=default.ids)


@requirement(
    "MOBILENEXT-ORG-07",
    level=Level.MUST,
    origin=documented("Sessions in the selected organization, visible to every member of it"),
    operations=LIST,
    actors=["owner", "outsider"],
    read_only=True,
)
def outsiders_do_not_list(api: MobileNext) -> None:
    """The list of somebody who does not belong to the organization holds none of its sessions."""
    hidden = ids(api.given_sessions(1, "a session to hide", limit=DEFAULT))
    none_of("an outsider's list", shown(api.list_sessions("outsider", limit=DEFAULT)), hidden)


@requirement(
    "MOBILENEXT-ORG-08",
    level=Level.MUST,
    origin=documented("Returns a session in the selected organization, visible to every member of it"),
    operations=GET,
    actors=["owner", "outsider"],
    read_only=True,
)
def outsiders_do_not_read(api: MobileNext) -> None:
    """Somebody who does not belong to the organization cannot read its sessions, nor can its members those of
    others.
    """
    for id_ in ids(api.given_sessions(1, "a session to hide", limit=FEW))[:SAMPLE]:
        api.get_session(id_, "outsider").refused()
    theirs = readable_page(api.list_sessions("outsider", limit=1))
    for each in theirs:
        api.read(str(each.get("id"))).refused()


@requirement(
    "MOBILENEXT-ORG-09",
    level=Level.MUST,
    origin=documented("Selects which of the caller's organizations the request acts on"),
    operations=GET,
    actors=["owner", "outsider"],
    read_only=True,
    needs=[needs.organization("shared")],
)
def header_opens_no_door(api: MobileNext) -> None:
    """The header makes nobody a member: with an organization that is not the caller's, none of its sessions
    shows.
    """
    shared = api.organization("shared")
    hidden = ids(api.given_sessions(1, "a session to hide", limit=FEW))
    reply = api.list_sessions("outsider", shared, limit=FEW)
    expect.that(reply.status < 500, expected="a refusal, or the caller's own sessions", got=reply.status)
    none_of("an outsider's list", shown(reply), hidden)
    api.get_session(hidden[0], "outsider", shared).refused()


@requirement(
    "MOBILENEXT-ORG-10",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what becomes of it; 403 is on the vendor's older pages for list and get: "
        "https://mobilenext.ai/docs/api/sessions/list-sessions"
    ),
    operations=GET,
    actors=["owner"],
    read_only=True,
    needs=[needs.organization("foreign")],
)
def foreign_selection_is_forbidden(api: MobileNext) -> None:
    """An organization that is not the caller's, or does not exist, is refused with 403 and `forbidden`."""
    id_ = str(api.given_session()["id"])
    for organization in (api.organization("foreign"), "no-such-organization"):
        for reply in (api.list_sessions(select=organization), api.get_session(id_, select=organization)):
            error = reply.has_status(403).object().get("error")
            expect.includes("`error`", error, {"code": "forbidden"})


@requirement(
    "MOBILENEXT-ORG-11",
    level=Level.MUST,
    origin=assumed(
        "The page does not speak of an empty header; it selects nothing, so it counts as omitted."
    ),
    operations=LIST,
    actors=["dual"],
    without_owner=True,
    read_only=True,
)
def empty_header_selects_nothing(api: MobileNext) -> None:
    """An empty header counts as omitted."""
    without = listed(api.list_sessions("dual", limit=FEW))
    empty = listed(api.list_sessions("dual", "", limit=DEFAULT))
    all_of("the list with an empty header", empty.ids, ids(without.sessions))


@requirement(
    "MOBILENEXT-ORG-12",
    level=Level.MUST,
    origin=assumed(
        "The page names the header first; another one lets a key stand instead of it: "
        "https://mobilenext.ai/docs/api/test-results/create-test-result"
    ),
    operations=LIST,
    actors=["dual", "key"],
    without_owner=True,
    read_only=True,
    needs=[needs.organization("second")],
)
def header_goes_before_the_key(api: MobileNext) -> None:
    """The header selects another one of the caller's organizations than the one the API key is bound to."""
    second = api.organization("second")
    wanted = ids(listed(api.list_sessions("dual", second, limit=FEW)).sessions)
    all_of("the key's list", listed(api.list_sessions("key", second, limit=DEFAULT)).ids, wanted)


@requirement(
    "MOBILENEXT-ORG-13",
    level=Level.MUST,
    origin=assumed("The page does not show an empty list; the form is that of any other one."),
    operations=LIST,
    actors=["spare"],
    without_owner=True,
    read_only=True,
)
def empty_organization_has_an_empty_list(api: MobileNext) -> None:
    """An organization without sessions has an empty list, not a refusal."""
    reply = api.list_sessions("spare").has_status(200)
    expect.equal("the list", reply.json(), {"object": "list", "data": []})


@requirement(
    "MOBILENEXT-ORG-14",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what the reference is; the id that selects the organization is one."
    ),
    operations=LIST,
    actors=["dual"],
    without_owner=True,
    read_only=True,
    needs=[needs.organization("shared"), needs.organization("second")],
)
def reference_is_what_selects(api: MobileNext) -> None:
    """`organization` of a session is the id with which the header selects it."""
    for role in ("shared", "second"):
        selected = api.organization(role)
        page = listed(api.list_sessions("dual", selected, limit=FEW))
        expect.equal(f"organizations of `{role}`", organizations(page.sessions), [json.dumps(selected)])
