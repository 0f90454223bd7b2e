"""Runs a suite against a target: the scripted requirements one by one, then the property layer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import httpx

from conformance import curl
from conformance.budget import Budget
from conformance.client import Http, connect
from conformance.coverage import Coverage
from conformance.exchange import Journal
from conformance.options import Options
from conformance.outcome import Breach, Inconclusive, Skip
from conformance.property import Layer, explore
from conformance.requirement import Requirement
from conformance.result import Report, Result
from conformance.suite import Suite
from conformance.target import Target, is_loopback
from conformance.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a suite: everything its layers share."""

    suite: Suite
    target: Target
    options: Options
    budget: Budget
    connection: httpx.Client
    coverage: Coverage


def run(suite: Suite, target: Target, options: Options) -> Report:
    """Examine the target and return the report; a broken requirement is data here, never an exception."""
    chosen = [each for each in suite.of_tier(options.tier) if options.chosen(each.id)]
    budget = budget_of(target)
    with connect(target) as connection:
        this = Run(suite, target, options, budget, connection, Coverage(suite.contract()))
        results = {each.requirement.id: each for each in [*scripted(this, chosen), *generated(this, chosen)]}
    return Report(
        api=suite.name,
        target=target.base_url,
        tier=options.tier,
        level=options.level,
        seed=options.seed,
        results=tuple(results[each.id] for each in chosen),
        catalogue=len(suite.requirements),
        coverage=this.coverage.counts(),
        requests=budget.spent,
        duration=round(budget.elapsed, 3),
    )


def run_requirement(
    suite: Suite, requirement_id: str, target: Target, options: Options | None = None
) -> Result:
    """Examine one requirement, whatever its tier and kind, and return its result.

    Raises:
        KeyError: the suite has no such requirement.
    """
    requirement = suite.find(requirement_id)
    with connect(target) as connection:
        coverage = Coverage(suite.contract())
        this = Run(suite, target, options or Options(), budget_of(target), connection, coverage)
        return next(iter([*scripted(this, [requirement]), *generated(this, [requirement])]))


def budget_of(target: Target) -> Budget:
    """Return the budget the target's limits leave a run; beyond this machine credits have to be allowed."""
    limits = target.limits
    unlimited = None if is_loopback(target.base_url) else 0
    return Budget(
        max_requests=limits.max_requests,
        max_time=limits.max_time,
        rate=limits.rate,
        credits=unlimited if limits.credits is None else limits.credits,
    )


def scripted(this: Run, requirements: Iterable[Requirement]) -> list[Result]:
    """Examine the scripted requirements in their order."""
    return [examine(this, each) for each in requirements if each.check]


def generated(this: Run, requirements: Sequence[Requirement]) -> list[Result]:
    """Examine the requirements of the property layer, all in one pass of the generator."""
    ours = [each for each in requirements if each.findings]
    unfit = {each.id: why_skipped(this, each) for each in ours}
    fit = [each for each in ours if not unfit[each.id]]
    layer = Layer(this.suite, this.target, this.options, this.budget, this.coverage)
    found = {each.requirement.id: each for each in (explore(layer, fit) if fit else ())}
    return [found.get(each.id) or Result(each, Verdict.SKIP, reason=unfit[each.id]) for each in ours]


def why_skipped(this: Run, requirement: Requirement) -> str:
    """Say why the requirement does not apply to this target or was left out; empty when it is to be
    examined.
    """
    if this.options.skipped(requirement.id):
        return "left out by --skip"
    for feature in requirement.features:
        if not this.target.features.get(feature, True):
            return f"the target does not claim the feature `{feature}`"
    for actor in requirement.actors:
        if actor not in this.target.actors:
            return f"the target has no actor `{actor}`"
    return ""


def examine(this: Run, requirement: Requirement) -> Result:
    """Examine one scripted requirement."""
    reason = why_skipped(this, requirement)
    if reason:
        return Result(requirement, Verdict.SKIP, reason=reason)
    journal = Journal()
    http = Http(
        target=this.target,
        connection=this.connection,
        base_path=this.suite.base_path,
        name=f"{requirement.id.lower()}-{this.options.seed}",
        authorize=this.suite.authorize,
        budget=this.budget,
        journal=journal,
    )
    result = judge(requirement, this.suite.client(http), journal, this.target)
    http.clean_up()
    this.coverage.add(this.suite.base_path, journal)
    return result


def judge(requirement: Requirement, client: object, journal: Journal, target: Target) -> Result:
    """Call the requirement's function and turn how it ended into a result.

    Anything it raises that is not an outcome is a fault of the suite, never of the deployment.
    """
    if requirement.check is None:
        raise ValueError(f"{requirement.id} is examined by the property layer, not by a script")
    try:
        requirement.check(client)
    except Breach as breach:
        lines = curl.script(target.base_url, journal.exchanges, target.secrets)
        return Result(requirement, Verdict.FAIL, str(breach), breach.expected, breach.got, lines)
    except Inconclusive as reason:
        return Result(requirement, Verdict.INCONCLUSIVE, reason=str(reason))
    except Skip as reason:
        return Result(requirement, Verdict.SKIP, reason=str(reason))
    except Exception as reason:  # noqa: BLE001  # whatever it is, the run goes on and says so
        return Result(requirement, Verdict.ERROR, reason=f"{type(reason).__name__}: {reason}")
    return Result(requirement, Verdict.PASS)
