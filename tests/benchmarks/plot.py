"""A workload as plots (SVG, written by hand): a bar for each contender, the best first."""

from collections.abc import Mapping, Sequence
from html import escape

from tests.benchmarks.contenders import OURS, Contender
from tests.benchmarks.measurement import Results
from tests.benchmarks.report import fastest_first
from tests.benchmarks.workloads import Workload

ROW, LEFT, WIDTH = 26, 190, 560
ACCENT, GREY = "#0b6e4f", "#9aa5b1"


def rates(workload: Workload, contenders: Sequence[Contender], results: Results) -> str:
    """Requests per second, the most first."""
    ordered = fastest_first(workload, contenders, results)
    values = {each.name: results.rate(workload, each.name) for each in ordered}
    return _bars(f"{workload.title}: requests per second", values)


def cpu(workload: Workload, contenders: Sequence[Contender], results: Results) -> str:
    """Microseconds that the server computes for an answer, the fewest first."""
    there = [each.name for each in contenders if workload in each.workloads]
    values = {name: results.cpu(workload, name) for name in there}
    ordered = dict(sorted(values.items(), key=lambda item: item[1]))
    return _bars(f"{workload.title}: microseconds of CPU time for an answer", ordered)


def _bars(title: str, values: Mapping[str, float]) -> str:
    scale = WIDTH / max(values.values())
    bars = "\n".join(_bar(n, name, value, scale) for n, (name, value) in enumerate(values.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 90} {ROW * len(values) + 40}" '
        f'role="img" font-family="sans-serif" font-size="13">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n'
        f'<text x="10" y="20" font-weight="bold">{escape(title)}</text>\n'
        f"{bars}\n</svg>\n"
    )


def _bar(position: int, name: str, value: float, scale: float) -> str:
    top = 34 + position * ROW
    colour = ACCENT if name.startswith(OURS) else GREY
    return (
        f'<text x="{LEFT - 8}" y="{top + 15}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{LEFT}" y="{top}" width="{value * scale:.0f}" height="{ROW - 6}" fill="{colour}"/>'
        f'<text x="{LEFT + value * scale + 6:.0f}" y="{top + 15}">{value:,.0f}</text>'
    )
