"""The flags and commands that have to do with reports: where they are written, merged and compared."""

import argparse
import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from conformance import apis, changes, merging
from conformance.flags import OUTPUT
from conformance.progress import Progress, Unheard
from conformance.report import forms, terminal
from conformance.report.live import Live
from conformance.report.reading import Unreadable, read
from conformance.requirement import Level
from conformance.result import Report
from conformance.usage import Usage

DESCRIPTIONS = {
    "json": "write the report as JSON (schema: conformance/report/report.schema.json); - is standard output",
    "html": "write the report as one HTML page",
    "junit": "write the report as JUnit XML, a test case for each requirement",
    "markdown": "write the report as Markdown, for a pull request",
    "sarif": "write what is broken as SARIF, for code scanning",
    "badge": "write the verdict as an SVG image",
}


def add_flags(command: argparse.ArgumentParser) -> None:
    """Describe the flags that every command with a report has."""
    for form in forms.FORMS:
        command.add_argument(f"--report-{form}", metavar="FILE|-", type=Path, help=DESCRIPTIONS[form])
    command.add_argument(
        "--previous",
        metavar="FILE",
        type=Path,
        help="JSON report of an earlier run; what has changed is shown",
    )


def wanted(given: argparse.Namespace) -> dict[str, Path]:
    """Return which forms are wanted where; a path that cannot be written is refused now rather than after the
    run.
    """
    paths = {form: getattr(given, f"report_{form}") for form in forms.FORMS}
    if list(paths.values()).count(OUTPUT) > 1:
        raise Usage("only one report can go to standard output (-); name a file for the others")
    for form, path in paths.items():
        if path and not path.parent.is_dir():
            raise Usage(f"--report-{form}: there is no folder {path.parent}")
        if path and path.is_dir():
            raise Usage(f"--report-{form}: {path} is a folder")
    return {form: path for form, path in paths.items() if path}


def earlier(given: argparse.Namespace) -> Report | None:
    """Return the report of the earlier run, where one is named."""
    return load(given.previous) if given.previous else None


def load(path: Path) -> Report:
    """Return the report in a file."""
    try:
        return read(path, apis.suite)
    except Unreadable as reason:
        raise Usage(str(reason)) from reason


def finish(report: Report, paths: Mapping[str, Path], before: Report | None) -> int:
    """Write the report everywhere it is wanted and at the terminal, and return its exit status."""
    whole = replace(report, changes=tuple(changes.since(before, report))) if before else report
    for form, path in paths.items():
        if path != OUTPUT:
            written(whole, form, path)
    printed = [form for form, path in paths.items() if path == OUTPUT]
    print(terminal.render(whole), end="", file=sys.stderr if printed else sys.stdout)
    print(*(forms.text(whole, form) for form in printed), end="")
    return whole.exit_status


def written(report: Report, form: str, path: Path) -> None:
    """Write the report into a file."""
    try:
        path.write_text(forms.text(report, form), "utf-8")
    except OSError as reason:
        raise Usage(f"{path}: cannot be written: {reason.strerror}") from reason


@contextmanager
def progress(total: int) -> Iterator[Progress]:
    """Show at a terminal how far the run is; nothing where its errors go to a file."""
    if not sys.stderr.isatty():
        yield Unheard()
        return
    live = Live(sys.stderr, total)
    try:
        yield live
    finally:
        live.end()


def command_line(given: argparse.Namespace) -> str:
    """Return the command that repeats a run, without its choice of requirements."""
    words = ["conformance", "run", given.api]
    words += ["--url", given.url] if given.url else []
    words += ["--target", str(given.target)] if given.target else []
    words += ["--tier", given.tier] if given.tier else []
    words += ["--level", given.level] if given.level != Level.MUST.lower() else []
    words += ["--profile", given.profile] if given.profile else []
    words += ["--baseline", str(given.baseline)] if given.baseline else []
    words += ["--seed", str(given.seed)]
    switches = {"--quick": given.quick, "--read-only": given.read_only, "--consent": given.consent}
    return shlex.join([*words, *(name for name, on in switches.items() if on)])


def add_merge(command: argparse.ArgumentParser) -> None:
    """Describe the flags of `merge`."""
    command.set_defaults(command=merge)
    command.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="JSON report of one shard, or of a run"
    )
    add_flags(command)


def merge(given: argparse.Namespace) -> int:
    """Put the reports of shards together, write the whole one and return its exit status."""
    paths, before = wanted(given), earlier(given)
    parts = [load(path) for path in given.files]
    catalogue = apis.suite(parts[0].api).requirements
    return finish(merging.merged(parts, catalogue), paths, before)
