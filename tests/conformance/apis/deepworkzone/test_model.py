"""Deep Work Zone's shadow model: what it suspects, what it leaves open, and that a run listens to it."""

import json
from typing import Any

import pytest

from conformance.apis.deepworkzone import SUITE
from conformance.apis.deepworkzone.client import EXAMPLE
from conformance.apis.deepworkzone.model import DeepWorkZoneModel
from conformance.exchange import Exchange
from conformance.options import Options
from conformance.runner import run
from conformance.verdict import Verdict
from tests.foreign.deepworkzone import Answer, DeepWorkZone, Record, serving

BASE = "/api/v1/sessions"
BODY = {**EXAMPLE, "schedule": "2030-01-02"}
OWN = {"id": 1, "created_by": 102, "series_id": None, "created_at": "2029-01-01T00:00:00Z"}
SESSION = {**BODY, **OWN}
PRIVATE: Record = {"is_public": False}
RECURRING: Record = {"is_recurring": 1, "recurring_ends": "2030-01-09"}


def asked(method: str, target: str, status: int, reply: Any, body: Any = None, by: str = "owner") -> Exchange:
    """Return an exchange of a caller."""
    headers = (("Authorization", f"Bearer {by}" if by else ""), ("Content-Type", "application/json"))
    content = None if body is None else json.dumps(body).encode()
    shown = b"" if reply is None else json.dumps(reply).encode()
    return Exchange(method, BASE + target, headers, content, status, (), shown)


def created(id_: int = 1, by: str = "owner", **fields: Any) -> Exchange:
    """Return a creation."""
    return asked("POST", "", 201, {"data": {**SESSION, **fields, "id": id_}}, {**BODY, **fields}, by)


def read(id_: int = 1, by: str = "owner", **changes: Any) -> Exchange:
    """Return a read of a session with these differences."""
    return asked("GET", f"/{id_}", 200, {"data": {**SESSION, "id": id_, **changes}}, by=by)


def updated(by: str = "owner", status: int = 200, reply: Any = None, **fields: Any) -> Exchange:
    """Return an update, carried out or refused."""
    return asked("PUT", "/1", status, reply, fields, by)


def deleted(target: str = "/1", by: str = "owner", status: int = 204) -> Exchange:
    """Return a deletion."""
    return asked("DELETE", target, status, None, by=by)


def listed(query: str, *entries: Record, by: str = "owner") -> Exchange:
    """Return a list."""
    return asked("GET", query, 200, {"data": list(entries)}, by=by)


def entry(id_: int = 1, **changes: Any) -> Record:
    """Return a session as a list shows it."""
    return {**SESSION, "id": id_, **changes}


def done(operation: str, status: int = 200, by: str = "owner") -> Exchange:
    """Return a joining or a completion."""
    return asked("POST", f"/1/{operation}", status, None, by=by)


def suspected(*exchanges: Exchange) -> list[str]:
    """Show a model the exchanges and return the requirements it suspects broken."""
    model = DeepWorkZoneModel()
    found = [each for exchange in exchanges for each in model.watch(exchange)]
    return list(dict.fromkeys(each.requirement.removeprefix("DWZ-") for each in found))


