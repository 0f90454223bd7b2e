"""The Makefile and .ci/run: what each command does and leaves; a recording Python does the installing."""

import os
import subprocess
from pathlib import Path
from shutil import copy

import pytest

from tests.source_tree import ROOT

# Answers like a Python that is new enough, writes down what it was asked, makes an environment of itself.
RECORDING_PYTHON = """#!/bin/sh
echo "$@" >> "$RECORD"
case "$*" in
  *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  *"--editable"*) exit "${BREAK:-0}" ;;
esac
"""


class Checkout:
    """A folder with the Makefile, the two files it depends on, and the recording Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record = folder / "record"
        self.python = folder / "python"
        for name in ("Makefile", "pyproject.toml", "requirements.lock"):
            copy(ROOT / name, folder)
        self.python.write_text(RECORDING_PYTHON)
        self.python.chmod(0o755)

    def make(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run make here, with a record that starts empty."""
        self.record.write_text("")
        environment = {"PATH": os.environ["PATH"], "RECORD": str(self.record), **variables}
        command = ["make", f"PYTHON={self.python}", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def recorded(self) -> str:
        """What Python was asked to do during the last run of make."""
        return self.record.read_text()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout in which nothing has been installed."""
    return Checkout(tmp_path)


def test_make_alone_lists_what_it_can_do(checkout: Checkout) -> None:
    """`make` without a target explains every target."""
    listed = checkout.make().stdout

    assert {line.split()[1] for line in listed.splitlines()} >= {
        *("setup", "serve", "test", "check", "bench", "deep", "lock", "clean")
    }


def test_setup_installs_locked_versions(checkout: Checkout) -> None:
    """Everything that is installed is held to the lock file."""
    assert checkout.make("setup").returncode == 0

    installs = [line for line in checkout.recorded().splitlines() if " install " in line]
    assert installs
    assert all("--constraint requirements.lock" in line for line in installs)


def test_second_setup_does_nothing(checkout: Checkout) -> None:
    """Once .venv is ready, make does not even start Python."""
    checkout.make("setup")
    checkout.make("setup")

    assert checkout.recorded() == ""


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock"])
def test_setup_follows_changed_requirements(checkout: Checkout, name: str) -> None:
    """A changed requirement is installed into the environment that is there."""
    checkout.make("setup")
    os.utime(checkout.folder / ".venv/.installed", (0, 0))
    (checkout.folder / name).touch()
    checkout.make("setup")

    assert "--editable" in checkout.recorded()
    assert "-m venv" not in checkout.recorded()


def test_setup_survives_an_unfinished_one(checkout: Checkout) -> None:
    """An environment that was left half made is made anew."""
    assert checkout.make("setup", BREAK="1").returncode != 0
    assert checkout.make("setup").returncode == 0

    assert "-m venv --clear" in checkout.recorded()


def test_setup_refuses_an_old_python(checkout: Checkout) -> None:
    """The message says which Python is needed and how to name it."""
    checkout.python.write_text("#!/bin/sh\nexit 1\n")

    refused = checkout.make("setup")

    assert refused.returncode != 0
    assert "needs Python 3.11 or newer" in refused.stderr
    assert not (checkout.folder / ".venv").exists()


def test_serve_prepares_and_starts_the_server(checkout: Checkout) -> None:
    """`make serve` on a fresh checkout needs nothing before it."""
    planned = checkout.make("--dry-run", "serve", "ARGS=viben --port 9000").stdout

    assert "-m venv" in planned
    assert planned.rstrip().endswith("mock-server serve viben --port 9000")


def test_ci_runs_checks_then_tests() -> None:
    """CI is the two commands a developer runs, and the first failure ends it."""
    script = ROOT / ".ci/run"

    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in script.read_text()
    assert script.read_text().endswith("make check\nmake test\n")
