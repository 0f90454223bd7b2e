"""Sends recorded requests to the target once more, to prove a failure and to tell it in few requests."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from conformance import curl
from conformance.budget import Budget
from conformance.client import Http
from conformance.exchange import Exchange
from conformance.guard import Guard
from conformance.leftovers import leftovers, without
from conformance.lending import Lending
from conformance.model import Model
from conformance.outcome import Outcome
from conformance.places import operation_of
from conformance.proving import Playback, Prover
from conformance.reducing import PROVEN, Reducer, Shows, Steps
from conformance.requirement import Requirement
from conformance.suite import Suite
from conformance.target import Target


@dataclass(frozen=True, slots=True)
class Replay:
    """What replays share with the run they are part of; `guard` sees what they create."""

    suite: Suite
    contract: Mapping[str, Any]
    target: Target
    connection: httpx.Client
    budget: Budget
    guard: Guard
    tidy: Callable[[Steps], object] = tuple
    lending: Lending | None = None

    def script(self, exchanges: Steps, shows: Shows, context: Steps = ()) -> tuple[str, ...]:
        """Return the lines that show a failure: the shortest sequence that did again, or else all of it.

        `context` is what went before, in case the failure does not show without it.
        """
        found = self._shortest(exchanges, shows)
        if found is None and context:
            found = self._shortest((*context, exchanges[-1]), shows)
        lines = curl.script(self.target.base_url, found or exchanges, self.target.secrets)
        return (PROVEN, *lines) if found else lines

    def proof(self, requirement: Requirement, name: str, recorded: Steps, expected: str) -> tuple[str, ...]:
        """Return the lines that show how a scripted requirement was broken; none when it was not once more.

        `name` is what the names of its records were made of.
        """
        if not self._allowed(recorded):
            return ()
        prover = Prover(
            requirement, name, self._sent, self._playback, self.suite.client, self.tidy, self._left_over
        )
        found = prover.shortest(recorded, expected)
        return (PROVEN, *curl.script(self.target.base_url, found, self.target.secrets)) if found else ()

    def _playback(self, name: str, answers: Sequence[Exchange]) -> Playback:
        return Playback(
            self.target,
            self.connection,
            self.suite.base_path,
            name=name,
            authorize=self.suite.authorize,
            budget=self.budget.aside(),
            guard=Guard(read_only=True),  # hooks would act on the deployment
            contract=self.contract,
            answers=answers,
            live=self.guard,
        )

    def _shortest(self, exchanges: Steps, shows: Shows) -> Steps | None:
        if not self._allowed(exchanges):
            return None

        def shows_alone(steps: Sequence[Exchange]) -> bool:
            return shows(steps) and shows(without(steps, self._left_over(steps)))

        return Reducer(self._sent, shows_alone, self.tidy).shortest(exchanges)

    def _left_over(self, replayed: Sequence[Exchange]) -> frozenset[str]:
        """Return the ids of what the run made before these requests, where it keeps account of that."""
        return leftovers((id_ for _, id_ in self.lending.own), replayed) if self.lending else frozenset()

    def _allowed(self, exchanges: Iterable[Exchange]) -> bool:
        """Say whether the requests may be sent again: they cost nothing and reach nobody else."""
        if self.budget.exhausted() or self.guard.down:
            return False
        base = self.suite.base_path
        called = {
            operation_of(self.contract, each.method, each.path.removeprefix(base)) for each in exchanges
        }
        return self.target.disposable or not called & set(self.suite.effects)

    def _sent(self, request: Exchange) -> Exchange | None:
        """Send a request, unless the budget does not allow it or it might change what is not the run's."""
        if self.lending and not self.lending.permits(request.method, request.path):
            return None
        http = Http(self.target, self.connection, self.suite.base_path, budget=self.budget, guard=self.guard)
        try:
            return http.send(request).exchange
        except Outcome:
            return None


def suspected(model: Model | None, requirement_id: str, steps: Sequence[Exchange]) -> bool:
    """Say whether a new model suspects the requirement broken by these steps."""
    suspicions = [each for step in steps for each in (model.watch(step) if model else ())]
    return requirement_id in {each.requirement for each in suspicions}