LOST = asked("GET", "/1", 404, {"message": "Not found."})
JOINED = {"participant_id": 7, "status": "joined", "actual_score": None}
DONE = {**JOINED, "status": "completed", "actual_score": 90.5}
SERIES = created(2, **RECURRING, series_id=4)
FAR = (entry(8, schedule="2029-12-31"), entry(9, schedule="2030-12-31"))
BROKEN: list[tuple[str, list[Exchange]]] = [
    ("CREATE-01", [LOST]),
    ("CREATE-02", [read(duration=55)]),
    ("CREATE-03", [read(website_blocker_enabled=False)]),
    ("CREATE-04", [read(snooze_apps={"slack": False, "teams": True})]),
    ("CREATE-06", [created(1)]),
    ("CREATE-07", [read(recurring_month_week_pos=2)]),
    ("CREATE-07", [created(2, status="completed"), read(2, status="active")]),
    ("CREATE-07", [asked("POST", "", 201, {"data": entry(2, duration=55)}, BODY), read(2)]),
    ("CREATE-10", [asked("POST", "", 200, {"id": 2}, {"name": "a"}), read(2, name="a", snooze_enabled=True)]),
    ("GET-01", [asked("GET", "/1", 200, {"data": entry(2)})]),
    ("OWNER-01", [read(), created(2), read(2, created_by=103)]),
    ("OWNER-02", [read(), created(2, owner=7), read(2, created_by=103)]),
    ("OWNER-03", [read(), updated(), read(created_by=103)]),
    ("OWNER-04", [updated(by="member")]),
    ("OWNER-04", [deleted(by="member")]),
    ("CREATE-02 OWNER-04", [read(), updated("member", 403), read(name="x")]),
    ("CREATE-02 ORG-05", [read(), updated("outsider", 404), read(name="x")]),
    ("AUTH-01 CREATE-02", [read(), updated("", 401), read(name="x")]),
    ("CREATE-02 UPDATE-08", [read(), updated(status=422), read(name="x")]),
    ("UPDATE-01", [updated(duration=90), read(duration=60)]),
    ("UPDATE-02", [read(), updated(), read(created_at="2030-01-01T00:00:00Z")]),
    ("UPDATE-06", [updated(duration=90), read(duration=90, time="10:00")]),
    ("UPDATE-07", [updated(reply={"data": entry(duration=60)}, duration=90), read(duration=90)]),
    ("DELETE-01", [deleted(), read()]),
    ("DELETE-01", [deleted(), LOST, updated()]),
    ("DELETE-02", [deleted(), listed("", entry())]),
    ("DELETE-05", [deleted(), deleted()]),
    ("LIST-01", [listed("", entry(), entry())]),
    ("LIST-01", [listed("?org_id=1", *FAR)]),
    ("LIST-02", [read(), listed("", entry(duration=61))]),
    ("LIST-03", [listed("", entry(8, time="9:00 PM"), entry(9, time="10:00"), entry())]),
    ("LIST-06", [created(2, **PRIVATE), read(2, "member", **PRIVATE)]),
    ("LIST-06", [created(2, **PRIVATE), listed("?type=drop-in", entry(2, **PRIVATE), by="member")]),
    ("UPDATE-05", [updated(name="new"), listed("", entry())]),
    ("ORG-01", [created(2, "member"), listed("?org_id=1&date=2030-01-02", entry(2), by="member")]),
    ("ORG-03", [listed("?org_id=2", entry(5, org_id=1))]),
    ("ORG-07", [listed("?type=drop-in", entry(5, org_id=1), entry(6, org_id=2))]),
    ("FILTER-01", [listed("?channel=private", entry(5))]),
    ("FILTER-01", [listed("?org_id=1&channel=public", *FAR)]),
    ("FILTER-02", [listed("?type=standard", entry(5))]),
    ("FILTER-03", [listed("?date=2030-01-05", entry(5))]),
    ("FILTER-03", [listed("?org_id=1&date=2030-01-02")]),
    ("FILTER-04", [listed("?completed=1", entry())]),
    ("FILTER-05", [listed("?source=user", entry(), by="member")]),
    ("FILTER-06", [listed("?keyword=xyz", entry(5))]),
    ("FILTER-07", [listed("?day_start=2030-01-05&day_ends=2030-01-09", entry(5))]),
    ("FILTER-08", [listed("?day_start=2029-01-01&day_ends=2029-01-09", entry(5))]),
    ("FILTER-09", [listed("?org_id=1&date=2030-01-02&type=drop-in")]),
    ("FILTER-10", [listed("?org_id=1&day_start=2030-01-02")]),
    ("FILTER-10", [listed("?date=2030-01-03", entry(5, is_recurring=1))]),
    ("FILTER-11", [listed("?org_id=1&keyword=DEEP")]),
    ("FILTER-11", [listed("?keyword=Deep%20Sleep", entry(5))]),
    ("JOIN-01", [done("join"), read(participation=None)]),
    ("JOIN-01", [read(participation=JOINED)]),
    (
        "JOIN-01",
        [done("join"), read(participation=JOINED), read(participation={**JOINED, "participant_id": 8})],
    ),
    ("JOIN-02", [done("join"), done("complete", by="owner"), read(status="completed", participation=JOINED)]),
    ("JOIN-03", [done("join", by="member"), read(participation=JOINED)]),
    ("JOIN-04", [done("join"), done("complete"), read()]),
    ("JOIN-04", [done("join"), done("complete"), done("join", by="member")]),
    ("JOIN-05", [done("complete", by="member")]),
    ("JOIN-05", [deleted(), done("join")]),
    ("RECUR-09", [SERIES, deleted("/2?scope=series"), listed("", entry(3, **RECURRING, series_id=4))]),
    ("RECUR-09", [SERIES, deleted("/2?scope=occurrence"), read(2, **RECURRING)]),
]
HONEST: list[list[Exchange]] = [
    [read(), read(by="member", name="?", created_by=None), listed("", entry(name="?"), by="member"), read()],
    [
        read(),
        read(status="active"),
        read(status="completed"),
        listed("?completed=1", entry(status="completed")),
    ],
    [
        read(
            is_public=1,
            time="09:00:00",
            schedule="2030-01-02T00:00:00Z",
            website_blocker=json.dumps(BODY["website_blocker"]),
        )
    ],
    [
        read(likes=7, host={"id": 1}),
        read(likes=8),
        listed("", {"id": 1}),
        asked("GET", "/1", 200, {"ok": True}),
    ],
    [updated(name=" x ", duration=0), asked("GET", "/1", 200, {"id": "1", "name": "x"})],
    [updated(status=429), asked("GET", "/1", 503, None), asked("GET", "/1", 404, None, by="member")],
    [updated(org_id=2), LOST, read(org_id=2, name="other")],
    [asked("PUT", "/1", 200, None), read(name="whatever"), listed("", entry(name="whatever"))],
    [deleted(status=403), read(), deleted(), updated(), LOST, deleted(status=404), created(1), read()],
    [SERIES, read(2, **RECURRING, schedule="2030-01-05"), deleted("/3"), asked("GET", "/2", 404, None)],
    [
        SERIES,
        updated(is_recurring=1),
        asked("GET", "/2", 404, None),
        read(schedule="2030-05-01", is_recurring=1),
    ],
    [listed("", *(entry(number) for number in range(10, 25))), listed("?page=2"), listed("?type=", entry(5))],
    [listed(""), listed("?org_id=2"), listed("?completed=0"), listed("?type=drop-in", entry(8), by="member")],
    [listed("?org_id=1&keyword=deep", entry()), listed("?keyword=x%20y", entry(5, name="y x"))],
    [listed("?date=2030-01-03", entry(5)), listed("?day_start=2030-01-03", entry(5))],
    [asked("GET", "?org_id=1&date=2030-01-02", 200, {"data": {"data": [], "current_page": 1}})],
    [created(2, collaborator=[103], **PRIVATE), read(2, "member", **PRIVATE, collaborator=[103])],
    [
        done("join"),
        read(participation=JOINED),
        done("complete"),
        read(participation=DONE, status="completed"),
    ],
    [done("join", by="member"), read(participation=None), read(by="member", participation=JOINED)],
    [asked("GET", "/nothing", 200, []), asked("GET", "/1/tasks", 200, []), asked("GET", "", 200, [7])],
    [asked("POST", "", 201, {"message": "Created."}, BODY), asked("POST", "", 422, None, BODY)],
]
ASSUMED = ("CREATE-07", "FILTER-10", "FILTER-11", "LIST-02", "UPDATE-06")  # what only our own contract says


