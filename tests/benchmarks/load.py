"""Load on one URL by wrk, from a process of its own: 16 connections, kept alive."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
CREATE = """wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"agent_id": "a"}'
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """What one run gave: requests per second, and percentiles of their time in milliseconds."""

    per_second: float
    p50: float
    p99: float


def measure(url: str, seconds: int, *, creating: bool, folder: Path) -> Rate:
    """One run. Raises `SystemExit` when wrk is not there or answers are errors."""
    if shutil.which("wrk") is None:
        raise SystemExit("make bench needs wrk: apt-get install wrk, or brew install wrk")
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", url]
    if creating:
        script = folder / "create.lua"
        script.write_text(CREATE)
        command += ["--script", str(script)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in printed:
        raise SystemExit(f"{url} answers with errors:\n{printed}")
    return Rate(
        float(_found(r"Requests/sec:\s+([\d.]+)", printed)[0]),
        _milliseconds(*_found(r"50%\s+([\d.]+)(\w+)", printed)),
        _milliseconds(*_found(r"99%\s+([\d.]+)(\w+)", printed)),
    )


def _found(pattern: str, text: str) -> tuple[str, ...]:
    match = re.search(pattern, text)
    if match is None:
        raise SystemExit(f"wrk printed something else than expected:\n{text}")
    return match.groups()


def _milliseconds(number: str, unit: str) -> float:
    return float(number) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[unit]
