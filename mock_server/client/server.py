"""A server: one that runs already, or one that is started for the tests and ends with them."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from threading import Timer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from uuid import uuid4

from mock_server.client.control import PATIENCE, Control
from mock_server.client.errors import MockServerError
from mock_server.client.records import Persona, given
from mock_server.client.world import World

LONGEST_NAME = 64  # of a namespace
ENVIRONMENT = "MOCK_SERVER_"  # what variables of the command begin with


class Server:
    """A server at `url`, and the `apis` it has. As a context manager it is stopped in the end."""

    def __init__(self, url: str, token: str | None = None, stop: Callable[[], None] = lambda: None) -> None:
        self.url = url
        self._token = token
        self._stop = stop
        control = Control(url, token)
        self.apis: Sequence[str] = control.get("/health")["apis"]
        self._personas = [Persona.of(each) for each in control.get("/personas")["personas"]]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends a server that was started here, and leaves one alone that ran already."""
        self._stop()

    def world(
        self,
        *,
        title: str = "world",
        name: str | None = None,
        seed: int | None = None,
        snapshot: str | None = None,
        fork: str | None = None,
    ) -> World:
        """A new world: with the seeded data, that of another `seed`, of a `snapshot`, or as a `fork`.

        `title` is what its name tells people; the end of the name is random, so that no two worlds share
        one. `name` is the exact name instead; a world that has it begins anew. `fork` is the namespace of
        a world: the new one begins where that stands now. Raises `ControlError`.
        """
        namespace = name or _namespace(title)
        body = {"name": namespace, **given(seed=seed, snapshot=snapshot, fork=fork)}
        Control(self.url, self._token).call("POST", "/namespaces", body)
        control = Control(self.url, self._token, namespace)
        return World(namespace, control, lambda api, path: self._address(namespace, api, path), self.persona)

    def persona(self, api: str, name: str = "owner") -> Persona:
        """A well-known credential. Raises `MockServerError`, with the names there are."""
        there = [each for each in self._personas if each.api == api]
        for persona in there:
            if persona.name == name:
                return persona
        names = ", ".join(each.name for each in there) or "none: it needs no credentials, or is not served"
        raise MockServerError(f"there is no persona {name!r} of {api!r}; there are {names}")

    def _address(self, namespace: str, api: str, path: str) -> str:
        if api and api not in self.apis:
            raise MockServerError(f"there is no API {api!r}; this server has {', '.join(self.apis)}")
        return f"{self.url}/~{namespace}{'/' * bool(api)}{api}{path}"


def connect(url: str, token: str | None = None) -> Server:
    """The server at `url`, such as `http://127.0.0.1:8000`.

    `token` is what it was started with as `--control-token`; without it the variable
    MOCK_SERVER_CONTROL_TOKEN counts. Raises `MockServerError` when nobody answers there.
    """
    return Server(url.rstrip("/"), token or os.environ.get("MOCK_SERVER_CONTROL_TOKEN"))


def start(*arguments: str) -> Server:
    """Starts `mock-server serve ARGUMENTS` on a free port.

    It ends with `stop`, and with this process, however that ends. Raises `MockServerError`.
    """
    # Standard input is what it lives by, and Ctrl-C is not for it, so that tests can still tidy up.
    # Settings of the shell are not for it either: runs would differ, or share a state file.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ENVIRONMENT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "mock_server", "serve", *arguments, "--port", "0", "--until-eof"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    try:
        return Server(_announced(process), stop=lambda: _end(process))
    except BaseException:
        _end(process)
        raise


def _announced(process: "subprocess.Popen[str]") -> str:
    watchdog = Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        return _base_url(process.stdout or ())
    finally:
        watchdog.cancel()


def _base_url(lines: Iterable[str]) -> str:
    url = ""
    for line in lines:
        if line.strip() == "ready":
            return url
        url = url or _origin(line.split()[-1])  # the first line is: <api>  <url>
    raise MockServerError("mock-server ended before it was ready; it said why on standard error")


def _origin(url: str) -> str:
    address = urlsplit(url)
    return f"{address.scheme}://{address.netloc}"


def _end(process: "subprocess.Popen[str]") -> None:
    with process:  # which closes its pipes and waits
        process.terminate()


def _namespace(title: str) -> str:
    end = uuid4().hex[:8]
    words = re.sub(r"[^A-Za-z0-9._-]+", "-", title).strip("-")
    return f"{words[: LONGEST_NAME - len(end) - 1]}-{end}"
