"""The journal of a world: what was asked and answered, within a bound in bytes that all worlds share.

An entry refers to what the request left behind and costs the request a few microseconds; whoever looks at the
journal pays for making it readable (`explanation.py`).
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile
from typing import Any, Literal, NamedTuple

from mock_server import json_codec
from mock_server.changes import Change
from mock_server.errors import (
    ContractBroken,
    MethodNotAllowed,
    NotAuthenticated,
    Refused,
    RequestError,
    Steered,
    UnknownApi,
    UnknownPath,
)
from mock_server.store.frozen import StoredDocument
from mock_server.validation import Violation
from mock_server.webhooks import Delivery

Kind = Literal["rule", "steering", "routing", "credentials", "validation", "mock"]
# The first base that fits tells the kind; everything else is the mock's own trouble.
KINDS: tuple[tuple[type[Exception], Kind], ...] = (
    (Refused, "rule"),
    (Steered, "steering"),
    (UnknownPath, "routing"),
    (UnknownApi, "routing"),
    (MethodNotAllowed, "routing"),
    (NotAuthenticated, "credentials"),
    (RequestError, "validation"),
)
# What Python's objects take besides the bytes counted, measured with tracemalloc.
ENTRY_OVERHEAD = 640
CONDITION_OVERHEAD = 1024
CHANGE_OVERHEAD = 640
DOCUMENT_OVERHEAD = 3  # times the bytes of a document's JSON
DELIVERY_OVERHEAD = 4096  # its URL and its attempts, which come in later


@dataclass(frozen=True, slots=True)
class Condition:
    """What ended a request before, or instead of, the operation's own answer.

    `name` is that of the exception, `kind` who raised it; `errors` point into message and contract.
    """

    kind: Kind
    name: str
    text: str
    errors: Sequence[Mapping[str, str]] = ()

    @classmethod
    def of(cls, error: Exception) -> "Condition":
        """The condition, without the exception, whose frames would keep everything alive they refer to."""
        kind: Kind = next((kind for base, kind in KINDS if isinstance(error, base)), "mock")
        return cls(kind, type(error).__name__, str(error), _errors(error))


class Entry(NamedTuple):
    """One request and its answer. Everything in it is shared with whoever made it, so nobody changes it.

    * `at`: the time in its world; `seconds`: how long the answer took, apart from delays that were asked for.
    * `prefix`: what led to the API, in front of `path`; `query` as it was sent.
    * `headers`: those of the request, `packed`.
    * `api`: its name, empty where none is meant that the server has.
    * `operation`: the operationId, empty where the API has none for this path and method.
    * `caller`: the name of the persona whose credentials were sent, empty for nobody known.
    * `status` and what begins with `answer_` went out, with `applied` preferences: see `answer_headers`.
    * `condition`: what ended it early, None where the operation answered; `changes`: what was written.
    * `deliveries`: its webhooks, whose attempts come in later.
    * `steered`: what faults, quotas and preferences did to it, in words.
    """

    ordinal: int
    at: datetime
    seconds: float
    method: str
    prefix: str
    path: str
    query: bytes
    headers: bytes
    body: bytes
    api: str
    operation: str
    caller: str
    status: int
    answer_headers: Mapping[str, str]
    answer_type: str
    answer_body: bytes
    applied: Sequence[str]
    condition: Condition | None
    changes: Sequence[Change]
    deliveries: Sequence[Delivery]
    steered: Sequence[str]

    @property
    def target(self) -> str:
        """Path and query as they were sent, with the prefixes that led to the API."""
        path = self.prefix + self.path
        return f"{path}?{self.query.decode('latin-1')}" if self.query else path

    @property
    def size(self) -> int:
        """About how many bytes of memory this entry keeps from being freed."""
        size = ENTRY_OVERHEAD + len(self.path) + len(self.query) + len(self.headers)
        size += len(self.body) + len(self.answer_body)
        if self.condition is not None:
            size += CONDITION_OVERHEAD
        for change in self.changes:
            size += CHANGE_OVERHEAD + _weight(change.before) + _weight(change.after)
        for delivery in self.deliveries:
            size += DELIVERY_OVERHEAD + _weight(delivery.payload)
        return size


class JournalBudget:
    """How much the journals of one server may hold together.

    Beyond `limit` bytes the largest one forgets its oldest tenth, so that a flood in one namespace costs the
    others nothing. A limit of 0 switches journals off.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0
        self._journals: list[Journal] = []

    def enlist(self, journal: "Journal") -> None:
        """Lets a journal take part."""
        self._journals.append(journal)

    def dismiss(self, journal: "Journal") -> None:
        """Frees what a journal held."""
        self._journals.remove(journal)

    def make_room(self) -> None:
        """Has entries forgotten until the rest is within the limit."""
        while self.used > self.limit:
            max(self._journals, key=lambda journal: journal.size).forget_tenth()


class Journal:
    """The requests of one world, oldest first.

    `is_open` tells whether entries are taken: not when journals are off, and not when the world is gone.
    """

    def __init__(self, budget: JournalBudget) -> None:
        self._budget = budget
        self._entries: deque[Entry] = deque()
        self.is_open = budget.limit > 0
        self.size = 0
        self.forgotten = 0
        if self.is_open:
            budget.enlist(self)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries))

    def record(self, entry: Entry) -> None:
        """Takes an entry in, if open; older ones may have to go for it."""
        if not self.is_open:
            return
        size = entry.size
        self._entries.append(entry)
        self.size += size
        self._budget.used += size
        if self._budget.used > self._budget.limit:
            self._budget.make_room()

    def find(self, ordinal: int) -> Entry | None:
        """The entry of a request, None when it is forgotten or never was."""
        return next((entry for entry in self._entries if entry.ordinal == ordinal), None)

    @property
    def latest(self) -> int:
        """The ordinal of the latest request, 0 when there is none."""
        return self._entries[-1].ordinal if self._entries else 0

    def after(self, ordinal: int, most: int) -> list[Entry]:
        """The requests after that one, oldest first, the latest `most` at the most; costs what it finds."""
        later = takewhile(lambda entry: entry.ordinal > ordinal, reversed(self._entries))
        return list(islice(later, most))[::-1]

    def clear(self) -> None:
        """Forgets every entry."""
        self._budget.used -= self.size
        self._entries.clear()
        self.size = self.forgotten = 0

    def close(self) -> None:
        """Forgets every entry and takes no more: its world is gone."""
        if self.is_open:
            self.clear()
            self._budget.dismiss(self)
            self.is_open = False

    def forget_tenth(self) -> None:
        """Makes room: the oldest tenth goes, one entry at the least."""
        for _ in range(max(1, len(self._entries) // 10)):
            size = self._entries.popleft().size
            self.size -= size
            self._budget.used -= size
            self.forgotten += 1


def _errors(error: Exception) -> Sequence[Mapping[str, str]]:
    if isinstance(error, ContractBroken):
        return error.violations
    if isinstance(error, RequestError) and error.pointer:
        return (Violation(error.pointer, error.detail, error.schema_pointer).as_dict(),)
    return ()


def _weight(document: Any) -> int:
    if document is None:
        return 0
    if not isinstance(document, StoredDocument):
        return DOCUMENT_OVERHEAD * len(json_codec.serialise(document))
    if document.weight == 0:
        document.weight = DOCUMENT_OVERHEAD * len(json_codec.serialise(document))
    return document.weight
