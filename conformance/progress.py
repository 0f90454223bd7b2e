"""What a run tells while it goes on, to whoever wants to show it."""

from typing import Protocol

from conformance.result import Result


class Progress(Protocol):
    """Hears of a run as it goes on."""

    def examining(self, what: str, requests: int) -> None:
        """Hear what is examined now, after so many requests."""
        ...

    def judged(self, result: Result) -> None:
        """Hear a verdict as soon as it is known; the model may still find something against it."""
        ...


class Unheard:
    """Nobody listens."""

    def examining(self, what: str, requests: int) -> None:
        """Say nothing."""

    def judged(self, result: Result) -> None:
        """Say nothing."""
