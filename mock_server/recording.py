"""The end of every request: its answer gets the mock's own headers, and is counted, logged and journaled."""

import logging
from functools import lru_cache
from time import perf_counter

from mock_server.addressing import CONTROL_PREFIX
from mock_server.headers import encoded, packed
from mock_server.journal import Condition, Entry
from mock_server.json_codec import trimmed
from mock_server.logs import ACCESS
from mock_server.metrics import Metrics
from mock_server.reply import Reply
from mock_server.request import Outgoing, Request
from mock_server.views import View, written
from mock_server.world import REQUESTS

EXPLANATIONS = f"{CONTROL_PREFIX}/requests/".encode()
access = logging.getLogger(ACCESS)


class Recorder:
    """Finishes the requests of one API; those of operations that are `unjournaled` leave no entry."""

    def __init__(self, api: str, unjournaled: frozenset[str], metrics: Metrics) -> None:
        self._api = api
        self._unjournaled = unjournaled
        self._metrics = metrics

    def finish(self, request: Request, operation_id: str, reply: Reply) -> Outgoing:
        """The answer as it goes out, once it is counted and in the journal."""
        world, status = request.world, reply.status
        ordinal = world.next_ordinal(REQUESTS)
        body = _content(reply)
        seconds = perf_counter() - request.started - request.delayed
        self._metrics.observe(self._api, operation_id, status, seconds)
        if access.isEnabledFor(logging.INFO):
            self._log(request, operation_id, status, seconds)
        is_journaled = world.journal.is_open and operation_id not in self._unjournaled
        entry = Entry(  # by position: by name it takes a microsecond more
            ordinal,
            request.at or world.clock.now(),
            seconds,
            request.method,
            request.scope["root_path"],
            request.path,
            request.query_string,
            packed(request.scope["headers"]),
            request.received,
            self._api,
            operation_id,
            request.caller,
            status,
            reply.headers,
            "" if reply.body is None else reply.media_type,
            body,
            request.applied,
            Condition.of(request.error) if request.error else None,
            request.changes,
            request.deliveries,
            request.steered,
        )
        if is_journaled:
            world.journal.record(entry)
        return Outgoing(status, answer_headers(world.name, entry, is_journaled=is_journaled), body)

    def _log(self, request: Request, operation_id: str, status: int, seconds: float) -> None:
        # Without the query, which may hold a credential.
        told = {
            "namespace": request.world.name,
            "method": request.method,
            "path": request.path,
            "status": status,
            "operation": f"{self._api}.{operation_id}" if operation_id else "-",
            "milliseconds": round(seconds * 1000, 3),
        }
        access.info("%s ms", " ".join(map(str, told.values())), extra={"request": told})


def answer_headers(namespace: str, entry: Entry, *, is_journaled: bool = True) -> list[tuple[bytes, bytes]]:
    """The headers of an answer: the mock's, then the operation's own."""
    name = namespace.encode()
    request_id = b"%s-%d" % (name, entry.ordinal)
    headers = [(b"x-mock-namespace", name), (b"x-mock-request-id", request_id)]
    if is_journaled:
        headers.append((b"x-mock-explanation", EXPLANATIONS + request_id))
    headers += _described(entry.api, entry.operation, entry.answer_type)
    if entry.applied:
        headers.append((b"preference-applied", ", ".join(entry.applied).encode()))
    if entry.answer_headers:
        headers += encoded(entry.answer_headers)
    return headers


@lru_cache(1024)
def _described(api: str, operation: str, media_type: str) -> tuple[tuple[bytes, bytes], ...]:
    # There are as many as operations have kinds of answers.
    described = {"x-mock-operation": f"{api}.{operation}" if operation else "", "content-type": media_type}
    return tuple(encoded({name: value for name, value in described.items() if value}))


def _content(reply: Reply) -> bytes:
    body = reply.body
    if body is None:
        return b""
    if type(body) is View:
        return body.text
    content: bytes = written(body) if reply.is_json else body
    return trimmed(content)  # a journal entry keeps it
