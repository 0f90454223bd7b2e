"""The inspector of a shared server, opened in a namespace of the test's own."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from mock_server import apis
from tests import servers
from tests.mock_server.inspector.opening import PATIENCE, open_inspector
from tests.mock_server.worlds import EPOCH

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def inspector(page: Page, viben: httpx.Client) -> Page:
    """The inspector in the namespace of `viben`."""
    return open_inspector(page, viben)


@pytest.fixture(scope="session")
def crowd() -> Iterator[str]:
    """The URL of a server of two APIs, one of which has credentials."""
    with servers.mock(apis.load("viben"), apis.load("deepworkzone"), epoch=EPOCH) as url:
        yield url


@pytest.fixture
def deepworkzone(crowd: str) -> Iterator[httpx.Client]:
    """The owner, as a client of Deep Work Zone, beside which Viben is served."""
    token = apis.load("deepworkzone").personas[0].token
    headers = {"Authorization": f"Bearer {token}", "X-Mock-Namespace": "default"}
    with httpx.Client(base_url=crowd, headers=headers) as client:
        yield client
