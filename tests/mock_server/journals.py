"""Entries of a journal, for tests without a server."""

from datetime import UTC, datetime
from typing import Any

from mock_server.headers import packed
from mock_server.journal import Answer, Entry

EXAMPLE = Entry(
    ordinal=1,
    at=datetime(2026, 3, 1, tzinfo=UTC),
    method="GET",
    target="/api/sessions?limit=1",
    path="/api/sessions",
    headers=packed([(b"host", b"127.0.0.1:8000"), (b"accept", b"*/*")]),
    body=b"",
    api="viben",
    operation="list_sessions",
    caller="",
    answer=Answer(200, b"", b"{}"),
    condition=None,
    changes=(),
    steered=(),
    seconds=0.001,
)


def entry(**fields: Any) -> Entry:
    """A new entry that differs from `EXAMPLE` in these fields."""
    names = [name for name in Entry.__slots__ if name != "size"]
    return Entry(**{**{name: getattr(EXAMPLE, name) for name in names}, **fields})
