"""HTTP/1.1 as uvicorn speaks it, with bounds on time and head of a request, and half-closed sockets."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from mock_server.json_codec import serialise
from mock_server.reply import PROBLEM, problem

if TYPE_CHECKING:
    from asyncio import Transport

    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as UvicornProtocol
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle
else:
    # On httptools where it is installed, else on h11; what is used here both have.
    from uvicorn.protocols.http.auto import AutoHTTPProtocol as UvicornProtocol

HEAD_LIMIT = 64 * 1024
REQUEST_TIMEOUT = 30  # seconds


class BoundedProtocol(UvicornProtocol):
    """One connection. Its server calls `expire` once in a while.

    A request has to be complete in time, from when it was first seen to be incomplete (the first one: from
    when the connection was made) to its last byte. A head that is longer than `HEAD_LIMIT` and not complete
    is refused; one that came whole in a single read did no harm, and is not. A client that ends its side
    still gets what it asked for (RFC 9112, 9.6).
    """

    def connection_made(self, transport: "Transport") -> None:  # type: ignore[override]  # as uvicorn has it
        """A client has come; it is expected to say something."""
        super().connection_made(transport)
        self._waiting_since: float | None = None
        self._waiting_after: RequestResponseCycle | None = None
        self._head: object = None
        self._head_size = 0
        self._is_refused = False

    def data_received(self, data: bytes) -> None:
        """A part of a request, or of several."""
        if self._is_refused:
            return
        super().data_received(data)
        last: RequestResponseCycle | None = self.cycle
        if last is None or last.scope is not self.scope:
            self._head_received(len(data))

    def eof_received(self) -> bool | None:  # type: ignore[override]  # uvicorn always closes
        """The client will send no more; whether the connection stays open for what it is waiting for."""
        if not self._is_answering() or self.cycle.response_started:
            return None
        self.cycle.keep_alive = False
        return True

    def expire(self, now: float, patience: float) -> None:
        """Ends the connection when it has waited for the same request for longer than `patience`."""
        if not (self._is_refused or self._is_waiting()):
            self._waiting_since = None
        elif self._waiting_since is None or self._waiting_after is not self.cycle:
            self._waiting_since, self._waiting_after = now, self.cycle
        elif now - self._waiting_since > patience:
            if not self._is_refused and self._has_begun():
                self._refuse(408, "the request took too long; --request-timeout says how long it may take")
            self.transport.close()

    def _is_waiting(self) -> bool:
        last: RequestResponseCycle | None = self.cycle
        if last is None:
            return True
        if last.response_complete:
            # uvicorn's own timer waits for the next request, until something of it has come.
            return self.timeout_keep_alive_task is None
        return last.more_body and not self.flow.read_paused

    def _has_begun(self) -> bool:
        # Whether there is a request to answer, and no answer yet.
        last: RequestResponseCycle | None = self.cycle
        if last is None or last.response_complete:
            return self._head_size > 0 and (last is None or last.scope is not self.scope)
        return not last.response_started

    def _is_answering(self) -> bool:
        last: RequestResponseCycle | None = self.cycle
        return last is not None and not (last.response_complete or last.more_body)

    def _head_received(self, size: int) -> None:
        if self._head is not self.scope:
            self._head, self._head_size = self.scope, 0
        self._head_size += size
        if self._head_size <= HEAD_LIMIT or self.transport.is_closing():
            return
        if self._is_answering():
            self._is_refused, self.cycle.keep_alive = True, False
        else:
            self._refuse(431, f"the head of the request is longer than {HEAD_LIMIT} bytes")

    def _refuse(self, status: int, detail: str) -> None:
        # What else the client sends is read and forgotten until it goes, or its time is over: to close while
        # it sends would reset the connection, and could take the answer with it.
        self._is_refused = True
        title = HTTPStatus(status).phrase
        body = serialise(problem(status, title, detail).body)
        fields = (f"content-type: {PROBLEM}", f"content-length: {len(body)}", "connection: close")
        head = "\r\n".join((f"HTTP/1.1 {status} {title}", *fields, "", ""))
        self.transport.write(head.encode() + body)
