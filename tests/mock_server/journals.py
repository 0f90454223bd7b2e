"""Entries of a journal, for tests without a server."""

from datetime import UTC, datetime
from typing import Any

from mock_server.headers import packed
from mock_server.journal import Entry

EXAMPLE = Entry(
    ordinal=1,
    at=datetime(2026, 3, 1, tzinfo=UTC),
    seconds=0.001,
    method="GET",
    prefix="",
    path="/api/sessions",
    query=b"limit=1",
    headers=packed([(b"host", b"127.0.0.1:8000"), (b"accept", b"*/*")]),
    body=b"",
    api="viben",
    operation="list_sessions",
    caller="",
    status=200,
    answer_headers={},
    answer_type="application/json",
    answer_body=b"{}",
    applied=(),
    condition=None,
    changes=(),
    deliveries=(),
    steered=(),
)


def entry(**fields: Any) -> Entry:
    """A new entry that differs from `EXAMPLE` in these fields."""
    return EXAMPLE._replace(**fields)
