"""How a command is ended: by signals that reach it at any time, and not by those it was told to ignore."""

import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.interruption import SIGNALS, heeded

ROOT = Path(__file__).parents[2]
COMMANDS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
SAID = {"conformance": (2, "conformance: interrupted\n"), "mock-server": (130, "")}


@pytest.fixture(params=SIGNALS)
def number(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    """A signal that ends a process, whose handler is put back."""
    this = signal.Signals[request.param]
    before = signal.getsignal(this)
    yield this
    signal.signal(this, before)


def test_a_signal_asks_the_run_to_end(number: signal.Signals) -> None:
    """It is told of, and the run ends at its next request."""
    with heeded() as interruption:
        os.kill(os.getpid(), number)

        assert interruption.asked


def test_a_signal_that_was_ignored_stays_ignored(number: signal.Signals) -> None:
    """Whoever started the run with nohup, or in the background, did not want it to end by that."""
    signal.signal(number, signal.SIG_IGN)

    with heeded() as interruption:
        os.kill(os.getpid(), number)

        assert not interruption.asked
    assert signal.getsignal(number) is signal.SIG_IGN


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_can_be_interrupted_while_it_starts(command: str, tmp_path: Path) -> None:
    """Ctrl-C in the middle of the imports ends it without a traceback: here one of them sends it."""
    (tmp_path / "httpx.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", "utf-8")
    module, _, function = COMMANDS[command].partition(":")
    start = f"import sys\nfrom {module} import {function}\nsys.exit({function}())"

    ended = subprocess.run(
        [sys.executable, "-c", start], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stderr) == SAID[command]
