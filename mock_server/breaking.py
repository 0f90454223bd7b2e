"""Answers that break on their way: the only place that reaches for the connection under ASGI."""

import os
import socket
import struct
from typing import Any

from starlette.types import Receive, Send

from mock_server.faults import Breakage
from mock_server.request import Outgoing, send_answer

RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, for no time at all


async def send_broken(breakage: Breakage, answer: Outgoing, receive: Receive, send: Send) -> None:
    """Sends an answer as `breakage` says, in place of `send_answer`.

    Raises `ConnectionResetError` on servers that do not let their connection be closed (not uvicorn).
    """
    body, headers = answer.body, answer.headers
    if breakage == "malformed_body":
        await send_answer(send, answer.status, headers, body[: len(body) // 2])
        return
    if breakage == "truncated_body":
        announced = [*headers, (b"content-length", str(len(body) or 1).encode())]
        await send({"type": "http.response.start", "status": answer.status, "headers": announced})
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    transport = _transport(receive)
    if breakage == "connection_reset":
        _reset(transport)
    else:
        transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass  # uvicorn would answer for an application that returns while the client is there


def _transport(receive: Receive) -> Any:
    """uvicorn's transport, which the object that `receive` is a method of knows."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("the connection was to be broken, and this server cannot do that")
    return transport


def _reset(transport: Any) -> None:
    descriptor = os.dup(transport.get_extra_info("socket").fileno())
    with socket.socket(fileno=descriptor) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    transport.abort()
