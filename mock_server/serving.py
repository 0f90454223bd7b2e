"""Runs a server until it is told to stop: the socket, the announcement, the signals."""

import asyncio
import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn
from starlette.types import ASGIApp

from mock_server.protocol import REQUEST_TIMEOUT, BoundedProtocol

if sys.platform != "win32":
    import resource

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
PATIENCE = 3  # seconds that requests under way are given when the server stops


class CannotListen(Exception):
    """The address is taken or not ours. The message says what to do."""


class AnnouncedServer(uvicorn.Server):
    """uvicorn that calls `announce` once it accepts connections, and ends in peace on SIGINT and SIGTERM.

    Before it waits for requests under way it calls `hang_up`, which is to end those that would last. Requests
    that are not complete `request_timeout` seconds after they began are ended.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        announce: Callable[[], None],
        hang_up: Callable[[], None],
        request_timeout: float,
    ) -> None:
        super().__init__(config)
        self._announce = announce
        self._hang_up = hang_up
        self._request_timeout = request_timeout

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then announces."""
        await super().startup(sockets)
        if not self.should_exit:
            self._announce()

    async def on_tick(self, counter: int) -> bool:
        """Looks once a second, which is every tenth time, for requests that took too long to arrive."""
        if counter % 10 == 0:
            now = asyncio.get_running_loop().time()
            for connection in tuple(self.server_state.connections):
                if isinstance(connection, BoundedProtocol):
                    connection.expire(now, self._request_timeout)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends what would last, then stops."""
        self._hang_up()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stops on a signal; uvicorn's own would raise it again in the end and spoil the exit status."""
        previous = {number: signal.signal(number, self.handle_exit) for number in STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 lets the system choose. Raises `CannotListen`."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotListen(
            f"cannot listen on {host} port {port}: {reason}; try --port 0 for a free one"
        ) from error
    listener.setblocking(False)
    return listener


def stop_at_eof(descriptor: int) -> None:
    """Stops this process when the file ends: whoever held its other end has gone, however that came about."""

    def wait() -> None:
        while os.read(descriptor, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="stop at end of file", daemon=True).start()


def run(
    app: ASGIApp,
    listener: socket.socket,
    announce: Callable[[], None],
    hang_up: Callable[[], None] = lambda: None,
    request_timeout: float = REQUEST_TIMEOUT,
) -> None:
    """Serves `app` on `listener` until SIGINT or SIGTERM; `hang_up` then ends answers that would last.

    A client has `request_timeout` seconds for sending a request.
    """
    # What was made so far stays, so the collector need not look at it again. It comes less often to young
    # objects: those of a request go by themselves.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    _allow_connections()
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        log_config=None,  # `logs.py` has set everything up
        access_log=False,  # the pipeline knows more of a request, and tells of it
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    server = AnnouncedServer(config, announce, hang_up, request_timeout)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(server.serve(sockets=[listener]))


def _allow_connections() -> None:
    # Each connection is an open file. Systems begin with few for the sake of programs that use select(), and
    # let those that do not have more.
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):  # macOS says "unlimited" and does not mean it
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
