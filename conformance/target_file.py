"""Reads a target file (TOML) into a `Target`; every complaint names the key and the reason."""

import re
import subprocess
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from conformance.target import Actor, Hook, Limits, Target, is_loopback, url_problem

KEYS = (
    "api", "base_url", "consent",
    "actors", "organizations", "known", "settings", "hooks", "features", "limits",
)  # fmt: skip
CREDENTIALS = ("token", "token_env", "token_command")
LIMITS = ("rate", "max_time", "max_requests", "credits")
RATE = re.compile(r"(\d+(?:\.\d+)?)/(s|m|h)")
SECONDS = {"s": 1, "m": 60, "h": 3600}
COMMAND_TIME = 30


class TargetError(Exception):
    """A target file that cannot be used: which key, and why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


def read(path: Path, api: str, environment: Mapping[str, str]) -> Target:
    """Read the target file for one API; tokens come from it, from the environment, or from a command.

    Raises:
        TargetError: naming the key and the reason.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as reason:
        raise TargetError(str(path), f"cannot be read: {reason.strerror}") from reason
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise TargetError(str(path), f"is not TOML: {reason}") from reason
    return parse(document, api, environment)


def parse(document: Mapping[str, Any], api: str, environment: Mapping[str, str]) -> Target:
    """Turn the parsed file into a target.

    Raises:
        TargetError: naming the key and the reason.
    """
    known_keys("", document, KEYS)
    if document.get("api", api) != api:
        raise TargetError("api", f"the file is for {document['api']!r}, but {api!r} is to be examined")
    return Target(
        base_url=base_url(document),
        actors={name: actor(name, each, environment) for name, each in tables(document, "actors").items()},
        organizations={
            name: organization(name, each) for name, each in table(document, "organizations").items()
        },
        known={name: texts(f"known.{name}", each) for name, each in table(document, "known").items()},
        settings=table(document, "settings"),
        hooks={name: hook(name, each) for name, each in tables(document, "hooks").items()},
        features={
            name: boolean(f"features.{name}", each) for name, each in table(document, "features").items()
        },
        limits=limits(table(document, "limits")),
    )


def base_url(document: Mapping[str, Any]) -> str:
    """Return the base URL; a deployment that is not on this machine needs the owner's consent."""
    if "base_url" not in document:
        raise TargetError("base_url", "is missing; give the part of the URL before the vendor's base path")
    url = string("base_url", document["base_url"]).rstrip("/")
    problem = url_problem(url)
    if problem:
        raise TargetError("base_url", problem)
    if not boolean("consent", document.get("consent", False)) and not is_loopback(url):
        raise TargetError("consent", f"set `consent = true` to say that you may test {url}")
    return url


def actor(name: str, given: Mapping[str, Any], environment: Mapping[str, str]) -> Actor:
    """Return an actor with the token its one credential key leads to."""
    key = f"actors.{name}"
    known_keys(key, given, CREDENTIALS)
    if len(given) != 1:
        raise TargetError(key, "give exactly one of token, token_env and token_command")
    if "token" in given:
        return Actor(name, string(f"{key}.token", given["token"]))
    if "token_env" in given:
        return Actor(name, from_environment(f"{key}.token_env", given["token_env"], environment))
    return Actor(name, from_command(f"{key}.token_command", given["token_command"]))


def from_environment(key: str, variable: Any, environment: Mapping[str, str]) -> str:
    """Return the token an environment variable holds."""
    token = environment.get(string(key, variable), "")
    if not token:
        raise TargetError(key, f"the environment variable {variable} is not set")
    return token


def from_command(key: str, command: Any) -> str:
    """Return what the command prints; the command is not given to a shell."""
    words = texts(key, command)
    if not words:
        raise TargetError(key, "is empty; give the program and its arguments")
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=COMMAND_TIME, check=True)
    except (OSError, subprocess.SubprocessError) as reason:
        raise TargetError(key, f"{words[0]} did not give a token: {type(reason).__name__}") from reason
    if not done.stdout.strip():
        raise TargetError(key, f"{words[0]} printed nothing; it should print the token")
    return done.stdout.strip()


def hook(name: str, given: Mapping[str, Any]) -> Hook:
    """Return a test-only means of the deployment."""
    key = f"hooks.{name}"
    known_keys(key, given, ("method", "url", "body"))
    for needed in ("method", "url"):
        if needed not in given:
            raise TargetError(f"{key}.{needed}", "is missing")
    return Hook(*(string(f"{key}.{each}", given.get(each, "")) for each in ("method", "url", "body")))


def limits(given: Mapping[str, Any]) -> Limits:
    """Return what a run may ask of the deployment."""
    known_keys("limits", given, LIMITS)
    return Limits(
        rate=rate(given["rate"]) if "rate" in given else None,
        max_time=number("limits.max_time", given.get("max_time")),
        max_requests=whole("limits.max_requests", given.get("max_requests")),
        credits=whole("limits.credits", given.get("credits")),
    )


def rate(given: Any) -> float:
    """Return the requests per second a text such as `20/s` allows."""
    match = RATE.fullmatch(string("limits.rate", given))
    if not match or float(match[1]) == 0:
        raise TargetError("limits.rate", f"{given!r} is not a rate; write 20/s, 600/m or 1000/h")
    return float(match[1]) / SECONDS[match[2]]


def known_keys(key: str, given: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse keys that nobody reads: they are misspelt."""
    for name in given:
        if name not in known:
            raise TargetError(f"{key}.{name}".lstrip("."), f"is not known; known are {', '.join(known)}")


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
    """Return a positive number, or None when it is not given."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise TargetError(key, f"must be a number above 0, not {value!r}")
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
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TargetError(f"organizations.{name}", f"must be an id, not {value!r}")
    return value


def texts(key: str, value: Any) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TargetError(key, f"must be a list of texts, not {value!r}")
    return tuple(value)
