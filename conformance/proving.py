"""Proves the failure of a scripted requirement by sending its requests again, and leaves out reads it can do
without.

Requests that may change something are never left out: without one of them another reply might only look like
the failure. What recognises it is the requirement's own function, which hears the replies of the replay.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from conformance.client import Http
from conformance.exchange import Exchange
from conformance.fitness import gateways
from conformance.guard import SAFE, Guard
from conformance.leftovers import without
from conformance.outcome import Breach, Broken
from conformance.reducing import Send, Steps, paired, renamed, substituted
from conformance.reply import Reply
from conformance.requirement import Requirement

REPLAYS = 8
LONGEST = 60  # requests; a longer one is told as it was


def nothing(_: Steps) -> frozenset[str]:
    """Tell of nothing that is left over."""
    return frozenset()


@dataclass(slots=True)
class Playback(Http):
    """Answers the requests of a requirement with these replies, in order; `live` guards what is real."""

    answers: Sequence[Exchange] = ()
    heard: int = 0
    live: Guard = field(default_factory=Guard)
    real: bool = False

    def send(self, request: Exchange) -> Reply:
        """Return the next reply.

        Raises:
            Broken: there are no more.
        """
        if self.real:
            return Http.send(self, request)
        if self.heard == len(self.answers):
            raise Broken("the replay took another way")
        self.heard += 1
        return Reply(self.answers[self.heard - 1])

    def undo(self) -> None:
        """Delete, in earnest, what the requirement deletes afterwards."""
        self.real, self.guard = True, self.live
        self.clean_up()


@dataclass(slots=True)
class Prover:
    """Replays what a requirement sent; its function hears the replies by `client`, the API's, on `playback`.

    `name` is what the names of its records were made of, `tidy` deletes what a replay created, `left_over`
    tells the ids of what the run made, but not this replay: the failure has to show without them.
    """

    requirement: Requirement
    name: str
    send: Send
    playback: Callable[[str, Sequence[Exchange]], Playback]
    client: Callable[[Http], object]
    tidy: Callable[[Steps], object] = tuple
    left_over: Callable[[Steps], frozenset[str]] = nothing
    left: int = REPLAYS

    def shortest(self, recorded: Steps, expected: str) -> Steps | None:
        """Return the shortest sequence found that breaks the requirement as it was broken, as replayed; None
        when not even the whole one does.
        """
        if not recorded or len(recorded) > LONGEST:
            return None
        kept = frozenset(range(len(recorded)))
        best = self._replayed(recorded, kept, expected)
        reads = [place for place in sorted(kept)[:-1] if recorded[place].method in SAFE]
        size = len(reads)
        while best and size:
            for start in range(0, len(reads), size):
                fewer = kept - set(reads[start : start + size])
                shown = self._replayed(recorded, fewer, expected) if fewer != kept else None
                best, kept = (shown, fewer) if shown else (best, kept)
            size //= 2
        return best

    def _replayed(self, recorded: Steps, kept: frozenset[int], expected: str) -> Steps | None:
        """Send the kept requests again, and return them when the requirement is broken by the replies."""
        if self.left <= 0:
            return None
        self.left -= 1
        play = Play()
        for place in sorted(kept):
            if not play.step(place, recorded[place], self.send):
                break
        done = tuple(play.done.values())
        whole = len(done) == len(kept) and not gateways(done)
        shown = whole and self._shown(play.heard(recorded), done, play.names, expected)
        self.tidy(done)
        return done if shown else None

    def _shown(self, heard: Steps, done: Steps, names: Mapping[str, str], expected: str) -> bool:
        """Say whether the replies break the requirement, also without what earlier requests left over."""
        alone = without(heard, self.left_over(done))
        return self._breaks(heard, names, expected) and (
            alone == heard or self._breaks(alone, names, expected)
        )

    def _breaks(self, answers: Sequence[Exchange], names: Mapping[str, str], expected: str) -> bool:
        """Say whether the requirement is broken by the last of these replies, as it was."""
        http = self.playback(self.name, answers)
        try:
            if self.requirement.check:
                self.requirement.check(self.client(http))
        except Breach as breach:
            same = anonymous(breach.expected, names) == anonymous(expected, names)
            return same and http.heard == len(answers)
        except Exception:  # noqa: BLE001  # whatever else it is, it is not this failure
            return False
        finally:
            http.undo()
        return False


@dataclass(slots=True)
class Play:
    """One replay: the exchanges by their place, and which id of then is which id of now."""

    done: dict[int, Exchange] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def step(self, place: int, recorded: Exchange, send: Send) -> bool:
        """Send one request; say whether a reply came."""
        got = send(renamed(recorded, self.names))
        if got is None:
            return False
        self.done[place] = got
        self.names |= paired(recorded, got)
        return True

    def heard(self, recorded: Steps) -> Steps:
        """Return the reply to each request: of now, or of then with the ids of now."""
        return tuple(self.done.get(place) or of_now(each, self.names) for place, each in enumerate(recorded))


def of_now(exchange: Exchange, names: Mapping[str, str]) -> Exchange:
    """Return an exchange of then with the ids of now."""
    text = exchange.reply_body.decode("utf-8", "surrogateescape")
    for old, new in names.items():
        text = substituted(text, old, new)
    return Exchange(
        exchange.method,
        exchange.target,
        exchange.headers,
        exchange.body,
        exchange.status,
        exchange.reply_headers,
        text.encode("utf-8", "surrogateescape"),
    )


def anonymous(text: str, names: Mapping[str, str]) -> str:
    """Return a text without the ids of then and now, which may differ."""
    for id_ in sorted({*names, *names.values()}, key=len, reverse=True):
        text = text.replace(id_, "...")
    return text
