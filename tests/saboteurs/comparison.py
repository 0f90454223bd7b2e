"""Who catches what: the suite, over several seeds, beside plain `schemathesis run`; Markdown on stdout.

`python -m tests.saboteurs.comparison --kept FOLDER [API ...]` takes hours for all APIs; what it has measured
stays in FOLDER, and another start goes on from there.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from conformance.apis import NAMES
from tests.saboteurs import kills, plain
from tests.saboteurs.kept import Kept
from tests.saboteurs.matrix import saboteurs
from tests.saboteurs.stage import stage


@dataclass(frozen=True, slots=True)
class Line:
    """One saboteur: how many of the seeds caught it, and what plain Schemathesis says of it."""

    api: str
    saboteur: str
    sentence: str
    requirement: str
    caught: int
    said: tuple[str, ...]


def main() -> None:
    """Measures and prints."""
    options = _options()
    options.kept.mkdir(parents=True, exist_ok=True)
    seeds = range(1, options.seeds + 1)
    lines = [line for api in options.api for line in measured(api, options.kept, seeds, options.examples)]
    plainly = f"`schemathesis run --max-examples {options.examples}`"
    how = f"Seeds 1 to {len(seeds)}, and {plainly} without what it says of the honest mock as well."
    print("\n".join([how, "", *summary(lines, len(seeds)), "", *details(lines, len(seeds))]))


def measured(api: str, kept: Path, seeds: Sequence[int], examples: int) -> Iterator[Line]:
    """Measure the saboteurs of one API, or take what has been measured."""
    with stage() as this:
        caught = dict(kills.kills(api, this, Kept(kept / f"{api}-kills.jsonl"), seeds))
        said = dict(plain.discoveries(api, this, Kept(kept / f"{api}-plain.jsonl"), examples))
    for each in saboteurs(api):
        found = tuple(sorted(said[each.name]))
        yield Line(api, each.name, each.sentence, each.requirement, len(caught[each.name]), found)


def summary(lines: Iterable[Line], seeds: int) -> Iterator[str]:
    """A row for each API."""
    yield f"| API | wrong servers | `conformance`, each of {seeds} seeds | `schemathesis run` |"
    yield "|---|--:|--:|--:|"
    by_api: dict[str, list[Line]] = {}
    for line in lines:
        by_api.setdefault(line.api, []).append(line)
    for api, each in by_api.items():
        always = sum(line.caught == seeds for line in each)
        yield f"| `{api}` | {len(each)} | {always} | {sum(bool(line.said) for line in each)} |"


def details(lines: Iterable[Line], seeds: int) -> Iterator[str]:
    """A row for each saboteur."""
    yield f"| what is wrong | breaks | seeds of {seeds} | `schemathesis run` says |"
    yield "|---|---|--:|---|"
    for line in lines:
        said = ", ".join(f"`{each}`" for each in line.said if not each.startswith("phase")) or (
            "a phase failed" if line.said else "nothing"
        )
        yield f"| {line.sentence} | {line.requirement} | {line.caught} | {said} |"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.saboteurs.comparison", description=__doc__)
    parser.add_argument("api", nargs="*", default=list(NAMES), choices=[*NAMES, []], metavar="API")
    parser.add_argument("--kept", type=Path, default=Path(".deep/comparison"), metavar="FOLDER")
    parser.add_argument("--seeds", type=int, default=len(kills.SEEDS), help="seeds 1 to N (default 10)")
    parser.add_argument("--examples", type=int, default=100, help="of schemathesis run (its default: 100)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
