"""A server whose fixture is broken does not start, and says where the fault is."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

import fixtures
from mock_server import apis
from mock_server.app import create_app
from mock_server.contract import MockApi
from mock_server.settings import Settings
from tests.source_tree import ROOT

Break = Callable[[str, str, str], tuple[int, str]]


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """Starts `mock-server` with one text of one fixture replaced; gives exit status and what it said."""
    shutil.copytree(fixtures.FOLDER, tmp_path / "fixtures")

    def start(api: str, old: str, new: str) -> tuple[int, str]:
        path = tmp_path / "fixtures" / f"{api}.yaml"
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")
        served = [] if api == "world" else [api]
        # The copy lies in the working directory, which goes before all other places of modules.
        done = subprocess.run(
            [sys.executable, "-m", "mock_server", "serve", *served, "--port", "0"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.stdout == ""
        return done.returncode, done.stderr.replace(str(tmp_path), "")

    return start


@pytest.mark.parametrize(
    ("api", "old", "new", "expected"),
    [
        ("viben", "personas: []", "personas: [", "line 6, column 3: "),
        ("viben", "status: active", "status: asleep", "line 9: /sessions/0/status: the record "),
        ("viben", "    agent_id: GEMINI\n", "", "line 14: /sessions/1: the record "),
        ("viben", "created: 3,", "asleep: 300,", "line 33: /plan: the record sessions/session-"),
        ("viben", "  count: 40\n", "", "line 33: /plan: lacks the key 'count'"),
        ("viben", "count: 40", "count: many", "line 2: /: what comes after sessions/session-fa11ed "),
        ("viben", "personas: []", "people: []", "line 2: /: lacks the key 'personas'"),
        ("zipf", "    token: wvr_owner_ada\n", "", "line 3: /personas/0: the persona lacks the key "),
        ("zipf", "token: wvr_owner_ada", "tokens: x", "line 4: /personas/0/tokens: personas have no key "),
        ("zipf", "status: active", "status: asleep", "line 53: /sessions/0/status: the record sessions/0b8f"),
        ("mobilenext", "platform: ios", "platform: tv", "line 54: /sessions/0/device/platform: the record "),
        ("deepworkzone", "duration: 60", "duration: long", "line 17: /sessions/0/duration: the record sess"),
        ("world", "ada: {", "eve: {", "line 4: /people: lacks the key 'ada'"),
    ],
)
def test_a_broken_fixture_ends_with_2(broken: Break, api: str, old: str, new: str, expected: str) -> None:
    """One line tells file, line, pointer and reason, and nothing is served."""
    status, said = broken(api, old, new)

    assert (status, said.count("\n")) == (2, 1)
    assert said.startswith(f"mock-server: /fixtures/{api}.yaml, {expected}")


def test_validation_off_looks_at_no_fixture(broken_statuses: MockApi) -> None:
    """With `--validate off` a record may be whatever somebody wants to see a client cope with."""
    with pytest.raises(fixtures.FixtureUnusable):
        create_app([broken_statuses])

    create_app([broken_statuses], Settings(validation="off"))


@pytest.fixture
def broken_statuses() -> MockApi:
    """Viben with a contract that knows none of the statuses in its fixture."""
    api = apis.load("viben")
    contract = deepcopy(dict(api.specification))
    contract["components"]["schemas"]["SessionStatus"]["enum"] = ["asleep"]
    return replace(api, specification=contract)
