"""From the URL of a request to the API it means: host label, namespace segment, prefix."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

CONTROL_PREFIX = "/__admin"
CONTROL_SEGMENT = CONTROL_PREFIX[1:]
LOCALHOST = ".localhost"
# What a locator or a router remembers: so many, none longer than that, so that nobody can fill the memory.
REMEMBERED, LONGEST = 1024, 256


class Address(NamedTuple):
    """Where a request goes.

    `prefix` is what led to the API and extends the `root_path` (decoded, as ASGI has it); `path` is what is
    left, still percent-encoded; `api` is None where no API is meant, `namespace` where the path names none.
    """

    api: str | None
    namespace: str | None
    prefix: str
    path: str
    is_control: bool = False


class Locator:
    """Finds the addresses of requests as they come in, and remembers the latest ones."""

    def __init__(self, apis: Sequence[str]) -> None:
        self._apis = tuple(apis)
        self._remembered = lru_cache(REMEMBERED)(self._located)

    @property
    def remembered(self) -> int:
        """How many addresses it remembers."""
        return self._remembered.cache_info().currsize

    def locate(self, path: bytes, host: bytes) -> Address:
        """See `locate`."""
        find = self._remembered if len(path) + len(host) <= LONGEST else self._located
        return find(path, host)

    def _located(self, path: bytes, host: bytes) -> Address:
        return locate(path.decode("latin-1"), host.decode("latin-1"), self._apis)


def locate(path: str, host: str, apis: Sequence[str]) -> Address:
    """The address of a percent-encoded `path` at `host`, among the names of the APIs that are served.

    `/~<namespace>` may stand in front. Then `<api>.localhost` is that API at the vendor's own path,
    `/<api>` is a prefix to it, and where only one API is served it needs neither.
    """
    namespace, prefix, rest = _split_namespace(path) if path[1:2] in ("~", "%") else (None, "", path)
    first, _, below = rest[1:].partition("/")
    if first == CONTROL_SEGMENT:
        return Address(None, namespace, prefix, rest, is_control=True)
    if (label := _label(host)) in apis:
        return Address(label, namespace, prefix, rest)
    name = unquote(first) if "%" in first else first
    if name in apis:
        return Address(name, namespace, f"{prefix}/{name}", f"/{below}")
    return Address(apis[0] if len(apis) == 1 else None, namespace, prefix, rest)


def _label(host: str) -> str | None:
    name = host.lower()
    if LOCALHOST not in name:  # as in most requests
        return None
    name = name.partition(":")[0]
    return name.removesuffix(LOCALHOST) if name.endswith(LOCALHOST) else None


def _split_namespace(path: str) -> tuple[str | None, str, str]:
    first, _, rest = path[1:].partition("/")
    name = unquote(first)
    if not name.startswith("~"):
        return None, "", path
    return name[1:], f"/{name}", f"/{rest}"
