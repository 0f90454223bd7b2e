"""Keeps no verdict that rests on what came from the address when the deployment was no longer there."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from conformance.exchange import Exchange
from conformance.fitness import is_refusal, misfit
from conformance.guard import Guard
from conformance.model import Violation
from conformance.result import Result
from conformance.verdict import Verdict


@dataclass(slots=True)
class Assurance:
    """Has the `guard` look at the deployment before a failure is believed, and when a layer ends in doubt.

    `unsure` are the results of scripts since which nothing has shown that the deployment was still there.
    """

    guard: Guard
    unsure: list[Result] = field(default_factory=list)

    def of_script(self, result: Result) -> list[Result]:
        """Return the result of a script; in error where the deployment is gone, with those before it."""
        if self.guard.down:
            return [*self._lost(), in_error(result, self.guard.down)]
        self.unsure = [*self.unsure, result] if self.guard.unsure else []
        return [result]

    def of_scripts(self) -> list[Result]:
        """Return what is to be said otherwise when the last script has ended."""
        if self.unsure:
            self.guard.look()
        return self._lost()

    def of_generator(self, results: Iterable[Result]) -> list[Result]:
        """Return the results of the generator: when the deployment is gone, only failures that another reply
        shows than those of whoever is there instead.
        """
        found = list(results)
        doubtful = [each for each in found if each.verdict is Verdict.FAIL and is_doubtful(last(each))]
        if not (doubtful or self.guard.unsure) or not self.guard.look():
            return found
        return [
            each if each.verdict is Verdict.FAIL and each not in doubtful else in_error(each, self.guard.down)
            for each in found
        ]

    def of_model(self, violation: Violation, result: Result) -> Result:
        """Return the failure that the model saw; in error when the deployment is gone, maybe already then."""
        doubtful = is_doubtful(violation.exchanges[-1])
        return in_error(result, self.guard.down) if doubtful and self.guard.look() else result

    def _lost(self) -> list[Result]:
        down, unsure = self.guard.down, self.unsure
        self.unsure = []
        # Before a failure was told, the guard had looked.
        return [in_error(each, down) for each in unsure if down and each.verdict is not Verdict.FAIL]


def in_error(result: Result, reason: str) -> Result:
    """Return the result of a requirement of which nothing is known; what was skipped stays so."""
    if result.verdict is Verdict.SKIP:
        return result
    return Result(result.requirement, Verdict.ERROR, reason=reason)


def is_doubtful(exchange: Exchange) -> bool:
    """Say whether a reply may be somebody else's than the deployment's."""
    return bool(misfit(exchange)) or is_refusal(exchange)


def last(result: Result) -> Exchange:
    """Return the last exchange of a failure as its timeline shows it."""
    step = result.timeline[-1]
    return Exchange(step.method, step.target, (), None, step.status, (), step.reply.encode())
