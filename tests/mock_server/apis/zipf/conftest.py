"""A Zipf mock that these tests share; every test has a namespace of its own."""

from collections.abc import Iterator
from itertools import count

import httpx
import pytest

from mock_server import apis
from tests import servers
from tests.mock_server.apis.zipf.callers import Callers
from tests.mock_server.worlds import EPOCH

NAMES = count(1)


@pytest.fixture(scope="session")
def zipf_server() -> Iterator[str]:
    """The URL of a server of Zipf."""
    with servers.mock(apis.load("zipf"), epoch=EPOCH) as url:
        yield url


@pytest.fixture
def zipf(zipf_server: str) -> Iterator[Callers]:
    """Callers in a namespace of their own."""
    name = f"zipf-{next(NAMES)}"
    with httpx.Client(base_url=zipf_server, headers={"X-Mock-Namespace": name}) as client:
        yield Callers(client)
        httpx.delete(f"{zipf_server}/__admin/namespaces/{name}")
