"""Which part of a run one of several machines does; together they do exactly one run."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conformance.requirement import Requirement


@dataclass(frozen=True, slots=True)
class Shard:
    """The part with this number, from 1, of so many.

    All generated requirements are judged by one pass of the generator, which takes longer than the scripts:
    the first part does that, and the others share the scripts. So requests are those of a whole run.
    """

    number: int = 1
    count: int = 1

    def of(self, requirements: Sequence[Requirement]) -> list[Requirement]:
        """Return the requirements of this part, in their order."""
        if self.count == 1:
            return list(requirements)
        if self.number == 1:
            return [each for each in requirements if each.findings]
        return [each for each in requirements if each.check][self.number - 2 :: self.count - 1]

    def __str__(self) -> str:
        """Write it as on the command line; nothing for a whole run."""
        return "" if self.count == 1 else f"{self.number}/{self.count}"


def parse(text: str) -> Shard:
    """Read `I/N`.

    Raises:
        ValueError: it is not of that form, or there is no such part.
    """
    match = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", text)
    if match is None or int(match[1]) > int(match[2]):
        raise ValueError(f"{text!r} is not I/N with 1 <= I <= N, for example 2/4")
    return Shard(int(match[1]), int(match[2]))
