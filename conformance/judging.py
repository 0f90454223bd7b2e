"""Calls the function of a scripted requirement, and turns how it ended into a result."""

from conformance import curl
from conformance.exchange import Exchange, Journal
from conformance.fitness import gateways
from conformance.masking import LONGEST_REASON, excerpt
from conformance.misshapen import Shapes
from conformance.outcome import Breach, Inconclusive, Skip
from conformance.requirement import Requirement
from conformance.result import Result
from conformance.target import Target
from conformance.timeline import steps
from conformance.verdict import Verdict


def judge(
    requirement: Requirement, client: object, journal: Journal, target: Target, shapes: Shapes
) -> Result:
    """Call the requirement's function and turn how it ended into a result.

    Anything it raises that is not an outcome is a fault of the suite, never of the deployment; but nothing
    can be said where it tripped over a reply that is not as the contract has it.
    """
    if requirement.check is None:
        raise ValueError(f"{requirement.id} is examined by the property layer, not by a script")
    secrets = target.secrets
    verdict, said = Verdict.PASS, ""
    try:
        requirement.check(client)
    except Breach as breach:
        unheard = gateways(journal)
        if not unheard:
            return failed(requirement, breach, journal, target)
        verdict, said = Verdict.INCONCLUSIVE, f"{in_between(unheard)}; after that {breach}"
    except Inconclusive as outcome:
        verdict, said = Verdict.INCONCLUSIVE, str(outcome)
    except Skip as outcome:
        verdict, said = Verdict.SKIP, str(outcome)
    except Exception as fault:  # noqa: BLE001  # whatever it is, the run goes on and says so
        verdict, said = Verdict.ERROR, f"{type(fault).__name__}: {fault}"
        wrong = shapes.first_wrong(reversed(journal.exchanges))
        if wrong:
            verdict, said = Verdict.INCONCLUSIVE, f"{wrong}; more than that cannot be seen"
    return Result(requirement, verdict, reason=excerpt(said, secrets, LONGEST_REASON))


def failed(requirement: Requirement, breach: Breach, journal: Journal, target: Target) -> Result:
    """Return the result of a script that found its requirement broken."""
    secrets = target.secrets
    lines, seen = curl.script(target.base_url, journal.exchanges, secrets), steps(journal, secrets)
    expected, got = breach.expected, excerpt(breach.got, secrets)
    reason = f"expected {expected}, got {got}"
    return Result(requirement, Verdict.FAIL, reason, expected, got, lines, seen)


def in_between(unheard: Exchange) -> str:
    """Say that a gateway answered in the place of the API, so that nothing follows from what came later."""
    return f"a gateway answered {unheard.method} {unheard.path} with {unheard.status}, and not the API"
