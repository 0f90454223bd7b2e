"""What the property layer shares with the run it is part of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from conformance.budget import Budget
from conformance.coverage import Coverage
from conformance.exchange import Exchange
from conformance.guard import Guard
from conformance.lending import Lending
from conformance.options import Options
from conformance.projection import writing_operations
from conformance.replaying import Replay
from conformance.suite import Suite
from conformance.target import Target


@dataclass(frozen=True, slots=True)
class Layer:
    """The API, the target, and the means of the run; `lending` is None where nothing is anybody's."""

    suite: Suite
    target: Target
    options: Options
    budget: Budget
    coverage: Coverage
    guard: Guard = field(default_factory=Guard)
    tidy: Callable[[Iterable[Exchange]], object] = list
    replay: Replay | None = None
    lending: Lending | None = None

    @property
    def left_out(self) -> frozenset[str]:
        """The operations that are never generated here: what costs, reaches beyond, or may not be sent."""
        if self.target.disposable:
            return frozenset()
        writing = writing_operations(self.suite.contract()) if self.options.read_only else frozenset()
        return writing | frozenset(self.suite.effects)
