"""What tests/conftest.py promises: shards are a partition, and no test reaches beyond this machine."""

import socket
import subprocess
import sys

import pytest

from tests.source_tree import ROOT


def test_shards_together_are_all_tests_once() -> None:
    """Every test falls into exactly one shard, so that the shards of `make deep` are one whole run."""
    everything = _collect()
    shards = [_collect("--shard", f"{index}/2") for index in (1, 2)]

    assert everything
    assert sorted(test for shard in shards for test in shard) == sorted(everything)


def test_a_shard_that_does_not_exist_is_refused() -> None:
    """A mistyped shard is an error that says what was expected, not a run without tests."""
    [error] = _collect("--shard", "4/3")

    assert error.endswith("'4/3' is not I/N with 1 <= I <= N, for example 2/8")


def test_traffic_beyond_this_machine_is_refused() -> None:
    """A test that would call a foreign host fails and says where it wanted to go."""
    with socket.socket() as connection, pytest.raises(AssertionError, match=r"connected to 192\.0\.2\.1"):
        connection.connect(("192.0.2.1", 80))


def _collect(*options: str) -> list[str]:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *options, "tests/test_makefile.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [line for line in (done.stdout + done.stderr).splitlines() if "::" in line or "error: " in line]
