"""The built front end, the mock behind it, and pages in a browser that show the one against the other."""

import fcntl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from mock_server import apis
from mock_server.app import create_app
from mock_server.settings import Settings
from tests.frontend import site
from tests.frontend.worlds import Preflights, Visitor, World
from tests.servers import listening

EPOCH = datetime(2026, 7, 1, tzinfo=UTC)
PATIENCE = 30_000  # milliseconds until something that does not show counts as missing


@pytest.fixture(scope="session", autouse=True)
def _patient() -> None:
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Where the front end is that was built for this run; with many workers the first to come builds it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "frontend"
    with (shared / "frontend.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "tests/frontend/dist/index.html").is_file():
            return folder / "tests/frontend/dist"
        return site.build(folder)


@pytest.fixture(scope="session")
def mock() -> Preflights:
    """All APIs of the mock, in this process."""
    return Preflights(create_app([apis.load(name) for name in apis.NAMES], Settings(epoch=EPOCH)))


@pytest.fixture(scope="session")
def mock_url(mock: Preflights) -> Iterator[str]:
    """Where the mock is."""
    with listening(mock) as url:
        yield url


@pytest.fixture(scope="session")
def origin(pages: Path, mock_url: str) -> Iterator[str]:
    """Where the front end is: another port, so another origin than the mock's."""
    with site.served(pages, site.config(mock_url)) as url:
        yield url


@pytest.fixture
def world(mock_url: str) -> Iterator[World]:
    """A world of its own for the test, in which it is the first of July."""
    name = uuid4().hex
    with httpx.Client(base_url=f"{mock_url}/~{name}") as client:
        made = World(name, client)
        made.freeze(EPOCH)
        yield made


@pytest.fixture
def visitor(
    context: BrowserContext, page: Page, origin: str, mock_url: str, world: World
) -> Iterator[Visitor]:
    """Somebody whose cookie leads to the test's world; the console holds nothing but failed requests."""
    context.add_cookies([{"name": "mock_namespace", "value": world.name, "url": mock_url}])
    made = Visitor(page, origin, mock_url)
    yield made
    assert made.complaints == []
