"""What was measured, as Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from tests.benchmarks.contenders import LIMIT, Contender
from tests.benchmarks.measurement import Results
from tests.benchmarks.workloads import Workload

RATES = (
    "server",
    "requests/s",
    "lowest to highest",
    "of bare ASGI",
    "CPU us each",
    "p50 ms",
    "p99 ms",
    "what it does",
)


def rates(workload: Workload, contenders: Sequence[Contender], results: Results) -> str:
    """One workload: requests per second, their spread, how many times those of the limit, what each takes."""
    limit = results.rate(workload, LIMIT)
    rows = []
    for each in fastest_first(workload, contenders, results):
        turns = [turn.per_second for turn in results.turns[workload.name][each.name]]
        latency = results.latencies[workload.name].get(each.name)
        rate = median(turns)
        rows.append(
            (
                each.name,
                f"{rate:,.0f}",
                f"{min(turns):,.0f} to {max(turns):,.0f}",
                f"{rate / limit:.2f}",
                f"{results.cpu(workload, each.name):,.0f}",
                f"{latency.p50:.2f}" if latency else "",
                f"{latency.p99:.2f}" if latency else "",
                each.note,
            )
        )
    return _section(workload.title, RATES, rows)


def resources(contenders: Sequence[Contender], results: Results) -> str:
    """Seconds to the first answer, and memory; whoever answers first is first."""
    rows = []
    for each in contenders:
        starts = results.starts[each.name]
        took = [start.seconds for start in starts]
        cpu = median(start.cpu for start in starts)
        memory = [f"{megabytes:,.0f}" for megabytes in results.memory.get(each.name, ())] or ["", ""]
        spread = f"{min(took):.2f} to {max(took):.2f}"
        rows.append((each.name, f"{median(took):.2f}", spread, f"{cpu:.2f}", *memory))
    rows.sort(key=lambda row: float(row[1]))
    heads = ("server", "first answer s", "lowest to highest", "CPU s", "memory MB then", "after all load")
    return _section("Start and memory", heads, rows)


def growth(title: str, unit: str, costs: Mapping[int, Mapping[str, float]], digits: int = 1) -> str:
    """What things cost by number of records."""
    sizes = list(costs)
    rows = []
    for name in costs[sizes[0]]:
        each = [costs[size][name] for size in sizes]
        rows.append((name, *(f"{cost:.{digits}f}" for cost in each), f"{each[-1] / each[0]:.1f}"))
    return _section(title, (unit, *(f"{size:,}" for size in sizes), "last to first"), rows)


def conformance(seconds: Mapping[str, Mapping[str, float]]) -> str:
    """How long runs of the suite took."""
    kinds = list(next(iter(seconds.values())))
    rows = [(api, *(f"{took[kind]:.0f}" for kind in kinds)) for api, took in seconds.items()]
    return _section("Conformance of the mock", ("API", *(f"{kind}, seconds" for kind in kinds)), rows)


def targets(rows: Iterable[tuple[str, str, str]]) -> str:
    """What is to be reached, and what was."""
    return _section("Targets", ("", "target", "measured"), rows)


def fastest_first(workload: Workload, contenders: Sequence[Contender], results: Results) -> list[Contender]:
    """Those that can do it."""
    there = [each for each in contenders if workload in each.workloads]
    return sorted(there, key=lambda each: -results.rate(workload, each.name))


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    # Words stand left, numbers right.
    marks = ["---" if head in ("", "server", "what it does", "API") else "--:" for head in heads]
    marks[0] = "---"
    lines = [heads, marks, *rows]
    return "\n".join([f"### {title}", "", *(f"| {' | '.join(line)} |" for line in lines)])
