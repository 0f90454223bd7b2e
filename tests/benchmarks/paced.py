"""Load at a fixed rate, for the time of single answers: `python -m tests.benchmarks.paced URL RATE SECONDS`.

An open loop: requests are due at even intervals, whatever the server does, and an answer's time counts from
when its request was due, as in wrk2. (h2load sends from all its connections at once, wrk and hey wait for
answers.)
"""

import json
import socket
import sys
from argparse import ArgumentParser
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from selectors import EVENT_READ, DefaultSelector
from time import perf_counter
from urllib.parse import urlsplit

from tests.benchmarks.load import CONNECTIONS

PATIENCE = 5.0
NAP = 0.002  # shorter waits are spun through: a selector wakes up a millisecond late


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles in milliseconds, of this many answers."""

    p50: float
    p99: float
    answers: int


class Connection:
    """One kept-alive connection, with at most one request under way."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.due = 0.0
        self._buffer = b""

    def send(self, request: bytes, due: float) -> None:
        """Sends a request that was due at that time."""
        self.due = due
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Reads what is there; whether the answer is complete. Raises `SystemExit` for an error."""
        received = self.socket.recv(1 << 18)
        self._buffer += received
        if not received or not b"HTTP/1.1 2".startswith(self._buffer[:10]):
            raise SystemExit(f"unexpected answer: {self._buffer[:200]!r}")
        if not is_complete(self._buffer):
            return False
        self._buffer = b""
        return True


def is_complete(answer: bytes) -> bool:
    """Whether these bytes are a whole answer, with a length or chunked."""
    head, end, body = answer.partition(b"\r\n\r\n")
    if not end:
        return False
    _, found, length = head.lower().partition(b"\r\ncontent-length:")
    if found:
        return len(body) >= int(length.partition(b"\r\n")[0])
    return answer.endswith(b"\r\n0\r\n\r\n")


def measure(address: tuple[str, int], request: bytes, rate: float, seconds: float) -> list[float]:
    """Seconds that each answer took. What is not there `PATIENCE` after the end took until then."""
    connections = [Connection(address) for _ in range(CONNECTIONS)]
    with DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection.socket, EVENT_READ, connection)
        start, total = perf_counter(), round(rate * seconds)
        due = deque(start + number / rate for number in range(total))
        free = deque(connections)
        took = _exchange(selector, free, request, due, until=start + seconds + PATIENCE)
        under_way = [connection.due for connection in connections if connection not in free]
        took += [perf_counter() - each for each in (*under_way, *due)]
    for connection in connections:
        connection.socket.close()
    return took


def _exchange(
    selector: DefaultSelector, free: deque[Connection], request: bytes, due: deque[float], until: float
) -> list[float]:
    took: list[float] = []
    under_way = 0
    while (due or under_way) and (now := perf_counter()) < until:
        while free and due and due[0] <= now:
            free.popleft().send(request, due.popleft())
            under_way += 1
        for key, _ in selector.select(_nap(due[0] - now) if due else PATIENCE):
            if key.data.receive():
                took.append(perf_counter() - key.data.due)
                free.append(key.data)
                under_way -= 1
    return took


def latency(seconds: Sequence[float]) -> Latency:
    """The percentiles: the smallest time that so many answers did not exceed."""
    ordered = sorted(seconds)

    def percentile(share: float) -> float:
        return ordered[ceil(share * len(ordered)) - 1] * 1000

    return Latency(percentile(0.5), percentile(0.99), len(ordered))


def request_bytes(method: str, url: str, body: str) -> bytes:
    """A request as it goes over the wire."""
    address = urlsplit(url)
    target = address.path + (f"?{address.query}" if address.query else "")
    fields = [f"{method} {target} HTTP/1.1", f"Host: {address.netloc}"]
    if body:
        fields += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join((*fields, "", body)).encode()


def main() -> None:
    """Measures, and prints the percentiles as JSON."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("rate", type=float)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--method", default="GET")
    parser.add_argument("--body", default="")
    options = parser.parse_args()
    parts = urlsplit(options.url)
    address = (parts.hostname or "", parts.port or 80)
    request = request_bytes(options.method, options.url, options.body)
    json.dump(asdict(latency(measure(address, request, options.rate, options.seconds))), sys.stdout)


def _nap(seconds: float) -> float:
    return seconds - NAP / 2 if seconds > NAP else 0


if __name__ == "__main__":
    main()
