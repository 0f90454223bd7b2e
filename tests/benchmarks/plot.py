"""A workload as a plot (SVG, written by hand): a bar for each contender, the longest first."""

from collections.abc import Sequence
from html import escape

from tests.benchmarks.contenders import OURS, Contender
from tests.benchmarks.measurement import Results
from tests.benchmarks.report import fastest_first
from tests.benchmarks.workloads import Workload

ROW, LEFT, WIDTH = 26, 190, 560
ACCENT, GREY = "#0b6e4f", "#9aa5b1"


def plot(workload: Workload, contenders: Sequence[Contender], results: Results) -> str:
    """The drawing."""
    rates = {
        each.name: results.rate(workload, each.name) for each in fastest_first(workload, contenders, results)
    }
    scale = WIDTH / max(rates.values())
    title = escape(f"{workload.title}: requests per second")
    bars = "\n".join(_bar(n, name, rate, scale) for n, (name, rate) in enumerate(rates.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 90} {ROW * len(rates) + 40}" '
        f'role="img" font-family="sans-serif" font-size="13">\n'
        f"<title>{title}</title>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n'
        f'<text x="10" y="20" font-weight="bold">{title}</text>\n'
        f"{bars}\n</svg>\n"
    )


def _bar(position: int, name: str, rate: float, scale: float) -> str:
    top = 34 + position * ROW
    colour = ACCENT if name.startswith(OURS) else GREY
    return (
        f'<text x="{LEFT - 8}" y="{top + 15}" text-anchor="end">{escape(name)}</text>'
        f'<rect x="{LEFT}" y="{top}" width="{rate * scale:.0f}" height="{ROW - 6}" fill="{colour}"/>'
        f'<text x="{LEFT + rate * scale + 6:.0f}" y="{top + 15}">{rate:,.0f}</text>'
    )
