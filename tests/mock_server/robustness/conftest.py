"""A server that has to be alive and silent after everything that is done to it."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.mock_server.robustness.connections import SESSION
from tests.servers import PATIENCE, Running, running


@contextmanager
def fewer_files() -> Iterator[None]:
    """Programs that are started meanwhile begin with less than they may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft // 2, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture(scope="module")
def hardy() -> Iterator[Running]:
    """A server of Viben that gives clients a second for a request; in the end it has said nothing."""
    with fewer_files(), running("viben", "--request-timeout", "1") as server:
        yield server
        server.process.terminate()
        said, _ = server.process.communicate(timeout=PATIENCE)
        assert (server.process.returncode, said) == (0, "")


@pytest.fixture
def server(hardy: Running) -> Iterator[Running]:
    """The same server, which has to answer others afterwards."""
    yield hardy
    assert httpx.get(f"{hardy.url}{SESSION}").status_code == 200
