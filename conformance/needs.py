"""What a requirement cannot do without, beside actors and features: declared, so that a plan knows it too.

A need says of a target what it lacks, and nothing where it has all. An API's own stand in its `needs.py`.
"""

from conformance.outcome import Skip
from conformance.requirement import Need
from conformance.target import Target

NO_CREDITS = "it costs credits, and limits.credits allows none"


def require(target: Target, need: Need) -> None:
    """Go on only where a need is met.

    Raises:
        Skip: naming what the target lacks.
    """
    lacking = need(target)
    if lacking:
        raise Skip(lacking)


def organization(role: str) -> Need:
    """Return the need of an organisation that plays this role."""
    return lambda target: "" if role in target.organizations else f"the target names no organization `{role}`"


def hook(name: str) -> Need:
    """Return the need of a test-only means of the deployment."""
    return lambda target: "" if name in target.hooks else f"the target has no hook `{name}`"


def credit(target: Target) -> str:
    """Say that the run may cost nothing."""
    return NO_CREDITS if target.credits == 0 else ""
