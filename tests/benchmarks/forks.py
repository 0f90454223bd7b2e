"""What a test pays for a world of its own, over HTTP: fork, restore and reset, at two sizes."""

import json
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from tests.benchmarks import processes, records
from tests.benchmarks.contenders import Contender

SIZES = (100, 10_000)
RUNS = 50


def costs(contender: Contender) -> Mapping[int, Mapping[str, float]]:
    """By number of records: the median milliseconds of each thing, as a client sees it."""
    return {size: _costs(contender, size) for size in SIZES}


def _costs(contender: Contender, size: int) -> Mapping[str, float]:
    took: dict[str, list[float]] = {"fork": [], "restore": [], "reset": []}
    with processes.running(contender) as server:
        records.create(server.url, "bench", size)
        control = Control(server.url)
        control.timed("POST", "/snapshots", {"name": "grown"})
        for run in range(RUNS):
            fork = {"name": f"fork-{run}", "snapshot": "grown"}
            took["fork"].append(control.timed("POST", "/namespaces", fork))
            control.timed("DELETE", f"/namespaces/fork-{run}")
            took["restore"].append(control.timed("POST", "/snapshots/grown/restore"))
            took["reset"].append(control.timed("POST", "/reset"))
        control.close()
    return {name: _milliseconds(seconds) for name, seconds in took.items()}


class Control:
    """Control of one of our servers, over one kept-alive connection."""

    def __init__(self, url: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc)

    def timed(self, method: str, path: str, body: object = None) -> float:
        """Sends one request; the seconds until its answer. Raises `SystemExit` when it is refused."""
        content = None if body is None else json.dumps(body)
        headers = {} if body is None else {"Content-Type": "application/json"}
        start = perf_counter()
        self._connection.request(method, f"/__admin{path}", content, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        seconds = perf_counter() - start
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status}: {text[:500]!r}")
        return seconds

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()


def _milliseconds(seconds: Sequence[float]) -> float:
    return median(seconds) * 1000
