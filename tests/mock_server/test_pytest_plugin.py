"""The fixture `mock_server`, in a pytest of its own."""

import os
import re
import subprocess
import sys

import httpx
import pytest

from mock_server.cli import main
from tests import servers

pytest_plugins = ["pytester"]

SETTINGS = """
[pytest]
strict = true
addopts = ["-p", "no:schemathesis", "-p", "no:cacheprovider"]
filterwarnings = ["error"]
mock_server_serve = ["viben", "--epoch", "2026-03-01T00:00:00Z"]
"""
SESSIONS = 'httpx.get(mock_server.url("viben", "/api/sessions")).json()["sessions"]'
DELETING = f"""
import httpx, pytest

@pytest.mark.parametrize("turn", range(6))
def test_each_begins_with_the_seed(mock_server, turn):
    before = {SESSIONS}
    httpx.delete(mock_server.url("viben", "/api/sessions/session-abc123"))
    assert len(before) == len({SESSIONS}) + 1
    print(mock_server.url())
"""
FAILING = """
import httpx

def test_fails(mock_server):
    httpx.get(mock_server.url("viben", "/api/sessions/nobody"))
    assert False
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with strict settings, in which every warning is an error."""
    (pytester.path / "pytest.toml").write_text(SETTINGS, "utf-8")
    return pytester


def in_parallel(project: pytest.Pytester, *arguments: str) -> str:
    """What pytest prints when two workers run `DELETING`; no other plugin is loaded, which takes long."""
    project.makepyfile(DELETING)
    plugins = ["-p", "xdist", "-p", "mock_server.pytest_plugin", "--override-ini=addopts="]
    command = [sys.executable, "-m", "pytest", *plugins, "--numprocesses=2", "-rP", *arguments]
    environment = {**os.environ, "PYTEST_ADDOPTS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    run = subprocess.run(
        command, cwd=project.path, env=environment, capture_output=True, text=True, check=False
    )
    return run.stdout + run.stderr


def namespaces(server: str) -> set[str]:
    """The names of those that there are."""
    return {each["name"] for each in httpx.get(f"{server}/__admin/namespaces").json()["namespaces"]}


def test_workers_have_servers_that_end_with_the_run(project: pytest.Pytester) -> None:
    """In parallel each test begins with the seed; each worker has one server, and none is left."""
    printed = in_parallel(project, "--dist=each")
    roots = set(re.findall(r"http://127\.0\.0\.1:\d+", printed))

    assert "12 passed" in printed, printed
    assert len(roots) == 2
    for root in roots:
        servers.assert_ends(root)


def test_workers_may_share_a_server_that_runs(server: str, project: pytest.Pytester) -> None:
    """Each test has a namespace that no other worker's test has, and none is left."""
    before = namespaces(server)
    printed = in_parallel(project, f"--mock-server-url={server}")

    assert "6 passed" in printed, printed
    assert len(set(re.findall(rf"{server}/~(\S+)", printed))) == 6
    assert namespaces(server) == before


def test_another_seed_gives_other_data(server: str, project: pytest.Pytester) -> None:
    """The same seed the same, also on a server that was started with another one."""
    project.makepyfile(f"import httpx\ndef test_it(mock_server):\n    print('data', {SESSIONS})")
    runs = [
        project.runpytest_inprocess("-rP", f"--mock-server-url={server}", *seed)
        for seed in ([], ["--mock-server-seed=42"], ["--mock-server-seed=7"])
    ]
    data = [[line for line in run.outlines if line.startswith("data ")] for run in runs]

    assert len(data[0]) == 1
    assert data[0] == data[1] != data[2]


def test_a_failed_test_shows_its_requests_and_leaves_a_bundle(
    server: str, project: pytest.Pytester, capsys: pytest.CaptureFixture[str]
) -> None:
    """The report has a line for each request; the bundle replays without a difference."""
    project.makepyfile(FAILING)
    run = project.runpytest_inprocess(f"--mock-server-url={server}", "--mock-server-bundles=failed")
    bundle = next((project.path / "failed").iterdir())
    capsys.readouterr()

    run.stdout.fnmatch_lines(
        [
            "*- mock_server -*",
            "  GET */api/sessions/nobody -> 404 get_session",
            f"bundle failed/{bundle.name}",
        ]
    )
    assert main(["replay", str(bundle)]) == 0
    assert capsys.readouterr().out == "1 requests, 0 differences\n"


def test_a_world_may_live_longer_than_a_test(server: str, project: pytest.Pytester) -> None:
    """Other lifetimes are a fixture of two lines; requests are told where `mock_server` is used only."""
    project.makepyfile("""
        import pytest

        @pytest.fixture(scope="module")
        def world(shared_mock_server):
            with shared_mock_server.world(title="module") as world:
                yield world

        @pytest.mark.parametrize("turn", [1, 2])
        def test_it(world, turn):
            world.clock.freeze("2026-07-01T09:00:00Z") if turn == 1 else None
            assert world.clock.now().year == 2026
            assert world.clock.now() == world.clock.now()
    """)

    project.runpytest_inprocess(f"--mock-server-url={server}").assert_outcomes(passed=2)


def test_a_failure_without_a_server_says_so(project: pytest.Pytester) -> None:
    """The report of the test has why the mock cannot tell any more; a world that is gone is an error."""
    project.makepyfile(
        "def test_it(mock_server, shared_mock_server):\n    shared_mock_server.stop()\n    assert False"
    )
    run = project.runpytest_inprocess()

    run.assert_outcomes(failed=1, errors=1)
    run.stdout.fnmatch_lines(
        ["*- mock_server -*", "http://127.0.0.1:*refused; is mock-server running there?"]
    )


def test_a_server_that_is_not_there_is_an_error_that_says_what_to_do(project: pytest.Pytester) -> None:
    """It is no failure of the test."""
    project.makepyfile(FAILING)
    run = project.runpytest_inprocess("--mock-server-url=http://127.0.0.1:9")

    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines("*http://127.0.0.1:9: *refused; is mock-server running there?")


def test_arguments_that_make_no_server_are_an_error(project: pytest.Pytester) -> None:
    """The report has what the command said."""
    project.makepyfile(FAILING)
    run = project.runpytest_inprocess("--override-ini=mock_server_serve=vibes")

    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines("mock-server: there is no API 'vibes'*")


def test_whoever_does_not_use_it_pays_nothing() -> None:
    """Every pytest run imports the plugin, which imports nothing that pytest has not imported before."""
    imports = "import sys, pytest; had = {*sys.modules}; import mock_server.pytest_plugin"
    code = f"{imports}; print(*{{*sys.modules}} - had)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()

    assert set(loaded) == {"mock_server", "mock_server.pytest_plugin"}
