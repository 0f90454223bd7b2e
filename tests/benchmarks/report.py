"""What was measured, as Markdown and as a plot (SVG, written by hand: a bar for each contender)."""

from collections.abc import Mapping, Sequence
from html import escape
from statistics import median

from tests.benchmarks.contenders import Contender
from tests.benchmarks.load import Rate

LIMIT = "bare ASGI"
OURS = "mock-server"
TITLES = {"get": "Get by id", "list": "List of 20", "create": "Create"}
Rates = Mapping[str, Sequence[Rate]]  # by contender

ROW, LEFT, WIDTH = 26, 190, 560


def table(workload: str, contenders: Sequence[Contender], rates: Rates) -> str:
    """One workload: requests per second, their spread, and how many times those of the limit."""
    lines = [
        f"### {TITLES[workload]}",
        "",
        "| server | requests/s | lowest to highest | of bare ASGI | p50 ms | p99 ms | what it does |",
        "|---|--:|--:|--:|--:|--:|---|",
    ]
    limit = _rate(rates[LIMIT])
    for contender in _fastest_first(contenders, rates):
        runs = rates[contender.name]
        each = [run.per_second for run in runs]
        lines.append(
            f"| {contender.name} | {_rate(runs):,.0f} | {min(each):,.0f} to {max(each):,.0f} "
            f"| {_rate(runs) / limit:.2f} | {median(run.p50 for run in runs):.2f} "
            f"| {median(run.p99 for run in runs):.2f} | {contender.note} |"
        )
    return "\n".join(lines)


def growth(costs: Mapping[int, Mapping[str, float]]) -> str:
    """What things cost by size."""
    sizes = list(costs)
    lines = [
        "### By number of records",
        "",
        "| microseconds, in the process | "
        + " | ".join(f"{size:,}" for size in sizes)
        + " | last to first |",
        "|---|" + "--:|" * (len(sizes) + 1),
    ]
    for name in costs[sizes[0]]:
        each = [costs[size][name] for size in sizes]
        cells = " | ".join(f"{cost:.1f}" for cost in each)
        lines.append(f"| {name} | {cells} | {each[-1] / each[0]:.1f} |")
    return "\n".join(lines)


def plot(contenders: Sequence[Contender], rates: Rates, workload: str) -> str:
    """A bar for each contender, the longest first."""
    ordered = _fastest_first(contenders, rates)
    scale = WIDTH / _rate(rates[ordered[0].name])
    height = ROW * len(ordered) + 40
    bars = "\n".join(_bar(n, each.name, _rate(rates[each.name]), scale) for n, each in enumerate(ordered))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 90} {height}" role="img" '
        f'font-family="sans-serif" font-size="13">\n'
        f"<title>{escape(TITLES[workload])}: requests per second</title>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n'
        f'<text x="10" y="20" font-weight="bold">{escape(TITLES[workload])}: requests per second</text>\n'
        f"{bars}\n</svg>\n"
    )


def _bar(position: int, name: str, rate: float, scale: float) -> str:
    top = 34 + position * ROW
    colour = "#0b6e4f" if name.startswith(OURS) else "#9aa5b1"
    return (
        f'<text x="{LEFT - 8}" y="{top + 15}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{LEFT}" y="{top}" width="{rate * scale:.0f}" height="{ROW - 6}" fill="{colour}"/>'
        f'<text x="{LEFT + rate * scale + 6:.0f}" y="{top + 15}">{rate:,.0f}</text>'
    )


def _fastest_first(contenders: Sequence[Contender], rates: Rates) -> list[Contender]:
    there = [contender for contender in contenders if contender.name in rates]
    return sorted(there, key=lambda contender: -_rate(rates[contender.name]))


def _rate(runs: Sequence[Rate]) -> float:
    return median(run.per_second for run in runs)
