"""The command `conformance diff`."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from conformance import apis, target_file
from conformance.flags import OUTPUT, whole_number
from conformance.options import Options
from conformance.requirement import Tier
from conformance.serving import served
from conformance.target import Target, url_problem
from conformance.usage import Usage


def add(command: argparse.ArgumentParser) -> None:
    """Describe the flags of `diff`."""
    command.set_defaults(command=diff)
    add_ = command.add_argument
    add_("api", metavar="API", help=f"one of: {', '.join(apis.NAMES)}")
    place = "base URL or target file; without it a mock is started"
    add_("--left", metavar="URL|FILE", default="", help=f"the one to measure by: {place}")
    add_("--right", metavar="URL|FILE", required=True, help="the one to compare with it")
    add_(
        "--accepted",
        metavar="FILE",
        type=Path,
        help="differences that are known (TOML, entries [[accepted]])",
    )
    add_("--consent", action="store_true", help="I may test deployments that are not on this machine")
    add_("--read-only", action="store_true", help="send nothing that might change anything")
    add_(
        "--only",
        action="append",
        default=[],
        metavar="ID",
        help="only what this requirement sends; repeatable",
    )
    add_(
        "--quick",
        action="store_true",
        help="few random requests: scripts, examples, boundary values, short chains",
    )
    add_("--seed", type=whole_number, default=42, help="same seed, same requests (default 42)")
    add_("--report-json", metavar="FILE|-", type=Path, help="write the result as JSON; - is standard output")


def diff(given: argparse.Namespace) -> int:
    """Play the same requests to two deployments, tell where they part, and return 0 where they do not."""
    from conformance.differential import accepted, replay, report, tape  # noqa: PLC0415  # takes a second

    suite = apis.suite(given.api) if given.api in apis.NAMES else None
    if suite is None:
        raise Usage(f"there is no API {given.api!r}; there are {', '.join(apis.NAMES)}")
    if given.report_json and not given.report_json.parent.is_dir():
        raise Usage(f"--report-json: there is no folder {given.report_json.parent}")
    known = accepted.read(given.accepted) if given.accepted else ()
    options = Options(
        Tier.FULL, only=tuple(given.only), quick=given.quick, seed=given.seed, read_only=given.read_only
    )
    with ExitStack() as stack:
        left, right = (stack.enter_context(target_of(given, side)) for side in ("left", "right"))
        found = replay.Comparing(suite, left, right, known)
        replay.compared(found, tape.recorded(suite, left, options), options)
    printed = given.report_json == OUTPUT
    print(report.render(found), end="", file=sys.stderr if printed else sys.stdout)
    if printed:
        print(report.to_json(found), end="")
    elif given.report_json:
        given.report_json.write_text(report.to_json(found), "utf-8")
    return report.exit_status(found)


def target_of(given: argparse.Namespace, side: str) -> AbstractContextManager[Target]:
    """Return one of the two deployments; what is created there is deleted, on a mock too, so that both are
    alike.
    """
    place: str = getattr(given, side)
    if not place:
        return mock(given)
    if "://" not in place:
        return nullcontext(target_file.read(Path(place), given.api, os.environ))
    problem = url_problem(place)
    if problem:
        raise Usage(f"--{side}: {problem}")
    target = Target(place.rstrip("/"))
    if target.foreign and not given.consent:
        raise Usage(f"--{side}: add --consent to say that you may test {target.base_url}")
    return nullcontext(target)


@contextmanager
def mock(given: argparse.Namespace) -> Iterator[Target]:
    """Serve a mock for this run, which is treated like any other deployment."""
    with served(given.api, given.seed) as target:
        yield replace(target, disposable=False)
