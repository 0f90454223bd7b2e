"""Real servers for tests, which always end: an application in a thread, or `mock-server` as a process."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread, Timer
from typing import Any

import httpx
import uvicorn
from starlette.types import ASGIApp

from mock_server import serving
from mock_server.app import create_app
from mock_server.contract import MockApi
from mock_server.settings import Settings

PATIENCE = 120.0  # seconds until a server that neither starts nor stops counts as broken


@contextmanager
def listening(app: ASGIApp) -> Iterator[str]:
    """Serves `app` on a free port, in a thread of this process; gives its URL."""
    listener = serving.listen("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off", ws="none")
    )
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@contextmanager
def mock(*apis: MockApi, **settings: Any) -> Iterator[str]:
    """A mock of `apis` in this process; `settings` are fields of `Settings`."""
    with listening(create_app(apis, Settings(**settings))) as url:
        yield url


@dataclass(frozen=True, slots=True)
class Running:
    """A `mock-server` process that said `ready`, and what it printed until then."""

    process: "subprocess.Popen[str]"
    printed: tuple[str, ...]

    @property
    def url(self) -> str:
        """The base URL of the first API."""
        found = re.search(r"http://\S+", "\n".join(self.printed))  # a mended state file is told of before it
        assert found is not None
        return found[0]


@contextmanager
def running(*arguments: str) -> Iterator[Running]:
    """`mock-server serve ARGUMENTS --port 0` as a process."""
    command = [sys.executable, "-m", "mock_server", "serve", *arguments, "--port", "0"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True)
    watchdog = Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        printed = _until_ready(process)
        watchdog.cancel()
        yield Running(process, printed)
    finally:
        watchdog.cancel()
        process.terminate()
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _until_ready(process: "subprocess.Popen[str]") -> tuple[str, ...]:
    printed: list[str] = []
    for line in process.stdout or ():
        if line.strip() == "ready":
            return tuple(printed)
        printed.append(line.rstrip())
    raise AssertionError("mock-server ended before it was ready:\n" + "\n".join(printed))


def assert_ends(url: str) -> None:
    """Returns once nobody answers at `url` any more; fails when somebody still does after `PATIENCE`."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            httpx.get(url)
        except httpx.TransportError:
            return
        time.sleep(0.05)
    raise AssertionError(f"{url} still answers")
