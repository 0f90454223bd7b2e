"""Keeps credentials out of results: each stands there as the shell variable that reproductions use."""

from collections.abc import Mapping
from dataclasses import replace

from conformance.result import Result
from conformance.timeline import Step

SHORTEST = 4  # a shorter one is no secret, and would be found everywhere


def masked(result: Result, secrets: Mapping[str, str]) -> Result:
    """Return the result without any of the secrets."""
    return replace(
        result,
        reason=mask(result.reason, secrets),
        expected=mask(result.expected, secrets),
        got=mask(result.got, secrets),
        reproduce=tuple(mask(line, secrets) for line in result.reproduce),
        timeline=tuple(masked_step(step, secrets) for step in result.timeline),
    )


def masked_step(step: Step, secrets: Mapping[str, str]) -> Step:
    """Return the step without any of the secrets."""
    return replace(
        step,
        target=mask(step.target, secrets),
        body=mask(step.body, secrets),
        reply=mask(step.reply, secrets),
    )


def mask(text: str, secrets: Mapping[str, str]) -> str:
    """Return the text with a variable in place of each secret, the longest first."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            text = text.replace(secret, f"${{{secrets[secret]}}}")
    return text
