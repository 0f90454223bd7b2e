"""A contender as a running process: how long it takes to answer, how much memory it has."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil

from mock_server import serving
from tests.benchmarks.contenders import Contender
from tests.benchmarks.load import NotMeasured
from tests.benchmarks.workloads import GET

PATIENCE = 60.0
PAUSE = 0.01


@dataclass(frozen=True, slots=True)
class Running:
    """A contender that has answered: the URL of its root, and the seconds from its start to that answer."""

    url: str
    seconds: float
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """What the process and all its children have computed so far."""
        return sum(sum(each.cpu_times()[:2]) for each in family(self.process))

    def megabytes(self) -> float:
        """Resident memory of the process and all its children."""
        return sum(each.memory_info().rss for each in family(self.process)) / 1e6


@contextmanager
def running(contender: Contender) -> Iterator[Running]:
    """The contender on a free port until the end of the block. Raises `NotMeasured`."""
    with serving.listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
    command = [part.format(port=port) for part in contender.command]
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=contender.folder, stdout=quiet, stderr=quiet) as server:
        process = psutil.Process(server.pid)
        try:
            url = f"http://127.0.0.1:{port}{contender.root}"
            _await_answer(url + GET.path, server)
            yield Running(url, time.perf_counter() - start, process)
        finally:
            end(process)


def family(process: psutil.Process) -> list[psutil.Process]:
    """A process and all that descend from it, if it still runs."""
    return [process, *process.children(recursive=True)] if process.is_running() else []


def end(process: psutil.Process) -> None:
    """Ends a process and all that descend from it."""
    members = family(process)
    for each in members:
        with suppress(psutil.NoSuchProcess):  # it ended with its parent
            each.terminate()
    for each in psutil.wait_procs(members, PATIENCE)[1]:
        each.kill()


def _await_answer(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urlopen(url).close()  # noqa: S310  # our own URL
            return
        except HTTPError as answer:
            raise NotMeasured(f"{url} answers {answer.code}") from None
        except (OSError, HTTPException):
            time.sleep(PAUSE)
    raise NotMeasured(f"{server.args!r} did not answer")
