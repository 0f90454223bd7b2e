"""One run of everything: contenders take turns, so that what else the machine does hits them alike."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks import load, records
from tests.benchmarks.contenders import DURABLE, OURS, ROOT, Contender
from tests.benchmarks.load import NotMeasured
from tests.benchmarks.paced import Latency
from tests.benchmarks.processes import Running, running
from tests.benchmarks.workloads import CONVERSATION, LISTS, WORKLOADS, Workload

STRIDE = 5  # of a rotation, so that neighbours of the first are not always the same
Tell = Callable[[str], None]
Costs = Mapping[int, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: turns of each contender, seconds of each turn; `tell` is told how far it is."""

    rounds: int
    seconds: int
    folder: Path
    tell: Tell


@dataclass(frozen=True, slots=True)
class Turn:
    """Requests per second, and microseconds that the server computed for each.

    The latter is about the same on a busy machine, where the former is not.
    """

    per_second: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds to the first answer, and how many of them were computing."""

    seconds: float
    cpu: float


@dataclass(slots=True)
class Results:
    """What was found, by workload and name of contender.

    Latencies are those at half of the median rate; memory is megabytes after the first answer and after all
    load; growth and forks are costs by number of records; conformance is seconds of each kind of run, by API.
    """

    turns: dict[str, dict[str, list[Turn]]] = field(default_factory=lambda: defaultdict(dict))
    latencies: dict[str, dict[str, Latency]] = field(default_factory=lambda: defaultdict(dict))
    starts: dict[str, list[Start]] = field(default_factory=dict)
    memory: dict[str, tuple[float, float]] = field(default_factory=dict)
    growth: Costs = field(default_factory=dict)
    forks: Costs = field(default_factory=dict)
    conformance: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def rate(self, workload: Workload, name: str) -> float:
        """The median of the turns. Raises `KeyError` for what was not measured."""
        return median(turn.per_second for turn in self.turns[workload.name][name])

    def cpu(self, workload: Workload, name: str) -> float:
        """The median of the turns. Raises `KeyError` for what was not measured."""
        return median(turn.cpu for turn in self.turns[workload.name][name])


def measured(contenders: Sequence[Contender], plan: Plan) -> Results:
    """Rates, latencies and memory of all contenders. Raises `NotMeasured`."""
    results = Results()
    with ExitStack() as stack:
        servers = {each.name: stack.enter_context(_ready(each, plan.tell)) for each in contenders}
        before = {name: server.megabytes() for name, server in servers.items()}
        # The first turn is a warm-up and does not count.
        for turn in range(plan.rounds + 1):
            for workload, name in _pairs(_rotated(contenders, turn)):
                found = _turn(servers[name], workload, plan)
                plan.tell(
                    f"turn {turn} of {plan.rounds}: {workload.name:12} {found.per_second:>8,.0f}/s  {name}"
                )
                results.turns[workload.name].setdefault(name, []).extend([found] * (turn > 0))
        for workload, name in _pairs(contenders):
            if workload is not CONVERSATION:
                latency = _latency(
                    servers[name].url, workload, results.rate(workload, name) / 2, plan.seconds
                )
                plan.tell(f"at half of that: {workload.name:12} p99 {latency.p99:.2f} ms  {name}")
                results.latencies[workload.name][name] = latency
        results.memory = {name: (before[name], server.megabytes()) for name, server in servers.items()}
    return results


def starts(contenders: Sequence[Contender], plan: Plan) -> dict[str, list[Start]]:
    """How each starts, by name; one for each turn. Raises `NotMeasured`."""
    took: dict[str, list[Start]] = {each.name: [] for each in contenders}
    for _ in range(plan.rounds):
        for each in contenders:
            with running(each) as server:
                took[each.name].append(Start(server.seconds, server.cpu_seconds()))
                plan.tell(f"first answer after {server.seconds:.2f} s  {each.name}")
    return took


def _rotated(contenders: Sequence[Contender], turn: int) -> Sequence[Contender]:
    # What one leaves behind, as a collector that goes on, disturbs the next: each time it is another one.
    start = turn * STRIDE % len(contenders)
    return [*contenders[start:], *contenders[:start]]


def _pairs(contenders: Sequence[Contender]) -> Iterator[tuple[Workload, str]]:
    for workload in WORKLOADS:
        for each in contenders:
            if workload in each.workloads:
                yield workload, each.name


def _turn(server: Running, workload: Workload, plan: Plan) -> Turn:
    before = server.cpu_seconds()
    taken = load.run(server.url, workload, plan.seconds, plan.folder)
    return Turn(taken.per_second, (server.cpu_seconds() - before) / taken.answers * 1e6)


@contextmanager
def _ready(contender: Contender, tell: Tell) -> Iterator[Running]:
    with running(contender) as server:
        if contender.name.startswith(OURS) and contender.name != DURABLE:
            for agent, length in LISTS.items():
                records.create(server.url, agent, length)
        tell(f"ready after {server.seconds:.1f} s: {contender.name}")
        yield server


def _latency(url: str, workload: Workload, rate: float, seconds: int) -> Latency:
    command = [sys.executable, "-m", "tests.benchmarks.paced", url + workload.path, str(rate), str(seconds)]
    command += ["--method", workload.method, "--body", workload.body]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise NotMeasured(f"{workload.name} at half of what {url} takes: {ended.stderr}")
    return Latency(**json.loads(ended.stdout))
