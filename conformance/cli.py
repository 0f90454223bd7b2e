"""The command `conformance`: examine a deployment, or list what it would be examined for."""

import argparse
import json
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from conformance import apis, deployments, profile, reporting, shard, target_file
from conformance.applicability import chosen, missing_owner
from conformance.deployments import suite_of
from conformance.differential import command as differential
from conformance.flags import a_shard, positive_count, positive_number, whole_number
from conformance.interruption import heeded
from conformance.options import Options, matches
from conformance.outcome import Broken
from conformance.profile import Profile
from conformance.report import json as json_report
from conformance.report.characters import visible
from conformance.report.wording import source
from conformance.requirement import Level, Tier
from conformance.serving import CannotServe, described, served
from conformance.suite import Suite
from conformance.target import Limits, Target, url_problem
from conformance.target_values import TargetError
from conformance.usage import Usage

EXAMPLES = """examples:
  conformance run viben                                examine the mock, which is started for it
  conformance run viben --url http://127.0.0.1:18790   examine any deployment
  conformance run viben --only 'VIBEN-LIST-*'          only some requirements
  conformance requirements viben                       list them

exit status: 0 nothing is broken, 1 something is, 2 could not be judged"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; a fault of the suite is no verdict on a deployment."""
    options = parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (Usage, TargetError, CannotServe, Broken) as reason:
        print(f"conformance: {visible(str(reason))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away, which is its right
        return 2
    except KeyboardInterrupt:
        print("conformance: interrupted", file=sys.stderr)
        return 2
    except Exception as reason:  # noqa: BLE001  # see above
        print(f"conformance: {fault(reason)}", file=sys.stderr)
        return 2


def fault(reason: Exception) -> str:
    """Say what went wrong in the suite, and where; the message of an unknown exception may hold a secret."""
    place = traceback.extract_tb(reason.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"a fault of the suite, not of a deployment: {type(reason).__name__} in {where}; please report it"


def run(given: argparse.Namespace) -> int:
    """Examine a deployment, write the reports and return the exit status of the verdict."""
    from conformance import runner  # noqa: PLC0415  # the generator takes a second to import, and only this needs it

    suite = suite_of(given.api)
    options = options_of(given, suite)
    paths, before = reporting.wanted(given), reporting.earlier(given)
    deployments.known(given, suite)
    if given.dry_run:
        return planned(given, suite, options)
    with (
        heeded() as interruption,
        target_of(given) as target,
        reporting.progress(len(suite.of_tier(options.tier))) as progress,
    ):
        announce(suite, target, options)
        report = runner.run(
            suite, adjusted(target, given, options), options, progress=progress, interruption=interruption
        )
    report = deployments.in_the_light_of(given, suite, report)
    report = replace(report, command=reporting.command_line(given))
    return reporting.finish(report, paths, before)


def planned(given: argparse.Namespace, suite: Suite, options: Options) -> int:
    """Say what a run would do, without starting or sending anything."""
    from conformance import runner  # noqa: PLC0415  # see above

    own = not given.url and not given.target
    target = described(given.api) if own else target_of(given).__enter__()
    print(runner.planned(suite, adjusted(target, given, options), options), end="")
    return 0


def announce(suite: Suite, target: Target, options: Options) -> None:
    """Say before the run what it will miss, so that nobody waits for a verdict it cannot give."""
    warning = missing_owner(suite, chosen(suite, options), target)
    if warning:
        print(f"conformance: {warning}", file=sys.stderr)


def requirements(given: argparse.Namespace) -> int:
    """List the requirements of an API."""
    suite = suite_of(given.api)
    if given.json:
        print(json.dumps([json_report.of_requirement(each) for each in suite.requirements], indent=2))
        return 0
    for each in suite.requirements:
        print(f"{each.id}  {each.level}  {each.statement}\n    {source(each)}")
    return 0


def options_of(given: argparse.Namespace, suite: Suite) -> Options:
    """Return what the flags say about how to examine; the mock is held to every choice, others to the
    document.
    """
    for pattern in (*given.only, *given.skip):
        if not any(matches(each.id, (pattern,)) for each in suite.requirements):
            raise Usage(
                f"no requirement is called {pattern!r}; `conformance requirements {suite.name}` lists them"
            )
    for tag in given.tag:
        if not any(tag in each.tags for each in suite.requirements):
            known = sorted({tag for each in suite.requirements for tag in each.tags})
            raise Usage(f"no requirement has the tag {tag!r}; there are {', '.join(known)}")
    own = not given.url and not given.target
    tier = Tier(given.tier) if given.tier else (Tier.FULL if own else Tier.DOCUMENTED)
    for pattern in given.only:
        if not any(matches(each.id, (pattern,)) for each in suite.of_tier(tier)):
            raise Usage(f"{pattern} is assumed, not documented; add --tier full to examine it")
    return Options(
        tier=tier,
        level=Level(given.level.upper()),
        only=tuple(given.only),
        skip=tuple(given.skip),
        quick=given.quick,
        seed=given.seed,
        shard=given.shard,
        read_only=given.read_only,
        tags=tuple(given.tag),
        profile=profile_of(given, suite),
    )


def profile_of(given: argparse.Namespace, suite: Suite) -> Profile | None:
    """Return the profile that the flags name."""
    if not given.profile:
        return None
    return profile.load(suite, given.profile)


def target_of(given: argparse.Namespace) -> AbstractContextManager[Target]:
    """Return the deployment to examine: the URL without credentials, the target file's, or a mock of our
    own.
    """
    if given.target:
        return nullcontext(target_file.read(Path(given.target), given.api, os.environ))
    if not given.url:
        return served(given.api, given.seed)
    problem = url_problem(given.url)
    if problem:
        raise Usage(f"--url: {problem}")
    return nullcontext(deployments.consented(given, Target(given.url.rstrip("/"))))


def adjusted(target: Target, given: argparse.Namespace, options: Options) -> Target:
    """Return the target with the limits of the flags, which go before those of its file, and the settings of
    the profile, which go after.
    """
    limits = target.limits
    return replace(
        target,
        settings={**(options.profile.settings if options.profile else {}), **target.settings},
        limits=Limits(
            rate=given.rate or limits.rate,
            max_time=given.max_time or limits.max_time,
            max_requests=given.max_requests or limits.max_requests,
            credits=limits.credits,
        ),
    )


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    top = argparse.ArgumentParser(
        prog="conformance",
        description="Says, requirement by requirement, whether a deployment keeps its API's contract.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    add_run(commands.add_parser("run", help="examine a deployment"))
    listing = commands.add_parser("requirements", help="list the requirements")
    listing.add_argument("api", metavar="API", help=f"one of: {', '.join(apis.NAMES)}")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(command=requirements)
    deployments.add_commands(commands)
    differential.add(commands.add_parser("diff", help="tell where two deployments part"))
    reporting.add_merge(commands.add_parser("merge", help="put the JSON reports of shards together"))
    return top


def add_run(command: argparse.ArgumentParser) -> None:
    """Describe the flags of `run`."""
    command.set_defaults(command=run)
    command.add_argument("api", metavar="API", help=f"one of: {', '.join(apis.NAMES)}")
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--url", help="base URL: the part before the vendor's base path; no credentials are sent"
    )
    where.add_argument(
        "--target", metavar="FILE", help="target file (TOML) with address, credentials and limits"
    )
    add = command.add_argument
    add(
        "--tier",
        choices=[each.value for each in Tier],
        help="default: full for the own mock, else documented",
    )
    add("--level", choices=[each.value.lower() for each in Level], default="must", help="failures that count")
    add(
        "--only",
        action="append",
        default=[],
        metavar="ID",
        help="only this requirement, or a pattern with *; repeatable",
    )
    add(
        "--skip",
        action="append",
        default=[],
        metavar="ID",
        help="not this requirement, or a pattern with *; repeatable",
    )
    add(
        "--tag",
        action="append",
        default=[],
        metavar="TAG",
        help="only requirements with this tag; repeatable",
    )
    add("--profile", metavar="NAME", help="what is known of another generation of the vendor's, by name")
    add(
        "--quick",
        action="store_true",
        help="few random requests: scripts, examples, boundary values, and some short chains",
    )
    add("--seed", type=whole_number, default=42, help="same seed, same requests (default 42)")
    add("--max-time", type=positive_number, metavar="S", help="seconds it may take before it cleans up")
    add("--max-requests", type=positive_count, metavar="N", help="requests it may send before it cleans up")
    add(
        "--shard",
        type=a_shard,
        metavar="I/N",
        default=shard.Shard(),
        help="only the I-th of N parts; see merge",
    )
    deployments.add_flags(command)
    reporting.add_flags(command)
