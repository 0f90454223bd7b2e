"""Timelines and exports: complete, in order, in both formats."""

import csv
import io

import pytest

from mock_server.apis.zipf.export import COLUMNS, as_csv
from mock_server.apis.zipf.model import Operation
from tests.mock_server.apis.zipf.callers import Callers, refusal

HOSTILE = ['=1+1', "+1", "-1", "@SUM(A1)", "\tx", "\rx"]  # fmt: skip


def operation(query: str) -> Operation:
    """A search that found nothing."""
    return {
        "id": "7d9a1f52-6a37-4c0e-8a55-0f2f4a6f9b01",
        "session_id": "0b8f6c1e-3b0e-4c58-9a0d-6d1f6f0b7c11",
        "customer_id": "5b0c6a3e-2f0d-4c8e-9a51-0d6f4f1c7a01",
        "type": "search",
        "status": "completed",
        "created_at": "2026-01-27T12:00:01.000Z",
        "completed_at": "2026-01-27T12:00:02.000Z",
        "credits_consumed": 1,
        "query": query,
        "urls": None,
        "results": [],
        "shared_with_org": False,
        "organization_id": None,
        "traits": {},
        "details": {},
        "sequence": 1,
    }


def parsed(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by column."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


def test_the_timeline_is_complete_and_in_order(zipf: Callers) -> None:
    """Every operation is there, the oldest first, even when all happen at the same moment."""
    zipf.freeze("2026-03-01T12:00:00Z")
    session_id = zipf.session()
    done = [
        zipf.search(session_id)["search_job_id"],
        zipf.crawl(session_id)["id"],
        zipf.search(session_id)["search_job_id"],
    ]
    timeline = zipf.get(f"/sessions/{session_id}/timeline")

    assert [each["id"] for each in timeline["operations"]] == done
    assert [each["credits_consumed"] for each in timeline["operations"]] == [1, 1, 1]
    assert timeline["aggregates"]["operations_by_type"] == {"search": 2, "crawl": 1}


def test_json_is_a_file_with_everything(zipf: Callers) -> None:
    """The default export holds session and operations as details show them, under a name with the id."""
    session_id = zipf.session()
    zipf.search(session_id)
    response = zipf.send("GET", f"/sessions/{session_id}/export")
    details = zipf.get(f"/sessions/{session_id}")

    assert response.headers["content-disposition"] == f'attachment; filename="session-{session_id}.json"'
    assert response.json()["session"] == details["session"]
    assert response.json()["operations"] == details["operations"]


def test_csv_is_a_file_with_a_row_for_each_result(zipf: Callers) -> None:
    """The rows are the results of the JSON export, in its order."""
    session_id = zipf.session()
    found = zipf.search(session_id, query='a, "b"')["results"]
    zipf.crawl(session_id)
    response = zipf.send("GET", f"/sessions/{session_id}/export?format=csv")
    rows = parsed(response.content)

    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == f'attachment; filename="session-{session_id}.csv"'
    assert [row["url"] for row in rows] == [*(each["url"] for each in found), "https://a.example/"]
    assert {row["query"] for row in rows[:10]} == {'a, "b"'}


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_holds_no_formula(text: str) -> None:
    """What a spreadsheet would calculate gets an apostrophe in front."""
    [row] = parsed(as_csv([operation(text)]))

    assert row["query"] == f"'{text}"


@pytest.mark.parametrize("text", ['a "quoted" word', "a,b", "two\r\nlines", "ünïcode", "' apostrophe"])
def test_csv_keeps_any_text(text: str) -> None:
    """Commas, quotes, line breaks and letters of any script come back as they were."""
    [row] = parsed(as_csv([operation(text)]))

    assert row["query"] == text


def test_csv_lines_end_as_the_rfc_says() -> None:
    """RFC 4180: CRLF ends every line, and the first holds the names of the columns."""
    assert as_csv([]) == ",".join(COLUMNS).encode() + b"\r\n"


def test_another_format_is_refused(zipf: Callers) -> None:
    """There are two formats."""
    assert refusal(zipf.send("GET", f"/sessions/{zipf.session()}/export?format=pdf")) == (
        400,
        "Invalid request",
    )
