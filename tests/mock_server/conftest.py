"""A mock server that all tests of the mock share; every test that uses it has a namespace of its own."""

from collections.abc import Iterator
from itertools import count

import httpx
import pytest

from mock_server import apis
from mock_server.contract import MockApi
from tests import servers
from tests.mock_server.worlds import EPOCH

NAMES = count(1)


@pytest.fixture(scope="session")
def viben_api() -> MockApi:
    """Viben's record."""
    return apis.load("viben")


@pytest.fixture(scope="session")
def server(viben_api: MockApi) -> Iterator[str]:
    """The URL of a server of Viben."""
    with servers.mock(viben_api, epoch=EPOCH) as url:
        yield url


@pytest.fixture
def viben(server: str) -> Iterator[httpx.Client]:
    """A client of Viben in a namespace of its own."""
    name = f"test-{next(NAMES)}"
    with httpx.Client(base_url=server, headers={"X-Mock-Namespace": name}) as client:
        yield client
        httpx.delete(f"{server}/__admin/namespaces/{name}")
