"""The report's arithmetic: medians, ratios, order, targets."""

from tests.benchmarks import plot, report, targets
from tests.benchmarks.contenders import ALL_APIS, DURABLE, LIMIT, OURS, PRISM, Contender
from tests.benchmarks.measurement import Results, Start, Turn
from tests.benchmarks.paced import Latency
from tests.benchmarks.workloads import CREATE, GET

CONTENDERS = [Contender(name, f"notes on {name}", ()) for name in (OURS, LIMIT, PRISM)]
GROWN = {100: {"get": 2.0, "create": 10.0}, 10_000: {"get": 3.0, "create": 15.0}}


def results() -> Results:
    """Three turns of three servers, the first two of them with an outlier."""
    found = Results()
    found.turns["get"] = {
        OURS: turns(600.0, 30.0, 620.0, cpu=50.0),
        LIMIT: turns(1000.0, 9000.0, 900.0, cpu=25.0),
        PRISM: turns(100.0, 100.0, 100.0, cpu=1234.0),
    }
    found.latencies["get"] = {OURS: Latency(0.5, 1.25, 300)}
    found.turns["create"] = {OURS: turns(200.0), LIMIT: turns(1000.0), DURABLE: turns(150.0)}
    found.starts = {
        OURS: starts(1.0),
        PRISM: starts(2.0, 4.0, 3.0),
        ALL_APIS: starts(1.5),
        LIMIT: starts(0.1),
    }
    found.memory = {OURS: (50.0, 80.4)}
    return found


def turns(*rates: float, cpu: float = 10.0) -> list[Turn]:
    """A turn for each rate."""
    return [Turn(rate, cpu) for rate in rates]


def starts(*seconds: float) -> list[Start]:
    """A start for each, half of which was computing."""
    return [Start(each, each / 2) for each in seconds]


def cells(table: str) -> list[list[str]]:
    """The rows below the head of a table."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_rates_are_medians_with_their_spread_and_ratio() -> None:
    """One bad turn does not spoil a row; the fastest server stands first."""
    first, second, third = cells(report.rates(GET, CONTENDERS, results()))

    assert first[:4] == [LIMIT, "1,000", "900 to 9,000", "1.00"]
    assert second == [OURS, "600", "30 to 620", "0.60", "50", "0.50", "1.25", f"notes on {OURS}"]
    assert third[:4] == [PRISM, "100", "100 to 100", "0.10"]


def test_what_was_not_measured_has_no_number() -> None:
    """An empty cell is no zero."""
    assert cells(report.rates(GET, CONTENDERS, results()))[0][5:7] == ["", ""]


def test_whoever_answers_first_is_first() -> None:
    """Start and memory stand beside each other."""
    rows = cells(report.resources(CONTENDERS, results()))

    assert [row[0] for row in rows] == [LIMIT, OURS, PRISM]
    assert rows[1] == [OURS, "1.00", "1.00 to 1.00", "0.50", "50", "80"]
    assert rows[2] == [PRISM, "3.00", "2.00 to 4.00", "1.50", "", ""]


def test_growth_is_last_to_first() -> None:
    """Each size has a column."""
    assert cells(report.growth("", "", GROWN))[0] == ["get", "2.0", "3.0", "1.5"]


def test_targets_compare_within_the_run() -> None:
    """Each ratio is of our median to that of the other; who was not there has no row."""
    assert list(targets.of_rates(results())) == [
        ("get by id, of bare ASGI", "at least 0.6", "0.60 (by CPU time 0.50)"),
        ("get by id, of Prism", "at least 7", "6.00 (by CPU time 24.68)"),
        ("create, of bare ASGI", "at least 0.4", "0.20 (by CPU time 1.00)"),
        ("durable create, of create", "at least 0.5", "0.75"),
    ]


def test_targets_of_the_start_need_prism() -> None:
    """Four of ours against one of Prism's."""
    assert [row[2] for row in targets.of_starts(results().starts)] == ["0.50 (by CPU time 0.50)"]
    assert list(targets.of_starts({ALL_APIS: starts(1.0)})) == []


def test_targets_of_growth_compare_many_with_few() -> None:
    """Durable writes are compared with others at the same size, too."""
    grown = {size: dict.fromkeys(targets.GROWING, float(size)) for size in (100, 150)}
    grown[150]["durable create"] = 600.0
    rows = list(targets.of_growth(grown))

    assert [row[2] for row in rows] == ["1.50 times"] * 4 + ["6.00 times", "0.25"]


def test_targets_of_worlds_are_those_with_many_records() -> None:
    """In milliseconds."""
    rows = list(targets.of_forks({100: {"fork": 1.0}, 10_000: {"fork": 1.234}}))

    assert rows == [("fork with 10,000 records", "at most 2 ms", "1.23 ms")]


def test_the_longest_bar_fills_the_plot() -> None:
    """Ours has a colour of its own, and names cannot break the drawing."""
    found = results()
    found.turns["get"]["<b>"] = turns(500.0)
    drawn = plot.rates(GET, [*CONTENDERS, Contender("<b>", "", ())], found)

    assert drawn.count('width="560"') == 1
    assert drawn.count("#0b6e4f") == 1
    assert "&lt;b&gt;" in drawn


def test_the_least_cpu_time_stands_first() -> None:
    """Short bars are the good ones there."""
    drawn = plot.cpu(GET, CONTENDERS, results())

    assert drawn.index(f">{LIMIT}<") < drawn.index(f">{OURS}<") < drawn.index(f">{PRISM}<")
    assert drawn.count('width="560"') == 1


def test_conformance_has_a_column_for_each_kind_of_run() -> None:
    """In whole seconds."""
    assert cells(report.conformance({"viben": {"quick": 9.6, "full": 60.2}})) == [["viben", "10", "60"]]


def test_the_median_of_a_workload_is_that_of_its_turns() -> None:
    """An even number of turns has one, too."""
    found = Results()
    found.turns["create"] = {OURS: turns(1.0, 2.0)}

    assert found.rate(CREATE, OURS) == 1.5
