"""The pytest plugin: the fixture `mock_server` gives each test a world of its own on a server of the run.

Every pytest run imports this module, so everything else is imported only when a test asks for the fixture.
Under pytest-xdist each worker has a server: nothing has to be agreed on between processes, a worker that
dies takes its server along, and the load is spread over processors. `--mock-server-url` lets all share one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mock_server.client import Server, World


def pytest_addoption(parser: pytest.Parser) -> None:
    """Describe the options and the setting."""
    add = parser.getgroup("mock-server", "the fixture mock_server: a world of a mock for each test").addoption
    add("--mock-server-seed", type=int, metavar="N", help="same seed, same data")
    add("--mock-server-url", metavar="URL", help="use the server that runs there and start none")
    add(
        "--mock-server-bundles",
        type=Path,
        metavar="FOLDER",
        help="keep the world of each failed test there, for mock-server replay or serve --bundle",
    )
    parser.addini(
        "mock_server_serve",
        type="args",
        default=[],
        help="what to start: arguments of mock-server serve, such as: viben --epoch 2026-07-01T00:00:00Z",
    )


@pytest.fixture(scope="session")
def shared_mock_server(pytestconfig: pytest.Config) -> "Iterator[Server]":
    """The server of this run (under pytest-xdist: of this worker); `world()` gives worlds of any lifetime."""
    from mock_server.client import connect, start  # noqa: PLC0415  # see above
    from mock_server.pytest_failures import FailedWorlds  # noqa: PLC0415

    url = pytestconfig.getoption("--mock-server-url")
    server = connect(url) if url else start(*pytestconfig.getini("mock_server_serve"))
    failed_worlds = FailedWorlds(pytestconfig.getoption("--mock-server-bundles"))
    pytestconfig.pluginmanager.register(failed_worlds)
    with server:
        yield server
    pytestconfig.pluginmanager.unregister(failed_worlds)


@pytest.fixture
def mock_server(shared_mock_server: "Server", request: pytest.FixtureRequest) -> "Iterator[World]":
    """A world of this test's own, deleted afterwards: the seeded data, the machine's time, no faults."""
    from mock_server.pytest_failures import WORLD  # noqa: PLC0415

    seed = request.config.getoption("--mock-server-seed")
    with shared_mock_server.world(title=request.node.name, seed=seed) as world:
        request.node.stash[WORLD] = world
        yield world
