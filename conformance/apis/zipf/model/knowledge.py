"""What a run has shown of Zipf's records so far: sessions, jobs, workflows, and who calls."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conformance.exchange import Exchange
from conformance.shadow import Json, caller_of

TEXTS = ("name", "description", "intent_context")
SWITCHES = ("auto_deduplicate", "accumulate_context", "use_session_context")
CONFIG = (*SWITCHES, "max_operations")
STATUSES = ("active", "completed", "archived")
# Whether what was not done leaves a trace is assumed, so that this is thought of before a promise is.
TRACES = ("ZIPF-SEARCH-07", "ZIPF-CREDIT-01", "ZIPF-CREDIT-02")
OTHERS_STAY = "ZIPF-UPDATE-03"  # whatever is not changed is as it was


@dataclass(frozen=True, slots=True)
class Said:
    """What a field may show after what was asked, and the requirement that says so."""

    values: tuple[Any, ...]
    requirement: str


@dataclass(slots=True)
class Span:
    """How many there are: at least so many, and at most."""

    low: int = 0
    high: int = 0

    def add(self, low: int, high: int) -> None:
        """Take in that some more have been made."""
        self.low += low
        self.high += high

    def __contains__(self, count: int) -> bool:
        return self.low <= count <= self.high

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


@dataclass(slots=True)
class Audience:
    """Who may read a record: its owner, an organisation, everybody; `known` says whether that is certain."""

    owner: str
    public: bool = False
    organization: str | None = None
    known: bool = True
    ever_public: bool = False
    ever_shared: bool = False

    def share(self, changes: Json | None) -> None:
        """Take in whom the record was shared with; None where that cannot be read."""
        public, shared, organization = (
            (changes or {}).get(name) for name in ("public_share", "shared_with_org", "organization_id")
        )
        if public is not None:
            self.public = bool(public)
            self.ever_public = self.ever_public or self.public
        if shared is not None:
            self.organization = str(organization) if shared else None
            self.ever_shared = self.ever_shared or bool(shared)
        self.known = self.known and is_sharing(changes)


def is_sharing(changes: Json | None) -> bool:
    """Say whether it is certain what a change of sharing means."""
    if changes is None:
        return False
    flags = [changes[name] for name in ("public_share", "shared_with_org") if name in changes]
    organization = changes.get("organization_id")
    named = isinstance(organization, str) if changes.get("shared_with_org") else organization is None
    return bool(flags) and named and all(isinstance(each, bool) for each in flags)


@dataclass(slots=True)
class Session:
    """What is known of a session that was seen created, and by which rules.

    `fields` is what texts and configuration must show, `rejected` what they must not, for it was refused;
    `possible` is which statuses it may have, `seen` the last one shown. `unrecorded` is the requirement that
    is broken when there are operations too many.
    """

    id: str
    audience: Audience
    fields: dict[str, Said]
    words: frozenset[str]
    rejected: dict[str, Said] = field(default_factory=dict)
    seen: str = "nothing"
    possible: frozenset[str] = frozenset(("active", "archived"))
    step: str | None = None
    last: str = "create_session"
    searches: Span = field(default_factory=Span)
    crawls: Span = field(default_factory=Span)
    operations: Span = field(default_factory=Span)
    unrecorded: str | None = None
    entries: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    found: set[str] = field(default_factory=set)
    crawled: set[str] = field(default_factory=set)
    graphs: Span = field(default_factory=Span)
    gone: bool = False

    def certain(self, name: str) -> Any:
        """Return the value that a field must have, or None when there may be another."""
        said = self.fields.get(name)
        return said.values[0] if said and len(said.values) == 1 else None

    def not_done(self, requirement: str) -> None:
        """Take in that an operation was not done, by which there must be none more."""
        if self.unrecorded is None or (requirement in TRACES and self.unrecorded not in TRACES):
            self.unrecorded = requirement

    @property
    def worked_off(self) -> bool:
        """Whether the session takes no more operations."""
        return "active" not in self.possible

    @property
    def may_be_hidden(self) -> bool:
        """Whether the session is in the archive, which lists and viewers may not be shown."""
        return "archived" in (self.seen, *(self.possible if len(self.possible) == 1 else ()))


@dataclass(slots=True)
class Job:
    """A search or crawl by its id: whose it is, and of which session."""

    owner: str
    session: str | None
    readable: bool = False


@dataclass(slots=True)
class Workflow:
    """A workflow that was seen created."""

    name: str | None
    session: str | None
    audience: Audience


@dataclass(slots=True)
class Account:
    """What is known of a caller: credits, and organisations with their names."""

    balance: int | float | None = None
    organizations: dict[str, Any] | None = None


@dataclass(slots=True)
class Knowledge:
    """All that is known, by id and by credentials; `latest` is the latest time the deployment has named."""

    sessions: dict[str, Session] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    workflows: dict[str, Workflow] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    session_of_entry: dict[str, str] = field(default_factory=dict)
    latest: datetime | None = None
    transitions: Counter[str] = field(default_factory=Counter)

    def account(self, exchange: Exchange) -> Account:
        """Return what is known of whoever sent the request."""
        return self.accounts.setdefault(caller(exchange), Account())

    def forget(self, record: str) -> None:
        """Know nothing of a record any more."""
        self.sessions.pop(record, None)
        self.workflows.pop(record, None)
        self.jobs.pop(record, None)

    def moved(self, session: Session, status: str) -> None:
        """Count a transition."""
        if status != session.seen:
            self.transitions[f"{session.seen} > {session.last} > {status}"] += 1
            session.seen = status


def caller(exchange: Exchange) -> str:
    """Return the token that tells callers apart, without the name of its scheme; empty for none."""
    return caller_of(exchange).rpartition(" ")[2]
