"""Reads single values out of a target file; every complaint names the key and the reason."""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, TypeGuard

LARGEST = 1_000_000


class TargetError(Exception):
    """A target file that cannot be used: which key, and why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


def toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        TargetError: naming the file and why it cannot be read.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as reason:
        raise TargetError(str(path), f"cannot be read: {reason.strerror}") from reason
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise TargetError(str(path), f"is not TOML: {reason}") from reason


def known_keys(key: str, given: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse keys that nobody reads: they are misspelt."""
    for name in given:
        if name not in known:
            others = f"known are {', '.join(known)}" if known else "there are none for this API"
            raise TargetError(f"{key}.{name}".lstrip("."), f"is not known; {others}")


def table(document: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return the table under the key, or an empty one."""
    found = document.get(key, {})
    if not isinstance(found, dict):
        raise TargetError(key, f"must be a table, written [{key}]")
    return found


def tables(document: Mapping[str, Any], key: str) -> dict[str, dict[str, Any]]:
    """Return the tables under the key, by name."""
    found = table(document, key)
    for name, each in found.items():
        if not isinstance(each, dict):
            raise TargetError(f"{key}.{name}", f"must be a table, written [{key}.{name}]")
    return found


def string(key: str, value: Any) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise TargetError(key, f"must be a text, not {value!r}")
    return value


def boolean(key: str, value: Any) -> bool:
    """Return a truth value."""
    if not isinstance(value, bool):
        raise TargetError(key, f"must be true or false, not {value!r}")
    return value


def number(key: str, value: Any) -> float | None:
    """Return a positive number, or None when it is not given; sockets take no larger time-outs."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LARGEST:
        raise TargetError(key, f"must be a number above 0, and {LARGEST} at most, not {value!r}")
    return float(value)


def whole(key: str, value: Any) -> int | None:
    """Return a whole number from 0, or None when it is not given."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TargetError(key, f"must be a whole number from 0, not {value!r}")
    return value


def organization(name: str, value: Any) -> str | int:
    """Return an organisation's id: a text, or a number where the vendor uses numbers."""
    if not is_id(value):
        raise TargetError(f"organizations.{name}", f"must be an id, not {value!r}")
    return value


def texts(key: str, value: Any) -> tuple[str, ...]:
    """Return a list of texts; a complaint does not show it, for it may be a command with credentials."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TargetError(key, 'must be a list of texts, like ["one", "two"]')
    return tuple(value)


def ids(key: str, value: Any) -> tuple[str, ...]:
    """Return a list of ids as texts; the file may give whole numbers, where the vendor uses numbers."""
    if not isinstance(value, list) or not all(is_id(each) for each in value):
        raise TargetError(key, 'must be a list of ids, like ["one", "two"] or [1, 2]')
    return tuple(map(str, value))


def is_id(value: Any) -> TypeGuard[str | int]:
    """Say whether a value can be the id of a record: a text that is not empty, or a whole number."""
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def file(key: str, path: Any) -> str | None:
    """Return the path of a file that exists, or None when none is given."""
    if path is None:
        return None
    if not Path(string(key, path)).is_file():
        raise TargetError(key, f"there is no file {path}")
    return str(path)


def secret(key: str, value: Any) -> str:
    """Return a credential; what no header can carry is refused without being shown."""
    if not isinstance(value, str) or not value.strip():
        raise TargetError(key, "must be a text that is not empty")
    if value != value.strip():
        raise TargetError(key, "begins or ends with a space, which no HTTP header can carry")
    if not value.isascii() or not value.isprintable():
        raise TargetError(key, "holds characters that no HTTP header can carry")
    return value


def from_environment(key: str, variable: Any, environment: Mapping[str, str]) -> str:
    """Return the token a variable holds; no complaint shows its name, which may be the token."""
    if not isinstance(variable, str) or not variable.strip():
        raise TargetError(key, "must be the name of an environment variable")
    token = environment.get(variable, "")
    if not token:
        raise TargetError(key, "the environment variable that it names is not set")
    return token
