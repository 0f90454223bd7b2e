"""The end of every request: its answer gets the mock's own headers, and is counted, logged and journaled."""

import logging
from time import perf_counter

from mock_server import json_codec
from mock_server.addressing import CONTROL_PREFIX
from mock_server.headers import encoded, packed
from mock_server.journal import Answer, Condition, Entry
from mock_server.logs import ACCESS
from mock_server.metrics import Metrics
from mock_server.reply import Reply
from mock_server.request import Outgoing, Request
from mock_server.world import REQUESTS

ORJSON_BLOCK = 4096
access = logging.getLogger(ACCESS)


class Recorder:
    """Finishes the requests of one API; those of operations that are `unjournaled` leave no entry."""

    def __init__(self, api: str, unjournaled: frozenset[str], metrics: Metrics) -> None:
        self._api = api
        self._unjournaled = unjournaled
        self._metrics = metrics

    def finish(self, request: Request, operation_id: str, reply: Reply) -> Outgoing:
        """The answer as it goes out, once it is counted and in the journal."""
        world = request.world
        ordinal = world.next_ordinal(REQUESTS)
        request_id = f"{world.name}-{ordinal}"
        headers = encoded(reply.headers) if reply.headers else []
        headers.append((b"x-mock-namespace", world.name.encode()))
        headers.append((b"x-mock-request-id", request_id.encode()))
        if operation_id:
            headers.append((b"x-mock-operation", f"{self._api}.{operation_id}".encode()))
        if request.applied:
            headers.append((b"preference-applied", ", ".join(request.applied).encode()))
        body = b""
        if reply.body is not None:
            headers.append((b"content-type", reply.media_type.encode()))
            body = json_codec.serialise(reply.body) if reply.is_json else reply.body
        answer = Outgoing(reply.status, headers, _compact(body))
        seconds = perf_counter() - request.started - request.delayed
        self._metrics.observe(self._api, operation_id, reply.status, seconds)
        if access.isEnabledFor(logging.INFO):
            self._log(request, operation_id, reply.status, seconds)
        if world.journal.is_open and operation_id not in self._unjournaled:
            headers.append((b"x-mock-explanation", f"{CONTROL_PREFIX}/requests/{request_id}".encode()))
            world.journal.record(self._entry(request, operation_id, ordinal, answer, seconds))
        return answer

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

    def _entry(
        self, request: Request, operation_id: str, ordinal: int, answer: Outgoing, seconds: float
    ) -> Entry:
        return Entry(
            ordinal=ordinal,
            at=request.at or request.world.clock.now(),
            method=request.method,
            target=request.target,
            path=request.path,
            headers=packed(request.raw_headers),
            body=request.received,
            api=self._api,
            operation=operation_id,
            caller=request.caller,
            answer=Answer(answer.status, packed(answer.headers), answer.body),
            condition=Condition.of(request.error) if request.error else None,
            changes=tuple(request.changes),
            deliveries=tuple(request.deliveries),
            steered=tuple(request.steered),
            seconds=seconds,
        )


def _compact(body: bytes) -> bytes:
    # orjson hands out short texts in blocks of 4 KiB, which a journal entry would keep.
    return bytes(memoryview(body)) if len(body) < ORJSON_BLOCK else body
