"""Generated values: each is a function of the seed and of what it is for, not of who asks first."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from heapq import nsmallest
from typing import Any, TypeVar

from faker import Faker

T = TypeVar("T")
POOL_SIZE = 200
DIGEST_SIZE = 8  # bytes


class Pools:
    """Realistic values made once by Faker. A pool depends on the seed and its kind alone.

    Values are picked from pools by hash: reseeding Faker for each value would cost 70 us.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._faker = Faker("en_US")
        self._made: dict[str, tuple[Any, ...]] = {}
        self._others: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` returned when it was first asked for under this name."""
        if name not in self._others:
            self._others[name] = make()
        made: T = self._others[name]
        return made

    def of(self, kind: str) -> tuple[Any, ...]:
        """`POOL_SIZE` values of one of Faker's providers, named as its method (`sentence`, `file_path`)."""
        if kind not in self._made:
            self._faker.seed_instance(digest(self._seed, "pool", kind))
            provider = getattr(self._faker, kind)
            self._made[kind] = tuple(provider() for _ in range(POOL_SIZE))
        return self._made[kind]


class Draw:
    """Values for the fields of records; `path` says which one: collection, ordinal, field."""

    def __init__(self, seed: int, pools: Pools | None = None) -> None:
        self.seed = seed
        self._pools = pools or Pools(seed)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What is costly to make and a function of the seed alone: made when somebody first asks for it.

        All worlds of the seed share it, so nobody may change it.
        """
        return self._pools.once(name, make)

    def number(self, *path: str | int) -> int:
        """64 random bits."""
        return digest(self.seed, *path)

    def integer(self, low: int, high: int, *path: str | int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.number(*path) % (high - low + 1)

    def fraction(self, *path: str | int) -> float:
        """A number from 0 up to but not including 1."""
        return (self.number(*path) >> 11) / (1 << 53)

    def chance(self, probability: float, *path: str | int) -> bool:
        """True with this probability."""
        return self.fraction(*path) < probability

    def choice(self, options: Sequence[T], *path: str | int) -> T:
        """One of `options`."""
        return options[self.number(*path) % len(options)]

    def sample(self, options: Sequence[T], size: int, *path: str | int) -> list[T]:
        """`size` different ones of `options`, in random order."""
        # The digest of path and position, begun once for all positions.
        begun = blake2b("/".join(map(str, (self.seed, *path, ""))).encode(), digest_size=DIGEST_SIZE)

        def rank(position: int) -> bytes:
            whole = begun.copy()
            whole.update(b"%d" % position)
            return whole.digest()

        return [options[position] for position in nsmallest(size, range(len(options)), rank)]

    def text(self, kind: str, *path: str | int) -> str:
        """A realistic text of one of Faker's kinds (`sentence`, `catch_phrase`)."""
        return str(self.choice(self._pools.of(kind), *path))

    def hexadecimal(self, length: int, *path: str | int) -> str:
        """`length` lower-case hexadecimal digits, at most 64."""
        text = "/".join(map(str, (self.seed, *path)))
        return blake2b(text.encode(), digest_size=32).hexdigest()[:length]

    def uuid(self, *path: str | int) -> str:
        """A UUID of version 4 form (RFC 9562, 5.4)."""
        digits = self.hexadecimal(32, *path)
        variant = "89ab"[int(digits[16], 16) % 4]
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"

    def before(self, end: datetime, within: timedelta, *path: str | int) -> datetime:
        """An instant in the time `within` before `end`, to the second."""
        return end - timedelta(seconds=self.integer(0, int(within.total_seconds()), *path))


def digest(*path: str | int) -> int:
    """64 bits from a path of names and numbers, the same on every machine."""
    text = "/".join(map(str, path))
    return int.from_bytes(blake2b(text.encode(), digest_size=DIGEST_SIZE).digest())
