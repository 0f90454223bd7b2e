"""What every request of a run passes, whichever layer sends it: may it be sent, and who sees its reply."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from conformance.exchange import Exchange
from conformance.fitness import heard, is_refusal, misfit
from conformance.interruption import Interruption
from conformance.outcome import Broken, Skip

SAFE = ("GET", "HEAD", "OPTIONS")
FAILURES = 3

Observer = Callable[[Exchange], None]


@dataclass(slots=True)
class Guard:
    """Holds back what may not be sent, and shows each exchange to the observers, also one without a reply.

    `announce` is shown each request before it is sent, and may keep it from that by raising `Broken`.
    `is_deleted` says whether the deletion of what is at a path was granted.
    `trouble` says why the deployment can no longer be judged. It is asked when several requests in a row got
    no reply, or one that is hardly the API's where it is `wary`: of refusals the more seldom, the more often
    they turned out to be meant.
    """

    read_only: bool = False
    interruption: Interruption = field(default_factory=Interruption)
    observers: tuple[Observer, ...] = ()
    announce: Observer | None = None
    is_deleted: Callable[[str], bool] = lambda _: False
    trouble: Callable[[], str] = lambda: ""
    wary: bool = False
    failures: int = 0
    refusals: int = 0
    patience: int = FAILURES
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

    def sending(self, request: Exchange) -> None:
        """Announce a request that is about to be sent.

        Raises:
            Broken: it must not be sent, nor any other.
        """
        if self.announce:
            try:
                with self.lock:
                    self.announce(request)
            except Broken as reason:
                self.down = str(reason)
                raise

    def answered(self, exchange: Exchange) -> None:
        """Show an exchange to the observers, and doubt the deployment when it is no longer itself.

        What a gateway answered may have been carried out, as what got no reply may.
        """
        self._show(heard(exchange))
        if self.wary and misfit(exchange):
            self._failed()
        elif self.wary and is_refusal(exchange):
            self._refused()
        else:
            self.failures = self.refusals = 0

    def unanswered(self, request: Exchange, reason: str) -> None:
        """Note that no usable reply came, though the request may have been carried out; after several of
        them find out whether any will.
        """
        self._show(request)
        self._failed(reason)

    @property
    def unsure(self) -> bool:
        """Whether nothing has shown, since the latest doubtful reply, that the deployment is still there."""
        return bool(self.down or self.failures or self.refusals)

    def look(self, reason: str = "") -> str:
        """Find out whether the deployment can still be judged; return why not, empty when it can. A `reason`
        to doubt it is told in the place of what the look showed.
        """
        said = "" if self.down else self.trouble()
        if said:
            self.down = f"the target has stopped answering as it did before: {reason or said}"
        self.failures = self.refusals = 0
        return self.down

    def try_again(self) -> None:
        """Let requests pass once more to a deployment that had stopped answering, until one gets no reply."""
        if self.down:
            self.down, self.failures = "", FAILURES - 1

    def _failed(self, reason: str = "") -> None:
        self.failures += 1
        if self.failures >= FAILURES:
            self.look(reason)

    def _refused(self) -> None:
        self.refusals += 1
        if self.refusals >= self.patience:
            self.patience *= 2
            self.look()

    def _show(self, exchange: Exchange) -> None:
        with self.lock:
            for observe in self.observers:
                observe(exchange)
