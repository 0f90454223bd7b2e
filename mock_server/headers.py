"""Headers of requests and answers, between text and the bytes that ASGI wants."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar, overload

T = TypeVar("T")
RawHeaders = Sequence[tuple[bytes, bytes]]
Fields = Mapping[bytes, bytes]  # by lower-case name, as they were sent


class RequestHeaders(Mapping[str, str]):
    """Headers by lower-case name as text, decoded when somebody asks: most that are sent nobody reads."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Fields) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> str:
        return self._fields[name.encode("latin-1")].decode("latin-1")

    @overload
    def get(self, name: str, /) -> str | None: ...
    @overload
    def get(self, name: str, default: T, /) -> str | T: ...
    def get(self, name: str, default: Any = None, /) -> Any:
        """The value, or `default`."""
        value = self._fields.get(name.encode("latin-1"))
        return default if value is None else value.decode("latin-1")

    def __iter__(self) -> Iterator[str]:
        return (name.decode("latin-1") for name in self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as ASGI wants them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def decoded(headers: RawHeaders) -> list[tuple[str, str]]:
    """Headers as text, in their order."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]


def packed(headers: RawHeaders) -> bytes:
    """Headers in one piece: kept for long, many small objects cost more than the bytes in them."""
    return b"\n".join(chain.from_iterable(headers))


def unpacked(headers: bytes) -> list[tuple[str, str]]:
    """What `packed` was given, as text."""
    parts = headers.decode("latin-1").split("\n") if headers else []
    return list(zip(parts[::2], parts[1::2], strict=False))
