"""Answers written to the connection in one piece, past ASGI's messages, where the server is uvicorn."""

from typing import Any

from starlette.types import Send

from mock_server.headers import RawHeaders

try:
    from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle
except ImportError:  # without httptools every answer goes out as ASGI messages
    STATUS_LINE, RequestResponseCycle = {}, type(None)  # type: ignore[assignment, misc]

LINE_END = b"\r\n"
# What the value of a header can hold (RFC 9110, 5.5).
SENDABLE = bytes([each for each in range(256) if each == 0x09 or (each >= 0x20 and each != 0x7F)])


def sent_in_one_piece(send: Send, status: int, headers: RawHeaders, body: bytes) -> bool:
    """Writes a whole answer, where `send` is uvicorn's own and the connection takes it and stays open.

    uvicorn writes head and body one by one, and searches each name and value for what no header can hold,
    which costs a small answer more than making it. False where nothing was written: then ASGI's messages are
    the way, and a header that cannot be is refused there.
    """
    cycle: Any = getattr(send, "__self__", None)
    if type(cycle) is not RequestResponseCycle or not _is_ready(cycle):
        return False
    fields = (*cycle.default_headers, *headers)
    head = LINE_END.join([b"%s: %s" % field for field in fields])
    if head.translate(None, SENDABLE) != LINE_END * (len(fields) - 1):
        return False
    cycle.transport.write(b"%s%s\r\n\r\n%s" % (STATUS_LINE[status], head, body))
    _complete(cycle)
    return True


def _is_ready(cycle: Any) -> bool:
    return (
        cycle.keep_alive
        and not (cycle.disconnected or cycle.response_started or cycle.flow.write_paused or cycle.access_log)
        and cycle.scope["method"] != "HEAD"
    )


def _complete(cycle: Any) -> None:
    # What uvicorn does once it has written the last of an answer.
    cycle.response_started = cycle.response_complete = True
    cycle.waiting_for_100_continue = False
    cycle.message_event.set()
    cycle.on_response()
