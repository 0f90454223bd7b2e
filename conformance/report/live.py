"""The progress of a run at a terminal: one line, written over again and again, and gone at the end."""

from dataclasses import dataclass, field
from typing import TextIO

from conformance.report.characters import in_one_line
from conformance.result import Result
from conformance.verdict import Verdict

CLEAR = "\r\x1b[K"
WIDTH = 78


@dataclass(slots=True)
class Live:
    """Shows on a stream how far the run is; `total` is the number of requirements."""

    stream: TextIO
    total: int
    verdicts: list[Verdict] = field(default_factory=list)

    def examining(self, what: str, requests: int) -> None:
        """Show what is examined now."""
        failed = self.verdicts.count(Verdict.FAIL)
        told = f", {failed} failed" if failed else ""
        line = f"[{len(self.verdicts)}/{self.total}{told}] {in_one_line(what)}, {requests} requests"
        self.stream.write(f"{CLEAR}{line[:WIDTH]}")
        self.stream.flush()

    def judged(self, result: Result) -> None:
        """Count a verdict."""
        self.verdicts.append(result.verdict)

    def end(self) -> None:
        """Leave an empty line for what comes."""
        self.stream.write(CLEAR)
        self.stream.flush()
