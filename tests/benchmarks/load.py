"""Load on one contender by wrk, from a process of its own: as much as it takes, on 16 connections."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.workloads import Workload

CONNECTIONS = 16


class NotMeasured(Exception):
    """Something is missing, or a contender answers with errors. The message says which, and what to do."""


def require_wrk() -> None:
    """Raises `NotMeasured` when wrk is not there."""
    if shutil.which("wrk") is None:
        raise NotMeasured("make bench needs wrk: apt-get install wrk, or brew install wrk")


@dataclass(frozen=True, slots=True)
class Load:
    """What a server took: answers, and how many of them in a second."""

    answers: int
    per_second: float


def run(url: str, workload: Workload, seconds: int, folder: Path) -> Load:
    """One run of `workload` on the contender whose root is `url`. Raises `NotMeasured`."""
    command = ["wrk", f"-c{CONNECTIONS}", f"-d{seconds}s", url + workload.path]
    # A conversation needs a thread for each connection.
    command.append("-t1" if workload.conversation is None else f"-t{CONNECTIONS}")
    command += ["--script", str(workload.conversation or _script(workload, folder))]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return load_in(ended.stdout + ended.stderr, url + workload.path)


def load_in(printed: str, url: str) -> Load:
    """What wrk printed. Raises `NotMeasured` when there were errors."""
    found = re.search(r"^ +(\d+) requests in .*^Requests/sec: +([\d.]+)", printed, re.MULTILINE | re.DOTALL)
    if found is None or "Non-2xx" in printed:
        raise NotMeasured(f"{url} answers with errors, or not at all:\n{printed}")
    return Load(int(found[1]), float(found[2]))


def _script(workload: Workload, folder: Path) -> Path:
    lines = [f"wrk.method = {json.dumps(workload.method)}"]
    if workload.body:
        lines += [
            'wrk.headers["Content-Type"] = "application/json"',
            f"wrk.body = {json.dumps(workload.body)}",
        ]
    path = folder / f"{workload.name}.lua"
    path.write_text("\n".join(lines))
    return path
