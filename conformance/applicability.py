"""Which requirements apply to a target: by its actors, its features, and what the caller leaves out."""

from collections.abc import Iterable, Sequence

from conformance.options import Options
from conformance.requirement import OWNER, Requirement
from conformance.suite import Suite
from conformance.target import Target

TURNED_AWAY = ("expired", "throttled")  # the actors that a deployment refuses for what they are


def chosen(suite: Suite, options: Options) -> list[Requirement]:
    """Return the requirements of the suite that the caller wants examined."""
    return [each for each in suite.of_tier(options.tier) if options.chosen(each.id, each.tags)]


def why_skipped(requirement: Requirement, target: Target, options: Options) -> str:
    """Say why the requirement does not apply to this target or was left out; empty when it is to be
    examined.
    """
    if options.skipped(requirement.id):
        return "left out by --skip"
    profile = options.profile
    if profile and requirement.id in profile.does_not_apply:
        return f"profile {profile.name}: {profile.does_not_apply[requirement.id]}"
    for feature in requirement.features:
        if not target.features.get(feature, True):
            return f"the target does not claim the feature `{feature}`"
    for actor in requirement.actors:
        if actor not in target.actors:
            return f"the target has no actor `{actor}`"
    return ""


def foreseen(requirement: Requirement, target: Target, options: Options) -> str:
    """Say why a run will skip the requirement, also where its script goes as far as it can before; empty when
    it can be examined whole.
    """
    skipped = why_skipped(requirement, target, options)
    if not skipped and options.read_only and requirement.check and not requirement.read_only:
        return "the run is read-only, and this needs more than reads"
    return skipped or next(filter(None, (need(target) for need in requirement.needs)), "")


def others(wanted: Iterable[Requirement], target: Target) -> list[str]:
    """Return the target's actors, beside the owner, that requirements need and that are to be let in."""
    needed = {actor for each in wanted for actor in each.actors}
    return [each for each in target.actors if each in needed and each not in (OWNER, *TURNED_AWAY)]


def missing_owner(suite: Suite, wanted: Sequence[Requirement], target: Target) -> str:
    """Say that the target lacks the credentials that most depends on; empty when it does not."""
    needing = sum(OWNER in each.actors for each in wanted)
    if not needing or OWNER in target.actors:
        return ""
    return (
        f"the target has no credentials for `{OWNER}`, which {needing} of {len(wanted)} requirements need: "
        f"they are skipped. `conformance target {suite.name}` shows where they go"
    )
