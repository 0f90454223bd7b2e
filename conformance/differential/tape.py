"""What a run sent to one deployment, in sequences that hang together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from conformance.coverage import Coverage
from conformance.creations import made
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
    """Keeps every sequence that the layers of a run account for; `makers` are the creations by the ids that
    they gave.
    """

    sequences: list[Sequence] = field(default_factory=list)
    makers: dict[str, Exchange] = field(default_factory=dict)

    def add(self, base_path: str, exchanges: Iterable[Exchange]) -> None:
        """Keep a sequence, and count it; one that names what an earlier one made makes that itself."""
        kept = tuple(exchanges)
        if kept:
            self.sequences.append((*self._led_to(kept), *kept))
        self.makers |= {id_: each for each in kept for id_ in made(each)}
        Coverage.add(self, base_path, kept)

    def _led_to(self, sequence: Sequence) -> Iterator[Exchange]:
        """Go through the earlier creations of what a sequence names and does not make."""
        named = {unquote(step) for each in sequence for step in each.path.split("/")}
        own = {id_ for each in sequence for id_ in made(each)}
        return (self.makers[id_] for id_ in sorted((named & self.makers.keys()) - own))


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
