"""Lets a run end early at a moment at which nothing is under way, so that what it created can be deleted."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@dataclass(slots=True)
class Interruption:
    """Whether somebody asked the run to end; it does before its next request."""

    asked: bool = False

    def heed(self) -> None:
        """Raise `KeyboardInterrupt` once the run was asked to end."""
        if self.asked:
            raise KeyboardInterrupt

    def handle(self, _signal: int, _frame: FrameType | None) -> None:
        """Ask the run to end; the second time it ends at once."""
        self.heed()
        self.asked = True
        print("conformance: ending after this request, then cleaning up", file=sys.stderr)


@contextmanager
def heeded() -> Iterator[Interruption]:
    """Turn the signals that end a process into an interruption while the block runs.

    What the process was started to ignore (by `nohup`, or as a job in the background) it goes on to ignore.
    """
    interruption = Interruption()
    known = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    heard = [each for each in known if signal.getsignal(each) is not signal.SIG_IGN]
    here = threading.current_thread() is threading.main_thread()
    before = {each: signal.signal(each, interruption.handle) for each in heard if here}
    try:
        yield interruption
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
