"""Lists: pages, filters, what teammates share."""

import pytest

from tests.mock_server.apis.zipf.callers import JUNIPER, NORTHWIND, Callers, refusal


def test_the_newest_comes_first_ten_at_a_time(zipf: Callers) -> None:
    """Without parameters the page holds the ten newest, and the pagination is flat."""
    made = [zipf.session(by="spare") for _ in range(12)]
    listed = zipf.get("/sessions", by="spare")

    assert [each["id"] for each in listed["sessions"]] == made[:1:-1]
    assert listed["pagination"] == {"total": 12, "limit": 10, "offset": 0}
    assert listed.keys() == {"sessions", "pagination"}


def test_pages_follow_each_other(zipf: Callers) -> None:
    """Offset and limit cut the same order into pages without overlap; beyond the end there is nothing."""
    made = [zipf.session(by="spare") for _ in range(5)]
    pages = [
        zipf.get(f"/sessions?limit=2&offset={offset}", by="spare")["sessions"] for offset in (0, 2, 4, 6)
    ]

    assert [each["id"] for page in pages for each in page] == made[::-1]
    assert pages[3] == []


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "offset=-1", "status=asleep", "days_back=0",
                                   "include_shared=maybe", "limit=ten", "tag="])  # fmt: skip
def test_what_is_out_of_range_is_refused(zipf: Callers, query: str) -> None:
    """A parameter outside its range answers 400."""
    assert refusal(zipf.send("GET", f"/sessions?{query}")) == (400, "Invalid request")


def test_the_filters_are_exact_and_combine(zipf: Callers) -> None:
    """Status and tag leave only what passes both."""
    tagged = zipf.session(by="spare", metadata={"tags": ["ai", "law"]})
    done = zipf.session(by="spare", metadata={"tags": ["ai"]})
    zipf.session(by="spare")
    zipf.post(f"/sessions/{done}/complete", by="spare")

    assert [s["id"] for s in zipf.get("/sessions?tag=ai", by="spare")["sessions"]] == [done, tagged]
    assert [s["id"] for s in zipf.get("/sessions?tag=ai&status=completed", by="spare")["sessions"]] == [done]
    assert zipf.get("/sessions?tag=a", by="spare")["pagination"]["total"] == 0


def test_days_back_looks_at_creation(zipf: Callers) -> None:
    """What was created earlier than so many days ago is left out, whatever happened to it since."""
    zipf.freeze("2026-03-01T12:00:00Z")
    old = zipf.session(by="spare")
    zipf.advance(days=2, seconds=1)
    new = zipf.session(by="spare")
    zipf.send("PATCH", f"/sessions/{old}", {"name": "touched"}, by="spare")

    assert [s["id"] for s in zipf.get("/sessions?days_back=2", by="spare")["sessions"]] == [new]
    assert zipf.get("/sessions?days_back=3", by="spare")["pagination"]["total"] == 2


def test_shared_sessions_are_those_of_teammates(zipf: Callers) -> None:
    """With `include_shared` teammates' sessions come in a list of their own, with both paginations."""
    mine = zipf.session()
    zipf.share(mine, shared_with_org=True, organization_id=NORTHWIND)
    for_member = zipf.get("/sessions?include_shared=true&limit=100", by="member")
    for_owner = zipf.get("/sessions?include_shared=true&limit=100")

    assert mine in [s["id"] for s in for_member["shared_sessions"]]
    assert mine not in [s["id"] for s in for_owner["shared_sessions"]]
    assert for_member["user_organizations"] == [{"id": NORTHWIND, "name": "Northwind Research"}]
    assert for_owner["pagination"].keys() == {"owned", "shared"}
    assert for_owner["pagination"]["shared"]["total"] == len(for_owner["shared_sessions"])


def test_another_organisation_sees_nothing(zipf: Callers) -> None:
    """A session shared with one organisation is in no list of people who belong only to another."""
    mine = zipf.session()
    zipf.share(mine, shared_with_org=True, organization_id=JUNIPER)

    for person, sees in (("member", False), ("outsider", False), ("penniless", True)):
        listed = zipf.get("/sessions?include_shared=true&limit=100", by=person)["shared_sessions"]
        assert (mine in [s["id"] for s in listed]) is sees
