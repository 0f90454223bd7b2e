"""What is compared: our server, the limit, Connexion as it comes, and other mock servers."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.workloads import CREATE, LIST_100, WORKLOADS, Workload

ROOT = Path(__file__).parents[2]
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "session-contracts" / "rivals"

OURS, DURABLE, ALL_APIS = "mock-server", "mock-server --state", "mock-server, four APIs"
LIMIT, PLAIN = "bare ASGI", "Connexion 3"
WIREMOCK, SCALAR, PRISM = "WireMock", "@scalar/mock-server", "Prism"

# What answers with examples of the contract has one list; that one has 20 sessions.
EXAMPLES = tuple(each for each in WORKLOADS if each is not LIST_100)


@dataclass(frozen=True, slots=True)
class Contender:
    """A server: the command that starts it on `{port}`, and where its sessions are.

    `note` says what it does for an answer; `workloads` are those that it can do.
    """

    name: str
    note: str
    command: Sequence[str]
    root: str = ""
    workloads: Sequence[Workload] = WORKLOADS
    folder: Path = ROOT


def ours(folder: Path) -> list[Contender]:
    """Our server as it comes, with its state in a file below `folder`, and on another HTTP server."""
    serve = _python("mock_server", "serve", "viben", "--port", "{port}")
    kept = (*serve, "--state", str(folder / "state"))
    return [
        Contender(OURS, "validates both ways, stateful, journal on", serve, "/api"),
        Contender(DURABLE, "the same, writes survive kill -9", kept, "/api", (CREATE,)),
        Contender(
            f"{OURS} on granian",
            "the same on granian",
            _on_granian("tests.benchmarks.on_granian:app"),
            "/api",
        ),
    ]


def python() -> list[Contender]:
    """The limit, and what our server is made from."""
    bare = _python("tests.benchmarks.bare", "{port}")
    plain = _python("tests.benchmarks.plain_connexion", "{port}")
    on_granian = _on_granian("tests.benchmarks.bare:app")
    return [
        Contender(LIMIT, "the limit: one constant answer on uvicorn", bare, "/api"),
        Contender(f"{LIMIT} on granian", "the same on granian", on_granian, "/api"),
        Contender(PLAIN, "as it comes, validates both ways", plain, "/api"),
    ]


def rivals() -> list[Contender]:
    """The other mock servers, installed below `CACHE`."""
    prism = _node("prism", "mock", "--port", "{port}", "contract.json")
    mockoon = _node("mockoon-cli", "start", "--data", "contract.json", "--port", "{port}")
    local = ("--hostname", "127.0.0.1", "--disable-admin-api", "--disable-log-to-file", "--repair")
    json_server = _node("json-server", "--port", "{port}", "--quiet", "records.json")
    wiremock = _node("wiremock", "--port", "{port}", "--root-dir", "wiremock", "--no-request-journal")
    backend = ("node", "openapi-backend.mjs", "contract.json", "{port}")
    scalar = ("node", "scalar.mjs", "contract.json", "{port}")
    checks = "validates requests, answers with examples"
    return [
        Contender(PRISM, checks, prism, "", EXAMPLES, CACHE),
        Contender("json-server", "stateful, no validation", json_server, "", WORKLOADS, CACHE),
        Contender("openapi-backend", checks, backend, "/api", EXAMPLES, CACHE),
        Contender(SCALAR, "answers with examples, no validation", scalar, "", EXAMPLES, CACHE),
        Contender("Mockoon", "the same", (*mockoon, *local), "/api", EXAMPLES, CACHE),
        Contender(WIREMOCK, "static stubs, no validation", wiremock, "/api", WORKLOADS, CACHE),
    ]


def starters() -> list[Contender]:
    """What is measured at its start only."""
    serve = _python("mock_server", "serve", "--port", "{port}")
    return [Contender(ALL_APIS, "all that there are", serve, "/viben/api", ())]


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)


def _on_granian(app: str) -> tuple[str, ...]:
    limits = ("--workers", "1", "--runtime-threads", "1", "--http", "1", "--no-ws", "--log-level", "error")
    return _python("granian", "--interface", "asginl", "--port", "{port}", *limits, app)


def _node(name: str, *arguments: str) -> tuple[str, ...]:
    return (f"node_modules/.bin/{name}", *arguments)
