"""Receivers of webhooks on loopback, which keep what they were sent."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any

PATIENCE = 30.0


@dataclass(slots=True)
class Receiver:
    """Answers with `statuses` one after the other, the last of them from then on, and with `body`."""

    statuses: list[int]
    body: bytes = b""
    port: int = 0
    received: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    arrived: Condition = field(default_factory=Condition)

    @property
    def url(self) -> str:
        """Where to send to."""
        return f"http://127.0.0.1:{self.port}/hook"

    def take(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """Keeps one request; what to answer."""
        with self.arrived:
            self.received.append((path, headers, json.loads(body)))
            self.arrived.notify_all()
            return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]

    def wait(self, number: int) -> Any:
        """The body of the request with this number, once it is here."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.received) >= number, PATIENCE), "nothing was sent"
            return self.received[number - 1][2]


@contextmanager
def receiving(*statuses: int, body: bytes = b"") -> Iterator[Receiver]:
    """A receiver that listens on a free port."""
    receiver = Receiver(list(statuses) or [200], body)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.take(self.path, {k.lower(): v for k, v in self.headers.items()}, content)
            self.send_response(status)
            self.send_header("Content-Length", str(len(receiver.body)))
            self.send_header("Location", receiver.url + "/elsewhere")
            self.end_headers()
            try:
                self.wfile.write(receiver.body)
            except ConnectionError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's word
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
