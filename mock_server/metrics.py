"""Counts of what a server answered, in the text form that Prometheus reads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = tuple[tuple[str, str], ...]
Sample = tuple[Labels, float]


@dataclass(slots=True)
class Tally:
    """Answers of one kind, and the time they took together."""

    answers: int = 0
    seconds: float = 0.0


class Metrics:
    """Answers of one server by API, operation and status, and the time they took.

    An API has so many operations and statuses, so nobody can make this grow; requests that no operation
    answers count under an empty operation.
    """

    def __init__(self) -> None:
        self._tallies: dict[tuple[str, str, int], Tally] = {}

    def observe(self, api: str, operation: str, status: int, seconds: float) -> None:
        """Counts one answer."""
        tally = self._tallies.get((api, operation, status))
        if tally is None:
            tally = self._tallies[api, operation, status] = Tally()
        tally.answers += 1
        tally.seconds += seconds

    def text(self, gauges: Iterable[tuple[str, str, float]]) -> str:
        """The exposition; `gauges` are name, help and value of what is measured only when somebody asks."""
        lines = [
            *_family("requests_total", "counter", "Answers by operation and status.", self._requests()),
            *_family("request_seconds_total", "counter", "Time that answers took.", self._times()),
        ]
        for name, text, value in gauges:
            lines += _family(name, "gauge", text, [((), value)])
        return "\n".join(lines) + "\n"

    def _requests(self) -> Iterator[Sample]:
        for (api, operation, status), tally in sorted(self._tallies.items(), key=itemgetter(0)):
            yield (("api", api), ("operation", operation), ("status", str(status))), tally.answers

    def _times(self) -> Iterator[Sample]:
        times: defaultdict[tuple[str, str], float] = defaultdict(float)
        for (api, operation, _), tally in self._tallies.items():
            times[api, operation] += tally.seconds
        for (api, operation), seconds in sorted(times.items()):
            yield (("api", api), ("operation", operation)), seconds


def _family(name: str, kind: str, text: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP mock_server_{name} {text}"
    yield f"# TYPE mock_server_{name} {kind}"
    for labels, value in samples:
        inside = ",".join(f'{label}="{_escaped(content)}"' for label, content in labels)
        yield f"mock_server_{name}{f'{{{inside}}}' if inside else ''} {value:.10g}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
