"""What is to be reached, as ratios within one run, and what a run reached."""

from collections.abc import Iterator, Mapping
from statistics import median

from tests.benchmarks.contenders import ALL_APIS, DURABLE, LIMIT, OURS, PRISM, SCALAR, WIREMOCK
from tests.benchmarks.measurement import Costs, Results, Start
from tests.benchmarks.workloads import CREATE, GET, LIST_20, Workload

# Our rate is to be so many times that of the other.
RATIOS = (
    (GET, LIMIT, 0.6),
    (GET, WIREMOCK, 1.0),
    (GET, SCALAR, 1.5),
    (GET, PRISM, 7.0),
    (LIST_20, LIMIT, 0.5),
    (LIST_20, PRISM, 5.0),
    (CREATE, LIMIT, 0.4),
)
GROWING = ("get", "page of 20", "filtered page of 20", "create", "durable create")
MOST_GROWTH = 1.5
MOST_FORK = 2.0  # milliseconds
MOST_START = 0.5  # of Prism's
LEAST_DURABLE = 0.5  # of the rate of other creates


def every(results: Results) -> Iterator[tuple[str, str, str]]:
    """All rows."""
    yield from of_rates(results)
    yield from of_starts(results.starts)
    yield from of_growth(results.growth)
    yield from of_forks(results.forks)


def of_rates(results: Results) -> Iterator[tuple[str, str, str]]:
    """Rows of name, target and what was measured; none for contenders that were not there."""
    for workload, other, least in RATIOS:
        if other in results.turns[workload.name]:
            yield _ratio(results, workload, other, least)
    durable = results.rate(CREATE, DURABLE) / results.rate(CREATE, OURS)
    yield "durable create, of create", f"at least {LEAST_DURABLE}", f"{durable:.2f}"


def of_starts(starts: Mapping[str, list[Start]]) -> Iterator[tuple[str, str, str]]:
    """The row of the start, when Prism was there."""
    if PRISM in starts:
        ours, prisms = starts[ALL_APIS], starts[PRISM]
        share = median(each.seconds for each in ours) / median(each.seconds for each in prisms)
        cpu = median(each.cpu for each in ours) / median(each.cpu for each in prisms)
        measured = f"{share:.2f} (by CPU time {cpu:.2f})"
        yield "start to first answer, four APIs, of Prism's with one", f"at most {MOST_START}", measured


def of_growth(costs: Costs) -> Iterator[tuple[str, str, str]]:
    """Rows of what the store costs with many records, in times of what it costs with few."""
    few, many = min(costs), max(costs)
    for name in GROWING:
        times = costs[many][name] / costs[few][name]
        yield f"{name}, {many:,} records against {few}", f"at most {MOST_GROWTH} times", f"{times:.2f} times"
    durable = costs[many]["create"] / costs[many]["durable create"]
    yield f"durable create, of create, {many:,} records", f"at least {LEAST_DURABLE}", f"{durable:.2f}"


def of_forks(costs: Costs) -> Iterator[tuple[str, str, str]]:
    """Rows of what a world of one's own costs, over HTTP."""
    many = max(costs)
    for name, milliseconds in costs[many].items():
        yield f"{name} with {many:,} records", f"at most {MOST_FORK:g} ms", f"{milliseconds:.2f} ms"


def _ratio(results: Results, workload: Workload, other: str, least: float) -> tuple[str, str, str]:
    rate = results.rate(workload, OURS) / results.rate(workload, other)
    cpu = results.cpu(workload, other) / results.cpu(workload, OURS)
    return (
        f"{workload.title.lower()}, of {other}",
        f"at least {least:g}",
        f"{rate:.2f} (by CPU time {cpu:.2f})",
    )
