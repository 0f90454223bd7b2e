"""Mobile Next's shadow model: what it suspects, what it leaves open, and that a run listens to it."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from conformance.apis.mobilenext import SUITE
from conformance.apis.mobilenext.model import MobileNextModel
from conformance.exchange import Exchange
from conformance.options import Options
from conformance.runner import run
from conformance.verdict import Verdict
from tests.foreign.mobilenext import Answer, MobileNext, Record, serving

BASE = "/api/v1/sessions"
Asker = tuple[str, str]  # whose credentials, and which organization is selected
OWNER, MEMBER, OUTSIDER, RED = ("owner", ""), ("member", ""), ("outsider", ""), ("owner", "red")
DEVICE = {"id": "d-1", "platform": "ios", "type": "real", "name": "iPhone", "osVersion": "17"}


def session(number: int, **changes: Any) -> Record:
    """Return a session; the higher its number, the newer it is, by an hour each."""
    fixed = {"id": f"id-{number}", "organization": "red", "user": "u-1", "device": DEVICE}
    return {**fixed, "createdAt": f"2026-01-01T{number:02}:00:00Z", "releasedAt": None, **changes}


ALL = [session(number) for number in range(9, 0, -1)]
FORM = "2026-01-01T{:02}:00:00Z".format


def asked(target: str, body: Any, status: int = 200, asker: Asker = OWNER) -> Exchange:
    """Return an exchange of a caller with a selection."""
    caller, selected = asker
    headers = (("authorization", f"Bearer {caller}"), ("X-Organization-Id", selected))
    return Exchange("GET", BASE + target, headers, None, status, (), json.dumps(body).encode())


def page(*sessions: Record, cursor: Any = None, asker: Asker = OWNER, **query: Any) -> Exchange:
    """Return a page of the list."""
    body = {"object": "list", "data": list(sessions), "nextCursor": cursor}
    return asked(f"?{urlencode(query)}" if query else "", body, asker=asker)


def read(number: int, status: int = 200, asker: Asker = OWNER, **changes: Any) -> Exchange:
    """Return a session that is read by its id."""
    return asked(f"/id-{number}", session(number, **changes), status, asker=asker)


def suspected(*exchanges: Exchange) -> list[str]:
    """Show a model the exchanges after a first page with all sessions, and return what it suspects."""
    model = MobileNextModel()
    found = [each for exchange in (page(*ALL), *exchanges) for each in model.watch(exchange)]
    return list(dict.fromkeys(each.requirement.removeprefix("MOBILENEXT-") for each in found))


BROKEN: list[tuple[str, list[Exchange]]] = [
    ("GET-01", [read(3, user="u-2")]),
    ("GET-01", [read(3, device={**DEVICE, "id": "d-2"})]),
    ("GET-01", [read(3, status=404), page(*ALL)]),
    ("GET-02", [asked("/id-3", session(4))]),
    ("SESSION-02", [page(session(3, organization="blue"), limit=1, before=FORM(4), cursor="more")]),
    ("SESSION-03", [page(session(3, user="u-2"), limit=1, before=FORM(4), cursor="more")]),
    (
        "SESSION-04",
        [page(session(3, device={}), session(2, device={**DEVICE, "type": "virtual"}), before=FORM(4))],
    ),
    ("SESSION-05", [page(*ALL[:8], session(1, createdAt="2026-01-01T00:30:00Z"))]),
    ("SESSION-06", [page(*ALL[:8], session(1, releasedAt=FORM(2))), page(*ALL)]),
    ("LIST-02", [page(*ALL[:7], ALL[8], ALL[7])]),
    ("LIST-03", [page(*ALL[:3], limit=2, cursor="more")]),
    ("LIST-04", [page(*[session(9, id=f"new-{number}") for number in range(101)], cursor="more")]),
    ("LIST-05", [page(*[session(9, id=f"new-{number}") for number in range(501)], limit=900, cursor="more")]),
    ("LIST-06", [page(*ALL[4:], before=FORM(5))]),
    (
        "PAGE-01",
        [page(*ALL[:2], limit=2, cursor=FORM(9)), page(*ALL[1:3], limit=2, before=FORM(9), cursor="x")],
    ),
    ("PAGE-01", [page(ALL[0], ALL[2], limit=2, cursor=FORM(7)), page(*ALL)]),
    ("PAGE-01", [page(ALL[0], *ALL)]),
    ("PAGE-02", [page(*ALL[:4]), page(*ALL)]),
    ("ORG-01", [page(*ALL[:2], *ALL[3:], asker=MEMBER), page(*ALL)]),
    ("ORG-02", [page(*ALL, asker=MEMBER), read(3, status=403, asker=MEMBER), read(3)]),
    (
        "ORG-03",
        [
            page(*ALL, asker=RED),
            page(session(7, id="b", organization="blue"), limit=1, cursor="x", asker=RED),
        ],
    ),
    ("ORG-04", [asked("/b", session(7, id="b", organization="blue"))]),
    ("ORG-06", [page(session(7, id="b", organization="blue"), limit=1, cursor="x")]),
]
HONEST: list[list[Exchange]] = [
    [read(9, releasedAt=FORM(10)), page(session(9, releasedAt=FORM(10)), *ALL[1:])],
    [read(3, device={**DEVICE, "name": "Anna's iPhone", "osVersion": "18"})],
    [read(3, createdAt="2026-01-01T04:00:00.500+01:00")],
    [page(session(9, releasedAt=FORM(9)), *ALL[1:]), page(*ALL)],
    [page(*ALL[:4], *ALL[5:]), page(*ALL[:4], *ALL[5:]), read(5, status=404)],
    [page(*ALL[1:]), page(*ALL)],
    [page(session(10), *ALL), read(10, status=404), page(session(10), *ALL)],
    [
        page(*ALL[:3], limit=0),
        page(*ALL[:3], limit="many"),
        page(*ALL[5:], before="noon"),
        page(*ALL[:2], x=1),
    ],
    [page(*ALL[:2], limit=2, cursor=FORM(8)), page(*ALL[2:4], limit=2, before=FORM(8), cursor=FORM(6))],
    [page(before=FORM(1)), page(*ALL[:2], cursor="opaque"), page(*ALL[2:], before="opaque")],
    [page(asker=OUTSIDER), read(3, status=404, asker=OUTSIDER), read(3)],
    [
        page(session(3, id="g", organization="green"), asker=OUTSIDER),
        read(3, status=403, asker=OUTSIDER),
        read(3),
    ],
    [asked("", {"sessions": ALL}), asked("", [1]), asked("", {"data": [{"id": "id-3"}]}), asked("/id-3", [])],
    [asked("", None, status=500), asked("/id-3", None, status=429), read(3), asked("/id-3/devices", {})],
]


@pytest.mark.parametrize(
    ("requirement", "exchanges"), BROKEN, ids=[f"{number}-{name}" for number, (name, _) in enumerate(BROKEN)]
)
def test_what_cannot_be_is_suspected(requirement: str, exchanges: list[Exchange]) -> None:
    """Replies that cannot all be true of the same sessions break the requirement that says so."""
    assert suspected(*exchanges) == [requirement]


@pytest.mark.parametrize("exchanges", HONEST, ids=map(str, range(len(HONEST))))
def test_what_the_document_leaves_open_is_not(exchanges: list[Exchange]) -> None:
    """Sessions that begin, end or are removed, late replicas, other bounds and forms are nobody's fault."""
    assert suspected(*exchanges) == []


