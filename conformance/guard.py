"""What every request of a run passes, whichever layer sends it: may it be sent, and who sees its reply."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.exchange import Exchange
from conformance.interruption import Interruption
from conformance.outcome import Broken, Skip

SAFE = ("GET", "HEAD", "OPTIONS")
FAILURES = 3

Observer = Callable[[Exchange], None]


@dataclass(slots=True)
class Guard:
    """Holds back what may not be sent, and shows each exchange to the observers, also one without a reply.

    `alive` says whether the deployment still answers; it is asked when several requests got no reply.
    """

    read_only: bool = False
    interruption: Interruption = field(default_factory=Interruption)
    observers: tuple[Observer, ...] = ()
    alive: Callable[[], bool] = lambda: True
    failures: int = 0
    down: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def permit(self, method: str) -> None:
        """Let a request pass.

        Raises:
            Skip: it might change something, and the run is read-only.
            Broken: the deployment has stopped answering.
            KeyboardInterrupt: the run is to end.
        """
        self.interruption.heed()
        if self.read_only and method not in SAFE:
            raise Skip(f"the run is read-only, and this needs {method}")
        if self.down:
            raise Broken(self.down)

    def answered(self, exchange: Exchange) -> None:
        """Show an exchange to the observers."""
        self.failures = 0
        self._show(exchange)

    def unanswered(self, request: Exchange, reason: str) -> None:
        """Note that no usable reply came, though the request may have been carried out; after several of
        them find out whether any will.
        """
        self._show(request)
        self.failures += 1
        if self.failures >= FAILURES:
            self.failures = 0
            if not self.alive():
                self.down = f"the target has stopped answering: {reason}"

    def _show(self, exchange: Exchange) -> None:
        with self.lock:
            for observe in self.observers:
                observe(exchange)
