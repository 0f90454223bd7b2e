"""What is compared: our server, the limit, Connexion as it comes, and other mock servers."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import openapi
from mock_server import serving

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "session-contracts" / "rivals"
PATIENCE = 60.0
LIST = 20


@dataclass(frozen=True, slots=True)
class Contender:
    """A server: the command that starts it on `{port}`, and where it has each workload's path.

    `note` says what it does for an answer. A workload that is missing from `paths` it cannot do.
    """

    name: str
    note: str
    command: Sequence[str]
    paths: Mapping[str, str]
    folder: Path = HERE.parent.parent
    environment: Mapping[str, str] = field(default_factory=dict)


SESSION = "/sessions/session-abc123"
ALL = {"get": SESSION, "list": f"/sessions?agent_id=bench&_limit={LIST}", "create": "/sessions"}


def ours(state: Path) -> list[Contender]:
    """Our server as it comes, and with its state in a file."""
    command = (sys.executable, "-m", "mock_server", "serve", "viben", "--port", "{port}")
    paths = _under("/api", {**ALL, "list": "/sessions?agent_id=bench"})
    kept = (*command, "--state", str(state))
    return [
        Contender("mock-server", "validates both ways, stateful, journal on", command, paths),
        Contender(
            "mock-server --state", "the same, writes survive kill -9", kept, {"create": paths["create"]}
        ),
    ]


def python() -> list[Contender]:
    """The limit, and what our server is made from."""
    bare = (sys.executable, "-m", "tests.benchmarks.bare", "{port}")
    plain = (sys.executable, "-m", "tests.benchmarks.plain_connexion", "{port}")
    return [
        Contender("bare ASGI", "the limit: constant answer, same HTTP server", bare, _under("/api", ALL)),
        Contender("Connexion 3", "as it comes, validates both ways", plain, _under("/api", ALL)),
    ]


def rivals() -> list[Contender]:
    """The other mock servers, installed below `CACHE`."""
    prism = ("node_modules/.bin/prism", "mock", "--port", "{port}", "contract.json")
    json_server = ("node_modules/.bin/json-server", "--port", "{port}", "--quiet", "records.json")
    wiremock = ("node_modules/.bin/wiremock", "--port", "{port}", "--root-dir", "wiremock")
    backend = ("node", "openapi-backend.mjs", "contract.json", "{port}")
    scalar = ("node", "scalar.mjs", "contract.json", "{port}")
    examples = {"get": SESSION, "create": "/sessions"}
    return [
        Contender("Prism", "validates requests, examples, no state", prism, examples, CACHE),
        Contender("json-server", "stateful, no validation", json_server, ALL, CACHE),
        Contender(
            "openapi-backend", "validates requests, examples", backend, _under("/api", examples), CACHE
        ),
        Contender("@scalar/mock-server", "examples, no validation", scalar, examples, CACHE),
        Contender(
            "WireMock",
            "static stubs, no validation",
            (*wiremock, "--no-request-journal"),
            _under("/api", ALL),
            CACHE,
        ),
    ]


def install() -> None:
    """Brings the rivals, and what they serve, below `CACHE`. Raises `CalledProcessError`."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for file in (HERE / "rivals").iterdir():
        shutil.copy(file, CACHE)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=CACHE, check=True)  # noqa: S607
    (CACHE / "contract.json").write_text(json.dumps(openapi.load("viben")))
    (CACHE / "records.json").write_text(json.dumps({"sessions": [session(n) for n in range(LIST)]}))
    _write_stubs(CACHE / "wiremock" / "mappings")


def session(number: int) -> dict[str, Any]:
    """A session as a server without rules would keep it."""
    return {
        "id": f"session-{number:012x}" if number else "session-abc123",
        "agent_id": "bench",
        "task_id": None,
        "status": "active",
        "created_at": "2026-01-01T00:00:00Z",
        "last_active": "2026-01-01T00:00:00Z",
        "message_count": number,
        "data": {},
    }


@contextmanager
def running(contender: Contender) -> Iterator[str]:
    """The contender on a free port, warmed up by nobody yet; gives its URL."""
    with serving.listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
    command = [part.format(port=port) for part in contender.command]
    with subprocess.Popen(
        command,
        cwd=contender.folder,
        env={**os.environ, **contender.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            _await(url + contender.paths.get("get", contender.paths["create"]), server)
            yield url
        finally:
            server.terminate()


def _await(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(url).close()  # noqa: S310  # our own URL
            return
        except HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{server.args!r} did not answer")


def _under(root: str, paths: Mapping[str, str]) -> dict[str, str]:
    return {workload: root + path for workload, path in paths.items()}


def _write_stubs(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    listed = {"sessions": [session(number) for number in range(LIST)]}
    stubs = {"get": ("GET", "/api/sessions/.+", session(0)), "list": ("GET", "/api/sessions", listed)}
    for name, (method, path, body) in {**stubs, "create": ("POST", "/api/sessions", session(0))}.items():
        stub = {
            "request": {"method": method, "urlPathPattern": path},
            "response": {"jsonBody": body, "headers": {"Content-Type": "application/json"}},
        }
        (folder / f"{name}.json").write_text(json.dumps(stub))
