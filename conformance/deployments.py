"""The flags and commands for other people's deployments: consent, pace, plan, cleaning up."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from conformance import apis, baseline, cleanup, ledger, starter, target_file
from conformance.baseline import Known
from conformance.flags import a_rate
from conformance.ledger import Ledger
from conformance.report.characters import visible
from conformance.result import Report
from conformance.suite import Suite
from conformance.target import Target
from conformance.usage import Usage


def add_flags(command: argparse.ArgumentParser) -> None:
    """Describe the flags of a run that keep a deployment safe."""
    add = command.add_argument
    add(
        "--consent",
        action="store_true",
        help="I may test the deployment at --url, which is not on this machine",
    )
    add("--read-only", action="store_true", help="send nothing that might change anything")
    add("--dry-run", action="store_true", help="say what the run would do, and send nothing")
    add(
        "--baseline", metavar="FILE", help="known failures (TOML): an unexpected pass or an expired one fails"
    )
    add("--update-baseline", action="store_true", help="write what fails now into the baseline")
    add("--rate", metavar="N/s", type=a_rate, help="requests per second, minute (N/m) or hour (N/h)")


def known(given: argparse.Namespace, suite: Suite) -> tuple[Known, ...]:
    """Return the known failures, none where there is no baseline yet that is to be written."""
    if given.update_baseline and not given.baseline:
        raise Usage("--update-baseline: name the file with --baseline")
    if not given.baseline or (given.update_baseline and not Path(given.baseline).exists()):
        return ()
    return baseline.read(Path(given.baseline), [each.id for each in suite.requirements])


def in_the_light_of(given: argparse.Namespace, suite: Suite, report: Report) -> Report:
    """Return the report with what the baseline knows, after renewing it where that is asked for."""
    today = datetime.now(UTC).date()
    entries = known(given, suite)
    if given.update_baseline:
        entries = baseline.updated(report, entries, today)
        write(Path(given.baseline), baseline.text(entries))
    return baseline.applied(report, entries, today)


def write(path: Path, text: str) -> None:
    """Write a file."""
    try:
        path.write_text(text, "utf-8")
    except OSError as reason:
        raise Usage(f"{path}: cannot be written: {reason.strerror}") from reason


def consented(given: argparse.Namespace, target: Target) -> Target:
    """Return the target, unless nobody said that it may be tested."""
    if given.url and target.foreign and not given.consent and not given.dry_run:
        raise Usage(f"--url: add --consent to say that you may test {target.base_url}")
    return target


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the commands `target` and `cleanup`."""
    start = commands.add_parser("target", help="print a target file to begin with")
    start.add_argument("api", metavar="API", help=f"one of: {', '.join(apis.NAMES)}")
    start.set_defaults(command=print_starter)
    tidy = commands.add_parser("cleanup", help="delete what interrupted runs left behind")
    tidy.add_argument("--target", metavar="FILE", help="target file to use instead of the one of the run")
    tidy.set_defaults(command=clean_up)


def print_starter(given: argparse.Namespace) -> int:
    """Print a target file to begin with."""
    print(starter.starter(suite_of(given.api)), end="")
    return 0


def clean_up(given: argparse.Namespace) -> int:
    """Delete what interrupted runs left behind; 0 when nothing is left."""

    def find(book: Ledger) -> tuple[Suite, Target]:
        return suite_of(book.api), target_of(book, given.target)

    where = ledger.folder()
    clean = True
    for said, good in cleanup.clean(where, find):
        print(visible(said))
        clean = clean and good
    print("nothing is left behind" if clean else f"what can still be deleted is noted in {where}")
    return 0 if clean else 2


def target_of(book: Ledger, file: str | None) -> Target:
    """Return the target of a ledger: by a target file, or by its address alone.

    A file that names another address is refused: its credentials are for somebody else.
    """
    source = file or book.source
    if not source:
        return Target(book.base_url)
    target = target_file.read(Path(source), book.api, os.environ)
    if target.base_url != book.base_url:
        raise Usage(
            f"{source} is for {target.base_url}, but records are left at {book.base_url}; use --target"
        )
    return target


def suite_of(name: str) -> Suite:
    """Return the suite of an API."""
    try:
        return apis.suite(name)
    except KeyError:
        raise Usage(f"there is no API {name!r}; there are {', '.join(apis.NAMES)}") from None
