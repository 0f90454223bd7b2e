"""What a run would do, said without doing it: requirements, operations, effects and limits."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conformance.applicability import foreseen, missing_owner
from conformance.guard import SAFE
from conformance.lasting import NO_MEANS, lasting
from conformance.options import Options
from conformance.places import operations
from conformance.projection import writing_operations
from conformance.requirement import Requirement
from conformance.suite import Suite
from conformance.target import Target


def plan(suite: Suite, target: Target, options: Options, chosen: Sequence[Requirement]) -> str:
    """Return the plan as text."""
    skipped = {each.id: foreseen(each, target, options) for each in chosen}
    warning = missing_owner(suite, chosen, target)
    examined = [each for each in chosen if not skipped[each.id]]
    lines = [
        f"{suite.name} at {target.base_url}, tier {options.tier}, seed {options.seed}; nothing is sent",
        *([f"profile {options.profile.name}: {options.profile.summary}"] if options.profile else []),
        *([warning] if warning else []),
        f"{len(examined)} of {len(chosen)} requirements would be examined",
        *(f"  skip  {id_}  {why}" for id_, why in skipped.items() if why),
        f"acts as: {', '.join(target.actors) or 'nobody: no credentials are sent'}",
        *touched(suite, target, options, examined),
        *bounds(target),
    ]
    return "\n".join(lines) + "\n"


def touched(suite: Suite, target: Target, options: Options, examined: Sequence[Requirement]) -> Iterator[str]:
    """Go through the operations that would be called, with what they do."""
    contract = suite.contract()
    writing = writing_operations(contract)
    wanted = {name for each in examined for name in each.operations}
    yield "operations:"
    for name in (each for each in operations(contract) if each in wanted):
        if name in writing and options.read_only:
            yield f"  {name}: not called, the run is read-only and would send {', '.join(SAFE)} only"
        else:
            left = () if target.disposable else staying(suite, target, contract, name)
            yield f"  {name}: {'; '.join((effect(suite, target, name, name in writing), *left))}"
    if not target.disposable and not options.read_only:
        yield "everything created is deleted at the end; what cannot be is listed"


def staying(suite: Suite, target: Target, contract: Mapping[str, Any], name: str) -> Iterator[str]:
    """Say what of what an operation makes stays with the deployment."""
    if any(each.operation == name for each in lasting(contract)):
        yield f"what it makes stays, for {NO_MEANS}"
    series = suite.series(target) if suite.series else None
    if series and series.operation == name and series.unknown:
        yield series.unknown


def effect(suite: Suite, target: Target, name: str, writes: bool) -> str:
    """Say what calling an operation does."""
    known = suite.effects.get(name)
    if known is None:
        return "changes records of the run" if writes else "reads"
    cost = f"costs {known.credits} credits a call" if known.credits else ""
    by = "" if target.disposable else "by scripts only, with values of the target file"
    return "; ".join(filter(None, (cost, known.outside, by)))


def bounds(target: Target) -> Iterator[str]:
    """Go through the limits of the run."""
    limits = target.limits
    given = {"requests": limits.max_requests, "seconds": limits.max_time, "credits": target.credits}
    yield "at most: " + ", ".join(
        f"{'any number of' if value is None else f'{value:g}'} {name}" for name, value in given.items()
    )
    yield f"pace: {f'{limits.rate:g} requests per second' if limits.rate else 'as fast as it answers'}"
