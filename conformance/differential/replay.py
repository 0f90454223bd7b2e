"""Plays the recorded sequences to both deployments alike, and gathers where their replies part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

from conformance import curl, probe
from conformance.client import Http
from conformance.creations import is_granted, made
from conformance.differential.accepted import Accepted
from conformance.differential.comparison import Difference, differences
from conformance.differential.names import Names, of_sequence, of_targets
from conformance.exchange import Exchange, Journal
from conformance.guard import SAFE
from conformance.masking import excerpt, mask
from conformance.options import Options
from conformance.outcome import Broken, BudgetSpent, Skip
from conformance.places import operation_of
from conformance.runner import Run, plain, started
from conformance.suite import Suite
from conformance.target import Target


@dataclass(frozen=True, slots=True)
class Parting:
    """A difference at an operation, how often it was seen, who accepted it, and the requests that first
    showed it.
    """

    operation: str
    difference: Difference
    times: int
    accepted: str
    evidence: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """What became of the requests to one operation."""

    compared: int = 0
    agreed: int = 0
    unreachable: int = 0


@dataclass(slots=True)
class Comparing:
    """The comparison as it goes on."""

    suite: Suite
    left: Target
    right: Target
    accepted: Sequence[Accepted]
    tallies: dict[str, Tally] = field(default_factory=dict)
    partings: dict[tuple[str, Difference, str], Parting] = field(default_factory=dict)
    trouble: str = ""
    contract: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Load the contract once."""
        self.contract = self.suite.contract()

    @property
    def secrets(self) -> dict[str, str]:
        """The credentials of both, with the variables that stand for them."""
        return {**self.right.secrets, **self.left.secrets}

    def compare(
        self, sent: Sequence[Exchange], position: int, left: Exchange, right: Exchange, names: Names
    ) -> None:
        """Compare the replies to one request; `sent` is what went to the left up to it."""
        tally = self.tallies.setdefault(self.operation(left), Tally())
        tally.compared += 1
        found = differences(position, left, right, names)
        accepted = [self.parted(self.operation(left), each, sent) for each in found]
        tally.agreed += all(accepted)

    def parted(self, operation: str, difference: Difference, requests: Sequence[Exchange]) -> str:
        """Note a difference and return why it is accepted, if it is."""
        reason = next((each.reason for each in self.accepted if each.covers(operation, difference)), "")
        key = operation, difference.sort, reason
        known = self.partings.get(key)
        if known:
            self.partings[key] = replace(known, times=known.times + 1)
            return reason
        lines = curl.script(self.left.base_url, relevant(requests), self.left.secrets)
        evidence = tuple(mask(line, self.secrets) for line in lines)
        self.partings[key] = Parting(operation, masked(difference, self.secrets), 1, reason, evidence)
        return reason

    def unreached(self, request: Exchange) -> None:
        """Note a request that needs what the right deployment never gave."""
        self.tallies.setdefault(self.operation(request), Tally()).unreachable += 1

    def operation(self, request: Exchange) -> str:
        """Return the operation of a request; what the contract does not have is named by method and path."""
        path = request.path.removeprefix(self.suite.base_path)
        return operation_of(self.contract, request.method, path) or "no operation"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two deployments, with the names that recorded ones have there."""

    this: Run
    http: Http
    names: Names

    def answer(self, position: int, request: Exchange) -> Exchange | None:
        """Send a recorded request; None where it needs what this deployment never gave, or may not be sent.

        Raises:
            Broken: the deployment has stopped answering.
            BudgetSpent: the run may send nothing more.
        """
        if not (request.status and self.names.reachable(request) and self.names.harmless(request)):
            return None
        sent = self.names.request(request)
        try:
            reply = self.http.send(sent).exchange
        except Skip:
            return None
        except Broken:
            if self.http.guard.down:
                raise
            return sent
        self.names.learn(position, request, reply)
        return reply

    def tidy(self) -> None:
        """Delete what the sequence made here."""
        if self.this.tidying:
            self.this.tidying.after(self.http.journal)


def compared(comparing: Comparing, tape: Iterable[tuple[Exchange, ...]], options: Options) -> None:
    """Play the tape to both deployments; what that creates is deleted."""
    with (
        started(comparing.suite, comparing.left, options, (), None) as left,
        started(comparing.suite, comparing.right, options, (), None) as right,
    ):
        trouble = probe.trouble(plain(right), right.coverage.contract)
        comparing.trouble = mask(trouble, comparing.secrets)
        try:
            for sequence in () if comparing.trouble else tape:
                play(left, right, comparing, sequence)
        except (Broken, BudgetSpent) as reason:
            comparing.trouble = mask(str(reason), comparing.secrets)
        finally:
            for each in (left.tidying, right.tidying):
                if each:
                    each.finish()


def play(left: Run, right: Run, comparing: Comparing, sequence: tuple[Exchange, ...]) -> None:
    """Play one sequence to both, step by step."""
    targets = of_targets(left.target, right.target)
    one, other = side(left, sequence, {}), side(right, sequence, targets)
    names = Names(dict(targets))
    for position, request in enumerate(sequence):
        replies = one.answer(position, request), other.answer(position, request)
        if replies[0] is None or replies[1] is None:
            comparing.unreached(request)
            continue
        names.sent(position, replies[0])
        names.known |= {one.names.known.get(name, name): value for name, value in other.names.known.items()}
        made = one.names.records
        names.records |= {made[name]: value for name, value in other.names.records.items() if name in made}
        comparing.compare([*one.http.journal], position, replies[0], replies[1], names)
    one.tidy()
    other.tidy()


def side(this: Run, sequence: tuple[Exchange, ...], shared: Mapping[str, str]) -> Side:
    """Return one side of a sequence."""
    http = Http(
        this.target,
        this.connection,
        this.suite.base_path,
        authorize=this.suite.authorize,
        budget=this.budget,
        journal=Journal(),
        guard=this.guard,
    )
    return Side(this, http, of_sequence(sequence, shared))


def relevant(requests: Sequence[Exchange]) -> list[Exchange]:
    """Return the last request with those before it that made or changed what it names; a list may show
    everything that was made.
    """
    *before, last = requests
    ids = {id_ for each in before for id_ in made(each)}
    named = {id_ for id_ in ids if curl.uses(id_, curl.written(last))}
    if not named and last.method in SAFE and is_granted(last):
        named = ids
    changes = (each for each in before if each.method not in SAFE)
    return [*(each for each in changes if concerns(each, named)), last]


def concerns(change: Exchange, ids: AbstractSet[str]) -> bool:
    """Say whether a request made or changed one of these records."""
    return not ids.isdisjoint(made(change)) or any(curl.uses(id_, curl.written(change)) for id_ in ids)


def masked(difference: Difference, secrets: Mapping[str, str]) -> Difference:
    """Return the difference without credentials; a deployment may call even a member after one."""
    return replace(
        difference,
        place=mask(difference.place, secrets),
        left=excerpt(difference.left, secrets),
        right=excerpt(difference.right, secrets),
    )


def unused(comparing: Comparing) -> Iterator[Accepted]:
    """Go through what is accepted and was not seen."""
    for each in comparing.accepted:
        if not any(parting.accepted == each.reason for parting in comparing.partings.values()):
            yield each
