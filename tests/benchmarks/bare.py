"""The limit: an ASGI application that gives one constant JSON answer, on the HTTP server of the mock."""

import json
import sys

from starlette.types import Receive, Scope, Send

from mock_server import serving
from tests.benchmarks.records import session

BODY = json.dumps(session(0)).encode()
HEADERS = [(b"content-type", b"application/json"), (b"content-length", str(len(BODY)).encode())]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers every request alike."""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})


if __name__ == "__main__":
    serving.run(app, serving.listen("127.0.0.1", int(sys.argv[1])), lambda: None)
