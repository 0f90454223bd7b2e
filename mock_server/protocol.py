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
    """One connection. Its server calls `expire` now and then.

    A request has to be complete in time, from its first byte (of the first one: from when the connection was
    made) to its last. A head that is longer than `HEAD_LIMIT` and not complete is refused; one that came
    whole in a single read did no harm, and is not. A client that ends its side still gets what it asked for
    (RFC 9112, 9.6).
    """

    def connection_made(self, transport: "Transport") -> None:  # type: ignore[override]  # as uvicorn has it
        """A client has come; it is expected to say something."""
        super().connection_made(transport)
        self._incomplete_since: float | None = self.loop.time()
        self._head_size = 0
        self._is_refused = False

    def data_received(self, data: bytes) -> None:
        """A part of a request, or of several."""
        if self._is_refused:
            return
        last = self._request
        is_body = last is not None and last.more_body
        super().data_received(data)
        if self._request is last and not is_body:
            self._head_received(len(data))
            return
        self._head_size = 0
        if not self.cycle.more_body:
            self._incomplete_since = None
        elif self._incomplete_since is None:
            self._incomplete_since = self.loop.time()

    def eof_received(self) -> bool | None:  # type: ignore[override]  # uvicorn always closes
        """The client will send no more; whether the connection stays open for what it is waiting for."""
        if not self._is_answering() or self.cycle.response_started:
            return None
        self.cycle.keep_alive = False
        return True

    def expire(self, before: float) -> None:
        """Ends the connection if it waits for a request that began `before` this time of the loop."""
        if self._incomplete_since is None or self._incomplete_since > before:
            return
        if self.flow.read_paused:  # it is not the client who keeps us waiting
            self._incomplete_since = self.loop.time()
            return
        if self._is_answering():
            self._hear_no_more()
            return
        is_answered = self._request is None or self._request.response_complete
        has_nothing_to_say = self._head_size == 0 if is_answered else self.cycle.response_started
        if not (self._is_refused or has_nothing_to_say):
            self._refuse(408, "the request took too long to arrive; --request-timeout says how long it may")
        self.transport.close()

    @property
    def _request(self) -> "RequestResponseCycle | None":
        """The last request whose head was complete."""
        return self.cycle

    def _is_answering(self) -> bool:
        request = self._request
        return request is not None and not (request.response_complete or request.more_body)

    def _head_received(self, size: int) -> None:
        if self._incomplete_since is None:
            self._incomplete_since = self.loop.time()
        self._head_size += size
        if self._head_size <= HEAD_LIMIT or self.transport.is_closing():
            return
        if self._is_answering():
            self._hear_no_more()
        else:
            self._refuse(431, f"the head of the request is longer than {HEAD_LIMIT} bytes")

    def _hear_no_more(self) -> None:
        # What was asked before is answered yet.
        self._is_refused, self._incomplete_since = True, None
        self.cycle.keep_alive = False

    def _refuse(self, status: int, detail: str) -> None:
        # What else the client sends is read and forgotten until it goes, or its time is over: to close while
        # it sends would reset the connection, and could take the answer with it.
        self._is_refused = True
        title = HTTPStatus(status).phrase
        body = serialise(problem(status, title, detail).body)
        fields = (f"content-type: {PROBLEM}", f"content-length: {len(body)}", "connection: close")
        head = "\r\n".join((f"HTTP/1.1 {status} {title}", *fields, "", ""))
        self.transport.write(head.encode() + body)
