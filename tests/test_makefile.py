"""The Makefile and .ci/run: what each command does and leaves; a recording Python does the installing."""

import os
import subprocess
from pathlib import Path
from shutil import copy, which

import pytest

from tests.source_tree import ROOT

MAKE = which("make")
LOCK = "tests/frontend/package-lock.json"
PACKAGES = "tests/frontend/node_modules/.package-lock.json"

# Answers like a Python that is new enough, writes down what it was asked, makes an environment of itself.
RECORDING_PYTHON = """#!/bin/sh
echo "$@" >> "$RECORD"
case "$*" in
  *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  *"--editable"*) exit "${BREAK:-0}" ;;
esac
"""

# Installs nothing, but leaves the file that npm writes last.
RECORDING_NPM = """#!/bin/sh
echo "$@" >> "$RECORD"
test -z "$BREAK" || exit "$BREAK"
mkdir -p tests/frontend/node_modules && touch tests/frontend/node_modules/.package-lock.json
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
        command = [str(MAKE), f"PYTHON={self.python}", *arguments]
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


@pytest.fixture
def frontend(checkout: Checkout) -> Checkout:
    """A checkout with a locked front end, and a recording npm in front of all others."""
    (checkout.folder / "tests/frontend").mkdir(parents=True)
    (checkout.folder / LOCK).touch()
    (checkout.folder / "bin").mkdir()
    npm = checkout.folder / "bin/npm"
    npm.write_text(RECORDING_NPM)
    npm.chmod(0o755)
    return checkout


def prepare(frontend: Checkout, **variables: str) -> subprocess.CompletedProcess[str]:
    """Let make install the packages of the front end."""
    return frontend.make(PACKAGES, PATH=f"{frontend.folder}/bin:{os.environ['PATH']}", **variables)


def test_packages_of_the_front_end_are_installed_as_locked(frontend: Checkout) -> None:
    """`npm ci` takes the lock file at its word; a second time there is nothing to do."""
    assert prepare(frontend).returncode == 0
    assert frontend.recorded().startswith("ci --prefix tests/frontend ")

    prepare(frontend)
    assert frontend.recorded() == ""


def test_packages_of_the_front_end_follow_their_lock(frontend: Checkout) -> None:
    """A changed lock file installs them anew."""
    prepare(frontend)
    os.utime(frontend.folder / PACKAGES, (0, 0))
    prepare(frontend)

    assert frontend.recorded()


def test_without_a_network_the_other_tests_run(frontend: Checkout) -> None:
    """What cannot be installed is said, and tried again the next time."""
    offline = prepare(frontend, BREAK="1")

    assert offline.returncode == 0
    assert "its tests are skipped" in offline.stderr
    assert prepare(frontend).returncode == 0
    assert frontend.recorded()


def test_on_ci_the_front_end_has_to_be_there(frontend: Checkout) -> None:
    """A hole in what is tested is never green."""
    assert prepare(frontend, BREAK="1", CI="true").returncode != 0


def test_without_npm_nothing_is_installed(frontend: Checkout) -> None:
    """Who has no Node can run the other tests; those that need it say so."""
    assert frontend.make(PACKAGES, PATH=str(frontend.folder / "no-programs")).returncode == 0


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
