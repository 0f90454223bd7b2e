"""Load on one contender by wrk, from a process of its own: as much as it takes, on 16 connections."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from tests.benchmarks.workloads import Workload

CONNECTIONS = 16


class NotMeasured(Exception):
    """Something is missing, or a contender answers with errors. The message says which, and what to do."""


def require_wrk() -> None:
    """Raises `NotMeasured` when wrk is not there."""
    if shutil.which("wrk") is None:
        raise NotMeasured("make bench needs wrk: apt-get install wrk, or brew install wrk")


def requests_per_second(url: str, workload: Workload, seconds: int, folder: Path) -> float:
    """One run of `workload` on the contender whose root is `url`. Raises `NotMeasured`."""
    command = ["wrk", f"-c{CONNECTIONS}", f"-d{seconds}s", url + workload.path]
    # A conversation needs a thread for each connection.
    command.append("-t1" if workload.conversation is None else f"-t{CONNECTIONS}")
    command += ["--script", str(workload.conversation or _script(workload, folder))]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return rate_in(printed, url + workload.path)


def rate_in(printed: str, url: str) -> float:
    """The rate that wrk printed. Raises `NotMeasured` when there were errors."""
    found = re.search(r"^Requests/sec:\s+([\d.]+)", printed, re.MULTILINE)
    if found is None or "Non-2xx" in printed:
        raise NotMeasured(f"{url} answers with errors:\n{printed}")
    return float(found[1])


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
