"""How long it takes to examine the mock, API by API."""

import subprocess
import sys
from collections.abc import Mapping
from time import perf_counter

from tests.benchmarks.contenders import ROOT
from tests.benchmarks.load import NotMeasured

KINDS = {"quick": ("--quick",), "full": ()}


def seconds(api: str) -> Mapping[str, float]:
    """Seconds of each kind of run, from typing the command to its end. Raises `NotMeasured` for a failure."""
    return {kind: _seconds(api, *flags) for kind, flags in KINDS.items()}


def _seconds(api: str, *flags: str) -> float:
    command = [sys.executable, "-m", "conformance", "run", api, *flags]
    start = perf_counter()
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise NotMeasured(f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stdout[-2000:]}")
    return perf_counter() - start
