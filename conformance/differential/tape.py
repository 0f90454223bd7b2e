"""What a run sent to one deployment, in sequences that hang together."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from conformance.coverage import Coverage
from conformance.exchange import Exchange
from conformance.options import Options
from conformance.outcome import Broken
from conformance.runner import examine_all, started
from conformance.suite import Suite
from conformance.target import Target
from conformance.verdict import Verdict

Sequence = tuple[Exchange, ...]


@dataclass(slots=True)
class Tape(Coverage):
    """Keeps every sequence that the layers of a run account for."""

    sequences: list[Sequence] = field(default_factory=list)

    def add(self, base_path: str, exchanges: Iterable[Exchange]) -> None:
        """Keep a sequence, and count it."""
        kept = tuple(exchanges)
        if kept:
            self.sequences.append(kept)
        Coverage.add(self, base_path, kept)


def recorded(suite: Suite, target: Target, options: Options) -> list[Sequence]:
    """Examine the target and return what was sent and answered; what that created is deleted.

    Raises:
        Broken: the deployment does not answer.
    """
    chosen = [each for each in suite.of_tier(options.tier) if options.chosen(each.id, each.tags)]
    with started(suite, target, options, chosen, None) as this:
        tape = Tape(this.coverage.contract)
        this.coverage = tape
        try:
            examine_all(this, chosen)
        finally:
            if this.tidying:
                this.tidying.finish()
        errors = [each.reason for each in this.results.values() if each.verdict is Verdict.ERROR]
    if not tape.sequences and errors:
        raise Broken(f"{target.base_url}: {errors[0]}")
    return tape.sequences
