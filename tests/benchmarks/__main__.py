"""Measures the mock beside other servers: `make bench`, with `ARGS=--rivals` beside rival mocks as well.

In each turn every contender does each workload, so that what else the machine does hits them alike. Medians
are reported, and ratios to a bare ASGI application, which say more than the rates of one machine.
"""

import platform
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from os import cpu_count, getloadavg
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import openapi
from tests.benchmarks import conformance_runs, contenders, forks, growth, measurement, plot, report, targets
from tests.benchmarks.contenders import Contender
from tests.benchmarks.install import install
from tests.benchmarks.load import CONNECTIONS, NotMeasured, require_wrk
from tests.benchmarks.measurement import Plan, Results
from tests.benchmarks.workloads import WORKLOADS


def main() -> None:
    """Measures, prints the report, and writes it where asked to."""
    options = _options()
    try:
        with TemporaryDirectory() as folder:
            _run(options, Path(folder))
    except NotMeasured as trouble:
        raise SystemExit(str(trouble)) from None


def _options() -> Namespace:
    parser = ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each contender (default 5)")
    parser.add_argument("--seconds", type=int, default=2, help="seconds of each turn (default 2)")
    parser.add_argument(
        "--rivals", action="store_true", help="with the rivals; needs Node and, for one, Java"
    )
    parser.add_argument("--conformance", action="store_true", help="with the duration of conformance runs")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write report and plots there, too")
    return parser.parse_args()


def _run(options: Namespace, folder: Path) -> None:
    require_wrk()
    plan = Plan(options.rounds, options.seconds, folder, _teller())
    chosen = [*contenders.ours(folder), *contenders.python()]
    if options.rivals:
        install()
        chosen += contenders.rivals()
    starters = [*chosen, *contenders.starters()]
    results = measurement.measured(chosen, plan)
    results.starts = measurement.starts(starters, plan)
    plan.tell("worlds and store by number of records")
    results.forks = forks.costs(chosen[0])
    results.growth = growth.costs(folder)
    if options.conformance:
        results.conformance = _conformance(plan)
    sections = [_heading(options), *_sections(chosen, starters, results)]
    _publish(options, "\n\n".join(sections), chosen, results)


def _sections(chosen: Sequence[Contender], starters: Sequence[Contender], results: Results) -> Iterator[str]:
    yield report.targets(targets.every(results))
    yield from (report.rates(each, chosen, results) for each in WORKLOADS)
    yield report.resources(starters, results)
    yield report.growth("The store by number of records", "microseconds, in the process", results.growth)
    yield report.growth("Worlds by number of records", "milliseconds, over HTTP", results.forks, digits=2)
    if results.conformance:
        yield report.conformance(results.conformance)


def _conformance(plan: Plan) -> dict[str, Mapping[str, float]]:
    seconds: dict[str, Mapping[str, float]] = {}
    for api in openapi.names():
        plan.tell(f"conformance of {api}")
        seconds[api] = conformance_runs.seconds(api)
    return seconds


def _publish(options: Namespace, text: str, chosen: Sequence[Contender], results: Results) -> None:
    print(text)
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        (options.write / "performance.md").write_text(text + "\n")
        for each in WORKLOADS:
            (options.write / f"{each.name}.svg").write_text(plot.rates(each, chosen, results))
            (options.write / f"{each.name}-cpu.svg").write_text(plot.cpu(each, chosen, results))


def _heading(options: Namespace) -> str:
    machine = f"{cpu_count()} cores of {platform.machine()} {platform.system()}"
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} with Python {platform.python_version()} on {machine}: wrk, "
        f"{CONNECTIONS} connections, medians of {options.rounds} alternating turns of {options.seconds} s "
        f"after one that does not count. CPU is what the server computed for one answer; p50 and p99 are "
        f"those of an open loop at half of the median rate. "
        f"At the end the machine's load was {getloadavg()[0]:.1f}."
    )


def _teller() -> measurement.Tell:
    start = perf_counter()

    def tell(line: str) -> None:
        print(f"{perf_counter() - start:6.0f} s  {line}", file=sys.stderr, flush=True)

    return tell


if __name__ == "__main__":
    main()
