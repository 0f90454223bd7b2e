"""Measures the mock beside other servers: `make bench`, with `ARGS=--rivals` beside rival mocks as well.

In each round every contender has a turn at each workload, so that what else the machine does hits them alike.
Medians are reported, and ratios to a bare ASGI application, which say more than the rates of one machine.
"""

import platform
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from os import cpu_count, getloadavg
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

from tests.benchmarks import contenders as field
from tests.benchmarks import growth, load, report
from tests.benchmarks.contenders import LIST, Contender
from tests.benchmarks.load import Rate

WORKLOADS = ("get", "list", "create")


def main() -> None:
    """Runs what was asked for and prints the report."""
    options = _options()
    with TemporaryDirectory() as folder:
        chosen = _chosen(options, Path(folder))
        rates = _measured(chosen, options, Path(folder))
        costs = {size: growth.costs(size, Path(folder)) for size in growth.SIZES}
    text = "\n\n".join(
        [
            _heading(options),
            *(report.table(each, chosen, rates[each]) for each in WORKLOADS),
            report.growth(costs),
        ]
    )
    print(text)
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        (options.write / "performance.md").write_text(text + "\n")
        for each in WORKLOADS:
            (options.write / f"{each}.svg").write_text(report.plot(chosen, rates[each], each))


def _options() -> Namespace:
    parser = ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each contender (default 5)")
    parser.add_argument("--seconds", type=int, default=2, help="seconds of each turn (default 2)")
    parser.add_argument(
        "--rivals", action="store_true", help="with the rivals; needs Node and, for one, Java"
    )
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write report and plots there, too")
    return parser.parse_args()


def _chosen(options: Namespace, folder: Path) -> list[Contender]:
    chosen = [*field.ours(folder / "state"), *field.python()]
    if options.rivals:
        field.install()
        chosen += field.rivals()
    return chosen


def _measured(
    chosen: Sequence[Contender], options: Namespace, folder: Path
) -> Mapping[str, Mapping[str, list[Rate]]]:
    rates: dict[str, dict[str, list[Rate]]] = {workload: defaultdict(list) for workload in WORKLOADS}
    with ExitStack() as stack:
        urls = {each.name: stack.enter_context(field.running(each)) for each in chosen}
        _fill(urls[report.OURS])
        # The first round is a warm-up and does not count.
        for turn in range(options.rounds + 1):
            for workload in WORKLOADS:
                for each in chosen:
                    if workload in each.paths:
                        url = urls[each.name] + each.paths[workload]
                        rate = load.measure(
                            url, options.seconds, creating=workload == "create", folder=folder
                        )
                        rates[workload][each.name] += [rate] * (turn > 0)
    return rates


def _fill(url: str) -> None:
    body = b'{"agent_id": "bench"}'
    for _ in range(LIST):
        urlopen(Request(f"{url}/api/sessions", body, {"Content-Type": "application/json"})).close()  # noqa: S310


def _heading(options: Namespace) -> str:
    machine = f"{cpu_count()} cores of {platform.machine()} {platform.system()}"
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} with Python {platform.python_version()} on {machine}: "
        f"wrk, {load.CONNECTIONS} connections, medians of {options.rounds} alternating turns of "
        f"{options.seconds} s; at the end the machine's load was {getloadavg()[0]:.1f}."
    )


if __name__ == "__main__":
    main()
