"""One entry of `[settings]` in a target file or a profile: what a vendor document leaves open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from conformance.target_values import TargetError, known_keys, string, texts


@dataclass(frozen=True, slots=True)
class Setting:
    """What a deployment may say: under which name, how it is written in TOML, and what it is for.

    `check` gets the key and the value, and raises `TargetError` for one that requirements cannot use.
    """

    name: str
    check: Callable[[str, Any], object]
    example: str
    note: str


def checked(given: Mapping[str, Any], settings: Sequence[Setting]) -> Mapping[str, Any]:
    """Return the settings that a target file or a profile gives.

    Raises:
        TargetError: one is not declared, or not of its kind.
    """
    known_keys("settings", given, [each.name for each in settings])
    for each in settings:
        if each.name in given:
            each.check(f"settings.{each.name}", given[each.name])
    return given


def filled(key: str, value: Any) -> str:
    """Return a text that is not empty."""
    if not string(key, value).strip():
        raise TargetError(key, "must be a text that is not empty")
    return str(value)


def all_filled(key: str, value: Any) -> tuple[str, ...]:
    """Return a list of texts that are not empty, at least one."""
    if not texts(key, value):
        raise TargetError(key, "is empty; leave it out, or name one")
    return tuple(filled(key, each) for each in value)


def urls(key: str, value: Any) -> tuple[str, ...]:
    """Return a list of http(s) URLs."""
    for each in texts(key, value):
        parts = urlsplit(each)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise TargetError(key, f"{each!r} is not an http(s) URL")
    return tuple(value)