def test_a_suspicion_tells_what_it_contradicts() -> None:
    """Beside the last reply stand the one that showed the session first and the one that hid it."""
    model, first, hiding = MobileNextModel(), page(*ALL), read(3, status=404)
    (found,) = [each for exchange in (first, hiding, page(*ALL)) for each in model.watch(exchange)]

    assert found.earlier == (first, hiding)


def test_a_record_that_is_forgotten_is_learnt_anew() -> None:
    """After a breach was told the session counts as it is shown next."""
    model = MobileNextModel()
    list(model.watch(page(*ALL)))
    model.forget("id-3")

    assert list(model.watch(read(3, user="u-2"))) == []


def test_transitions_are_counted() -> None:
    """A session is held until it is released."""
    model = MobileNextModel()
    for exchange in (page(session(1)), read(1, releasedAt=FORM(2)), read(1, releasedAt=FORM(2))):
        list(model.watch(exchange))

    assert dict(model.transitions) == {
        "nothing > list_sessions > held": 1,
        "held > get_session > released": 1,
    }


class Renaming(MobileNext):
    """Shows another user on every page but the first one."""

    def listed(self, organization: str, query: Mapping[str, str]) -> Answer:
        """Return a page."""
        status, page = super().listed(organization, query)
        if status == 200 and "before" in query:
            page["data"] = [{**each, "user": "somebody"} for each in page["data"]]
        return status, page


def test_a_run_fails_what_only_the_model_saw() -> None:
    """A promise whose own script sees nothing is failed for what another script brought to light."""
    chosen = ("MOBILENEXT-SESSION-03", "MOBILENEXT-LIST-06")
    with serving(Renaming()) as target:
        report = run(SUITE, target, Options(only=chosen))

    results = {each.requirement.id.removeprefix("MOBILENEXT-"): each for each in report.results}
    assert results["LIST-06"].verdict is Verdict.PASS
    assert results["SESSION-03"].verdict is Verdict.FAIL
    assert any("before=" in line for line in results["SESSION-03"].reproduce)
