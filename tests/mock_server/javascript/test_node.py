"""The package under `node --test`: a Python test for each file of `node/`."""

from collections.abc import Iterator

import pytest

from mock_server.contract import MockApi
from tests import servers
from tests.mock_server.javascript.tools import HERE, Run
from tests.mock_server.worlds import EPOCH

FILES = sorted(path.name for path in (HERE / "node").glob("*.test.js"))
TOKEN = "s3cret"


@pytest.fixture(scope="module")
def guarded(viben_api: MockApi) -> Iterator[str]:
    """A server whose control needs a token."""
    with servers.mock(viben_api, epoch=EPOCH, control_token=TOKEN) as url:
        yield url


@pytest.mark.parametrize("file", FILES)
def test_the_file_passes(file: str, run: Run, guarded: str) -> None:
    """Every test of the file does; the package needs nothing but Node."""
    variables = {"MOCK_SERVER_URL": guarded, "MOCK_SERVER_CONTROL_TOKEN": TOKEN}
    done = run("", "--test", "--test-timeout=60000", file, folder="node", **variables)

    assert done.returncode == 0, done.stdout + done.stderr