@pytest.mark.parametrize(
    ("requirements", "exchanges"), BROKEN, ids=[f"{number}-{name}" for number, (name, _) in enumerate(BROKEN)]
)
def test_what_cannot_be_is_suspected(requirements: str, exchanges: list[Exchange]) -> None:
    """A session that does not follow from what was asked breaks the requirements that say so."""
    assert sorted(suspected(created(), *exchanges)) == requirements.split()


@pytest.mark.parametrize("exchanges", HONEST, ids=map(str, range(len(HONEST))))
def test_what_the_document_leaves_open_is_not(exchanges: list[Exchange]) -> None:
    """Other forms, times that go by, unknown bodies, pages, series and colleagues are nobody's fault."""
    assert [each for each in suspected(created(), *exchanges) if each not in ASSUMED] == []


@pytest.mark.parametrize(
    "lost",
    [deleted(status=0), updated(status=504, name="new"), done("join", status=502), done("complete", 500)],
    ids=["delete", "update", "join", "complete"],
)
@pytest.mark.parametrize(
    "later",
    [
        [LOST, listed("?org_id=1", *FAR), listed("?org_id=1&type=drop-in", *FAR)],
        [read(), listed("", entry())],
        [read(name="new", status="completed", participation=DONE), done("join", by="member")],
    ],
    ids=["gone", "as before", "changed"],
)
def test_a_lost_reply_leaves_open_what_was_done(lost: Exchange, later: list[Exchange]) -> None:
    """After a change without a reply, or with a gateway's, the session may be gone, as before, or changed."""
    assert suspected(created(), read(), lost, *later) == []


