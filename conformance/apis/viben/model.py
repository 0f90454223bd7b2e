"""Viben's shadow model: what the sessions of a run must look like by what was asked of them.

It knows only sessions it saw created, for others are changed by others; what the document
leaves open stays open.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import (
    Json,
    body_of,
    is_ok,
    is_plain,
    is_refused,
    may_have_changed,
    query_of,
    suspicion,
)

BASE = "/api/sessions"
STATUSES = ("created", "active", "paused", "completed", "failed")
AT_REST = ("paused", "completed", "failed")  # nobody is at work, so the status stays
LASTING = ("agent_id", "task_id", "created_at")
FILTERS = {"task_id": "VIBEN-LIST-03", "agent_id": "VIBEN-LIST-04", "status": "VIBEN-LIST-05"}
REFUSED = {"update_session": "VIBEN-UPDATE-11", "send_message": "VIBEN-MESSAGE-08"}
FEW = 10  # a longer list may be one page of more


@dataclass(slots=True)
class Known:
    """What is known of a session: as created, as last asked for, and as last shown."""

    lasting: Json
    status: str = "unknown"
    asked_status: str | None = None
    asked_data: Json = field(default_factory=dict)
    messages: int = 0
    shown: Json | None = None
    refused: str | None = None
    last: str = "create_session"
    gone: bool = False


@dataclass(slots=True)
class VibenModel:
    """Watches sessions from their creation to their deletion."""

    known: dict[str, Known] = field(default_factory=dict)
    transitions: Counter[str] = field(default_factory=Counter)

    def watch(self, exchange: Exchange) -> Iterable[Suspicion]:
        """Take an exchange in and say what it seems to break."""
        path = exchange.path.removeprefix(BASE).strip("/")
        id_, _, end = path.partition("/")
        if not exchange.path.startswith(BASE) or end not in ("", "message"):
            return []
        match exchange.method, bool(path):
            case "POST", False:
                return self._create(exchange)
            case "GET", False:
                return list(self._list(exchange))
            case _ if may_have_changed(exchange):
                self.forget(unquote(id_))
            case _ if unquote(id_) in self.known:
                return list(self._one(exchange, unquote(id_), self.known[unquote(id_)]))
        return []

    def forget(self, record: str) -> None:
        """Know nothing of a session any more."""
        self.known.pop(record, None)

    def _create(self, exchange: Exchange) -> list[Suspicion]:
        made = exchange.reply_json()
        if is_ok(exchange) and isinstance(made, dict) and isinstance(made.get("id"), str):
            lasting = {name: made[name] for name in LASTING if name in made}
            self.known[made["id"]] = known = Known(lasting)
            self._moved(known, made.get("status"))
        return []

    def _one(self, exchange: Exchange, id_: str, known: Known) -> Iterator[Suspicion]:
        operation = operation_of(exchange)
        if operation is None:
            return
        if known.gone:
            if is_ok(exchange) and operation != "delete_session":
                yield suspicion("VIBEN-DELETE-01", id_, "a deleted session gone", f"{operation} carried out")
        elif operation == "get_session":
            shown = exchange.reply_json()
            if is_ok(exchange) and isinstance(shown, dict):
                yield from self._details(id_, known, shown)
        elif is_ok(exchange):
            self._written(known, operation, body_of(exchange))
        elif is_refused(exchange):
            known.refused = operation

    def _written(self, known: Known, operation: str, body: Json) -> None:
        """Note a request that was carried out."""
        known.shown, known.refused, known.last, known.asked_status = None, None, operation, None
        if operation == "delete_session":
            known.gone = True
            self._moved(known, "gone")
        elif operation == "send_message":
            known.messages += 1
        else:
            status, data = body.get("status"), body.get("data")
            known.asked_status = status if status in AT_REST else None
            if isinstance(data, dict):
                known.asked_data = data if is_plain(data) else {}

    def _details(self, id_: str, known: Known, shown: Json) -> Iterator[Suspicion]:
        """Compare the details with what is known, and learn from them what is not."""
        for name, value in known.lasting.items():
            if name in shown and shown[name] != value:
                yield suspicion("VIBEN-GET-01", id_, f"{name} {value!r} as at creation", shown[name])
        yield from self._asked(id_, known, shown)
        if known.refused in REFUSED and known.shown is not None and known.shown != shown:
            yield suspicion(
                REFUSED[known.refused], id_, f"{known.shown} as before the refused {known.refused}", shown
            )
        self._moved(known, shown.get("status"))
        known.shown = known.shown or shown

    def _asked(self, id_: str, known: Known, shown: Json) -> Iterator[Suspicion]:
        """Compare the details with what was asked for and granted."""
        if shown.get("status") not in STATUSES:
            yield suspicion("VIBEN-UPDATE-06", id_, f"status one of {STATUSES}", shown.get("status"))
        elif known.asked_status not in (None, shown["status"]):
            yield suspicion("VIBEN-UPDATE-01", id_, f"status {known.asked_status!r}", shown["status"])
        data = shown.get("data")
        held = data if isinstance(data, dict) else {}
        if any(name not in held or held[name] != value for name, value in known.asked_data.items()):
            yield suspicion("VIBEN-UPDATE-02", id_, f"data with {known.asked_data}", data)
        count = shown.get("message_count")
        if isinstance(count, int) and count < known.messages:
            yield suspicion("VIBEN-MESSAGE-04", id_, f"at least {known.messages} messages", count)

    def _list(self, exchange: Exchange) -> Iterator[Suspicion]:
        """Compare a list with its filters and with the sessions that are known."""
        filters = query_of(exchange, FILTERS)
        body = exchange.reply_json()
        listed = body.get("sessions") if isinstance(body, dict) else None
        if filters is None or not is_ok(exchange) or not isinstance(listed, list):
            return
        entries = [each for each in listed if isinstance(each, dict) and isinstance(each.get("id"), str)]
        for entry in entries:
            yield from self._entry(entry, filters)
        if len(listed) < FEW:
            yield from self._missing({each["id"] for each in entries}, filters)

    def _entry(self, entry: Json, filters: dict[str, str]) -> Iterator[Suspicion]:
        id_ = str(entry["id"])
        for name, value in filters.items():
            if entry.get(name) != value:
                yield suspicion(FILTERS[name], id_, f"only sessions whose {name} is {value!r}", entry)
        known = self.known.get(id_)
        if known and known.gone:
            yield suspicion("VIBEN-DELETE-02", id_, "a list without deleted sessions", entry)
        elif known and any(name in entry and entry[name] != value for name, value in known.lasting.items()):
            yield suspicion("VIBEN-LIST-02", id_, f"an entry with {known.lasting}", entry)

    def _missing(self, listed: set[str], filters: dict[str, str]) -> Iterator[Suspicion]:
        """Miss known sessions that pass the filters; of a status nothing is known for sure."""
        if "status" in filters:
            return
        id_of = next((FILTERS[name] for name in filters), "VIBEN-LIST-02")
        for id_, known in list(self.known.items()):
            if not known.gone and id_ not in listed and filters.items() <= known.lasting.items():
                yield suspicion(id_of, id_, f"a list that holds {id_}", f"{len(listed)} others")

    def _moved(self, known: Known, status: object) -> None:
        """Count a transition."""
        if isinstance(status, str) and status != known.status:
            before = "nothing" if known.status == "unknown" else known.status
            self.transitions[f"{before} > {known.last} > {status}"] += 1
            known.status = status


def operation_of(exchange: Exchange) -> str | None:
    """Return the operation on one session."""
    if exchange.path.endswith("/message"):
        return "send_message" if exchange.method == "POST" else None
    names = {"GET": "get_session", "PATCH": "update_session", "DELETE": "delete_session"}
    return names.get(exchange.method)
