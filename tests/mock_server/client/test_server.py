"""Servers in the hands of a test: found, started, ended."""

import subprocess
import sys
from collections.abc import Iterator
from threading import Barrier, Thread

import httpx
import pytest

from mock_server import apis
from mock_server.client import MockServerError, Server, connect, start
from tests import servers
from tests.mock_server.worlds import EPOCH

ENVIRONMENT = {
    "MOCK_SERVER_PORT": "1",
    "MOCK_SERVER_REQUIRE_NAMESPACE": "1",
    "MOCK_SERVER_STATE": "/no/such/folder/x",
}


@pytest.fixture(scope="module")
def found() -> Iterator[Server]:
    """A server that runs already, with an API that has personas."""
    with servers.mock(apis.load("deepworkzone"), epoch=EPOCH) as url:
        yield connect(f"{url}/")


def test_a_started_server_has_the_apis_asked_for_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables of the shell do not change it, and nobody answers after the end."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with start("viben", "--seed", "7") as server:
        namespaces = httpx.get(f"{server.url}/__admin/namespaces").json()["namespaces"]

    assert (list(server.apis), [each["seed"] for each in namespaces]) == (["viben"], [7])
    with pytest.raises(MockServerError, match="is mock-server running there"):
        connect(server.url)


def test_a_server_ends_with_its_program_however_that_ends() -> None:
    """Killed before it could tidy up, a program leaves no server behind."""
    code = (
        "from mock_server.client import start; import os; print(start('viben').url, flush=True); os.abort()"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=False)

    assert done.returncode < 0
    servers.assert_ends(done.stdout.strip())


def test_a_server_that_cannot_start_says_why(capfd: pytest.CaptureFixture[str]) -> None:
    """The reason is that of the command."""
    with pytest.raises(MockServerError, match="ended before it was ready"):
        start("vibes")

    assert "there is no API 'vibes'" in capfd.readouterr().err


def test_worlds_have_names_for_people_that_never_meet(found: Server) -> None:
    """The same title gives two names; whatever cannot be in a name is left out."""
    with found.world(title="test_b[ä/b c]") as one, found.world(title="test_b[ä/b c]") as other:
        assert one.namespace.startswith("test_b-b-c-")
        assert one.namespace != other.namespace


def test_a_long_title_is_cut(found: Server) -> None:
    """A namespace has 64 characters at the most."""
    with found.world(title="x" * 200) as world:
        assert len(world.namespace) == 64


def test_a_world_may_have_an_exact_name_and_another_seed(found: Server) -> None:
    """People who look at the server find it by that name."""
    with found.world(name="alice", seed=7) as world:
        namespaces = httpx.get(f"{found.url}/__admin/namespaces").json()["namespaces"]

    assert world.namespace == "alice"
    assert {"name": "alice", "seed": 7} in namespaces


def test_personas_carry_their_credential(found: Server) -> None:
    """The owner is who is meant when nobody is named."""
    with found.world() as world:
        address = world.url("deepworkzone", "/api/v1/sessions")
        answers = [
            httpx.get(address, headers=headers).status_code
            for headers in ({}, world.persona("deepworkzone").headers)
        ]

    assert answers == [401, 200]
    assert found.persona("deepworkzone", "member").name == "member"


def test_unknown_names_are_told_with_those_that_there_are(found: Server) -> None:
    """Of APIs as of personas."""
    with found.world() as world:
        with pytest.raises(MockServerError, match="no API 'viben'; this server has deepworkzone"):
            world.url("viben")
        with pytest.raises(
            MockServerError, match="no persona 'boss' of 'deepworkzone'; there are owner, member"
        ):
            world.persona("deepworkzone", "boss")


def test_a_token_is_sent_where_control_needs_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given, or by the variable that the server knows, too."""
    with servers.mock(apis.load("viben"), control_token="s3cret", epoch=EPOCH) as url:
        with pytest.raises(MockServerError, match="401"):
            connect(url)
        connect(url, "s3cret")
        monkeypatch.setenv("MOCK_SERVER_CONTROL_TOKEN", "s3cret")
        with connect(url).world() as world:
            world.reset()


def test_worlds_are_for_threads_too(found: Server) -> None:
    """Many threads make and end worlds of one server at the same time."""
    barrier, made = Barrier(8), []

    def make() -> None:
        barrier.wait()
        with found.world() as world:
            made.append(world.namespace)

    threads = [Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 8


def test_the_client_imports_the_standard_library_only() -> None:
    """It costs little to import, and what replaces HTTP libraries in tests does not come between."""
    code = "import sys, mock_server.client; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()

    assert set(loaded) & {"httpx", "requests", "urllib3", "starlette", "connexion", "yaml"} == set()
