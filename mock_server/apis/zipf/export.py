"""A session as a CSV file."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from mock_server.apis.zipf.model import Operation

COLUMNS = (
    "operation_id",
    "operation_type",
    "operation_status",
    "created_at",
    "completed_at",
    "credits_consumed",
    "query",
    "url",
    "title",
    "description",
)
# What makes a spreadsheet take a cell for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(operations: Sequence[Operation]) -> bytes:
    """A header row, then one row for each result, or one for an operation without any (RFC 4180, UTF-8)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for operation in operations:
        writer.writerows([_cell(value) for value in row] for row in _rows(operation))
    return text.getvalue().encode()


def _rows(operation: Operation) -> Iterator[tuple[Any, ...]]:
    fixed = (
        operation["id"],
        operation["type"],
        operation["status"],
        operation["created_at"],
        operation["completed_at"],
        operation["credits_consumed"],
        operation["query"],
    )
    for result in operation["results"] or ({},):
        yield (*fixed, *(result.get(name) for name in ("url", "title", "description")))


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
