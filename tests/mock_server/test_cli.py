"""The command line."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from mock_server import apis
from mock_server.cli import main
from mock_server.serving import listen
from tests.servers import running


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """`mock-server ARGUMENTS` as a process."""
    command = [sys.executable, "-m", "mock_server", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_announcement_says_where_everything_is() -> None:
    """Base URLs, documentation and control are printed before `ready`."""
    with running() as server:
        lines = [line.split() for line in server.printed]
        urls = [word for line in lines for word in line if word.startswith("http://")]

        assert [line[0] for line in lines if line[0] in apis.NAMES] == list(apis.NAMES)
        assert {httpx.get(url).status_code for url in urls if "docs" in url} == {200}
        assert len([url for url in urls if "docs" in url]) == len(apis.NAMES) + 1


def test_the_announcement_names_the_inspector() -> None:
    """The last line before `ready` leads to the page for people."""
    with running("viben") as server:
        name, url = server.printed[-1].split()

        assert (name, httpx.get(url).headers["Content-Type"]) == ("inspector", "text/html; charset=utf-8")


def test_one_api_is_served_at_the_vendors_own_path() -> None:
    """The base URL printed for it is the part before the vendor's base path."""
    with running("viben") as server:
        assert httpx.get(f"{server.url}/api/sessions").status_code == 200


def test_options_reach_the_server() -> None:
    """Seed and body limit are those that were asked for."""
    with running("viben", "--seed", "7", "--body-limit", "10") as server:
        seed = httpx.get(f"{server.url}/__admin/namespaces").json()["namespaces"][0]["seed"]
        long = httpx.post(f"{server.url}/api/sessions", json={"agent_id": "a"})

    assert (seed, long.status_code) == (7, 413)


def test_the_same_seed_gives_the_same_data_in_another_process() -> None:
    """Two servers of one seed and epoch list the same sessions; another seed lists others."""
    lists = []
    for seed in ("7", "7", "8"):
        with running("viben", "--seed", seed, "--epoch", "2026-03-01T00:00:00Z") as server:
            lists.append(httpx.get(f"{server.url}/api/sessions").json())

    assert lists[0] == lists[1] != lists[2]


def test_a_taken_port_ends_with_2() -> None:
    """The message is one line that says what to do."""
    with listen("127.0.0.1", 0) as taken:
        done = run("serve", "viben", "--port", str(taken.getsockname()[1]))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("mock-server: cannot listen on 127.0.0.1 port ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["serve", "vibes"], "there is no API 'vibes': choose from"),
        (["personas", "vibes"], "there is no API 'vibes': choose from"),
        (["serve", "--port", "70000"], "'70000' is no port"),
        (["serve", "--seed", "-1"], "'-1' is no seed"),
        (["serve", "--seed", "x"], "'x' is no seed"),
        (["serve", "--epoch", "yesterday"], "'yesterday' is no RFC 3339 time"),
        (["serve", "--epoch", "0001-01-01T00:00:00Z"], "1970 to 2999"),
        (["serve", "--namespaces", "0"], "'0' is no positive whole number"),
        (["serve", "--validate", "maybe"], "invalid choice"),
        ([], "COMMAND"),
    ],
)
def test_bad_usage_ends_with_2_and_the_reason(
    capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str
) -> None:
    """The message names what was given and what was expected."""
    try:
        status = main(arguments)
    except SystemExit as end:
        status = int(str(end.code))

    assert status == 2
    assert expected in capsys.readouterr().err


def test_apis_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each API: name, base path, title."""
    assert main(["apis"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert [line.split()[0] for line in lines] == list(apis.NAMES)
    assert any(line.split()[:2] == ["viben", "/api"] for line in lines)


def test_personas_are_listed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON form has an entry for each persona of each API, with the agreed members."""
    assert main(["personas", "--json"]) == 0
    personas = json.loads(capsys.readouterr().out)["personas"]

    assert len(personas) == sum(len(apis.load(name).personas) for name in apis.NAMES)
    assert all(set(each) == {"name", "api", "token", "user", "organizations", "note"} for each in personas)


def test_an_api_without_credentials_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty list would leave the reader wondering."""
    assert main(["personas", "viben"]) == 0
    assert capsys.readouterr().out == "viben: no credentials needed\n"


def test_the_folder_of_the_npm_package_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """`npm install "$(mock-server javascript)"` finds a package there."""
    assert main(["javascript"]) == 0
    package = json.loads((Path(capsys.readouterr().out.strip()) / "package.json").read_text("utf-8"))

    assert package["name"] == "session-contracts-mock-server"


def test_help_names_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` ends with 0 and shows examples."""
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    text = capsys.readouterr().out

    assert end.value.code == 0
    assert all(word in text for word in ("serve", "apis", "personas", "examples:"))
