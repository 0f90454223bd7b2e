"""The model layer: a shadow model of each API watches every exchange of a run and suspects broken promises.

A model is pure: it knows what the exchanges so far have shown, and sends nothing. What it suspects of a read
is looked at again before anybody is accused, for a deployment may be a moment late.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from conformance.exchange import Exchange
from conformance.misshapen import Shapes

LOOKS = 4
LONGEST_HISTORY = 400


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What an exchange seems to break: the requirement, the record it is about, what was expected and got.

    `earlier` are exchanges it contradicts, where they do not show by the record's name in a request.
    """

    requirement: str
    record: str
    expected: str
    got: str
    earlier: tuple[Exchange, ...] = ()


class Model(Protocol):
    """What a shadow model offers."""

    def watch(self, exchange: Exchange) -> Iterable[Suspicion]:
        """Take an exchange in and say what it seems to break."""
        ...

    def forget(self, record: str) -> None:
        """Know nothing of a record any more, so that one fault is told once."""
        ...

    @property
    def transitions(self) -> Counter[str]:
        """How often an operation led from one state to another, as `created > send_message > active`."""
        ...


@dataclass(frozen=True, slots=True)
class Careful:
    """A model that learns nothing from a reply it trips over, if that is not as the contract has it."""

    model: Model
    shapes: Shapes

    def watch(self, exchange: Exchange) -> Iterable[Suspicion]:
        """Take an exchange in, if it can be read, and say what it seems to break."""
        try:
            return list(self.model.watch(exchange))
        except (AttributeError, LookupError, TypeError, ValueError):
            if not self.shapes.wrong(exchange):
                raise
            return []

    def forget(self, record: str) -> None:
        """Know nothing of a record any more."""
        self.model.forget(record)

    @property
    def transitions(self) -> Counter[str]:
        """How often an operation led from one state to another."""
        return self.model.transitions


@dataclass(frozen=True, slots=True)
class Violation:
    """A suspicion that held, with the exchanges that have to do with its record."""

    suspicion: Suspicion
    exchanges: tuple[Exchange, ...]


@dataclass(slots=True)
class Watcher:
    """Shows a model every exchange and keeps the first violation of each requirement.

    `again` sends a read once more and returns what came, or None when nothing did.
    """

    model: Model
    requirements: frozenset[str]
    again: Callable[[Exchange], Exchange | None]
    found: dict[str, Violation] = field(default_factory=dict)
    history: deque[Exchange] = field(default_factory=lambda: deque(maxlen=LONGEST_HISTORY))

    def observe(self, exchange: Exchange) -> None:
        """Take an exchange in."""
        self.history.append(exchange)
        for suspicion in list(self.model.watch(exchange)):
            # The first violation of each is told; looking at others again would cost time for nothing.
            if suspicion.requirement in self.requirements - self.found.keys():
                self._look_closer(suspicion, exchange)

    def _look_closer(self, suspicion: Suspicion, exchange: Exchange) -> None:
        """Keep the suspicion if it holds, and let the model learn the record anew."""
        if self._holds(suspicion, exchange):
            about = concerning(suspicion, tuple(self.history))
            self.found[suspicion.requirement] = Violation(suspicion, about)
        self.model.forget(suspicion.record)

    def _holds(self, suspicion: Suspicion, exchange: Exchange) -> bool:
        if exchange.method != "GET":
            return True
        for _ in range(LOOKS - 1):
            later = self.again(exchange)
            if later is None or suspicion.requirement not in {
                each.requirement for each in self.model.watch(later)
            }:
                return False
        return True


def concerning(suspicion: Suspicion, history: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """Return what it contradicts, what names its record in request or reply, and the last exchange."""
    name, earlier = suspicion.record.encode(), suspicion.earlier
    forgotten = tuple(each for each in earlier if each not in history)
    return forgotten + tuple(
        each
        for position, each in enumerate(history)
        if position == len(history) - 1
        or each in earlier
        or name in each.target.encode()
        or (each.method != "GET" and name in each.reply_body)
    )