def test_a_lost_reply_leaves_open_what_became_of_a_series() -> None:
    """Any session of a series may have gone with the one that was to be deleted."""
    gone = asked("GET", "/3", 404, None)
    of_same = created(3, **RECURRING, series_id=4)

    assert suspected(SERIES, of_same, read(3, **RECURRING), deleted("/2", status=0), gone) == []


def test_a_suspicion_tells_what_was_asked() -> None:
    """The creation and every change since stand beside the reply that does not follow from them."""
    model, change = DeepWorkZoneModel(), updated(duration=90)
    found = [each for exchange in (created(), change, read()) for each in model.watch(exchange)]

    assert [each.earlier for each in found] == [(created(), change)]


def test_a_record_that_is_forgotten_is_not_known() -> None:
    """After a breach was told nothing more is said of the session."""
    model = DeepWorkZoneModel()
    list(model.watch(created()))
    model.forget("/sessions/1")

    assert list(model.watch(read(duration=55))) == []


def test_transitions_are_counted() -> None:
    """Each move of a known session is counted with the operation before it."""
    model = DeepWorkZoneModel()
    for step in (created(), updated(reply={"data": entry(status="active")}), deleted()):
        list(model.watch(step))

    assert dict(model.transitions) == {
        "nothing > create_session > waiting": 1,
        "waiting > replace_session > active": 1,
        "active > delete_session > gone": 1,
    }


class Lengthening(DeepWorkZone):
    """Makes a session longer with every update that does not speak of it."""

    def updated(self, caller: Any, session: Record, body: Any) -> Answer:
        """Update, and add a minute for a session of half an hour."""
        more = 1 if isinstance(body, dict) and body.get("duration") == 45 else 0
        answer = super().updated(caller, session, body)
        session["duration"] += more
        return answer


def test_a_run_fails_what_only_the_model_saw() -> None:
    """A promise whose own script sees nothing is failed for what another script brought to light."""
    with serving(Lengthening()) as target:
        report = run(SUITE, target, Options(only=("DWZ-UPDATE-01", "DWZ-UPDATE-02")))

    results = {each.requirement.id: each for each in report.results}
    assert results["DWZ-UPDATE-02"].verdict is Verdict.PASS
    assert results["DWZ-UPDATE-01"].verdict is Verdict.FAIL
    assert "duration 45" in results["DWZ-UPDATE-01"].expected
    assert any("PUT" in line for line in results["DWZ-UPDATE-01"].reproduce)
