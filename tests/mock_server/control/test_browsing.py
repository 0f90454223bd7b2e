"""Tests of `mock_server.control.browsing` over HTTP: collections, and their records page by page."""

import httpx
import pytest

RECORDS = "/__admin/state/viben/sessions"


def keys(viben: httpx.Client, **query: str | int) -> list[str]:
    """The keys on one page of Viben's sessions."""
    return [each["key"] for each in viben.get(RECORDS, params=query).json()["records"]]


def test_collections_are_listed_with_their_size(viben: httpx.Client) -> None:
    """Each says of which API it is, how many records it has, and whether they can be written."""
    viben.delete("/api/sessions/session-abc123")
    collections = viben.get("/__admin/collections").json()["collections"]
    total = viben.get(RECORDS).json()["total"]

    assert collections == [
        {"api": "viben", "name": "sessions", "records": total, "writable": True},
        {"api": "viben", "name": "messages", "records": 0, "writable": False},
    ]


def test_the_newest_record_comes_first(viben: httpx.Client) -> None:
    """Records are listed as they are kept, in the order in which they were made, backwards."""
    made = [viben.post("/api/sessions", json={"agent_id": "AMP"}).json()["id"] for _ in range(2)]
    first = viben.get(RECORDS).json()["records"][0]

    assert keys(viben, limit=2) == made[::-1]
    assert first["record"] == viben.get(f"{RECORDS}/{made[1]}").json()


def test_pages_follow_each_other(viben: httpx.Client) -> None:
    """Offset and limit cut the same list."""
    everything = keys(viben, limit=1000)

    assert keys(viben, limit=5) + keys(viben, limit=5, offset=5) == everything[:10]
    assert keys(viben, offset=len(everything)) == []


@pytest.mark.parametrize("text", ["SESSION-abc123", "/path/to/project", '"message_count":42'])
def test_records_are_found_by_text(viben: httpx.Client, text: str) -> None:
    """Key and JSON are searched, in whichever case; the total is of what was found."""
    answer = viben.get(RECORDS, params={"text": text}).json()

    assert "session-abc123" in [each["key"] for each in answer["records"]]
    assert answer["total"] == len(answer["records"]) < viben.get(RECORDS).json()["total"]


def test_an_unknown_collection_is_not_found(viben: httpx.Client) -> None:
    """The problem says which there are."""
    answer = viben.get("/__admin/state/viben/nothing")

    assert (answer.status_code, "viben/sessions" in answer.json()["detail"]) == (404, True)


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 1001}, {"offset": -1}], ids=str)
def test_a_page_that_cannot_be_is_refused(viben: httpx.Client, query: dict[str, int]) -> None:
    """The problem names the parameter."""
    answer = viben.get(RECORDS, params=query)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, next(iter(query)))
