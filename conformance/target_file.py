"""Reads a target file (TOML) into a `Target`; every complaint names the file, the key and the reason.

`[connection]` and `[headers]` are read in `target_connection.py`.
"""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from conformance import apis, declared, setting
from conformance.suite import Suite
from conformance.target import Actor, Hook, Limits, Target, is_loopback, url_problem
from conformance.target_connection import connection, headers
from conformance.target_values import (
    TargetError,
    boolean,
    from_environment,
    ids,
    known_keys,
    number,
    organization,
    secret,
    string,
    table,
    tables,
    texts,
    toml,
    whole,
)

KEYS = (
    "api", "base_url", "consent",
    "actors", "organizations", "known", "settings", "hooks", "features", "limits",
    "connection", "headers",
)  # fmt: skip
CREDENTIALS = ("token", "token_env", "token_command")
LIMITS = ("rate", "max_time", "max_requests", "credits")
RATE = re.compile(r"(\d+(?:\.\d+)?)/(s|m|h)")
SECONDS = {"s": 1, "m": 60, "h": 3600}
COMMAND_TIME = 30


def read(path: Path, api: str, environment: Mapping[str, str]) -> Target:
    """Read the target file for one API; tokens come from it, from the environment, or from a command.

    Raises:
        TargetError: naming the file, the key and the reason.
    """
    document = toml(path)
    try:
        return replace(parse(document, api, environment), source=str(path.resolve()))
    except TargetError as problem:
        raise TargetError(f"{path}: {problem.key}", problem.reason) from problem


def parse(document: Mapping[str, Any], api: str, environment: Mapping[str, str]) -> Target:
    """Turn the parsed file into a target.

    Raises:
        TargetError: naming the key and the reason.
    """
    known_keys("", document, KEYS)
    suite = apis.suite(api)
    if document.get("api", api) != api:
        raise TargetError("api", f"the file is for {document['api']!r}, but {api!r} is to be examined")
    return Target(
        base_url=base_url(document),
        actors=actors(tables(document, "actors"), suite, environment),
        organizations=organizations(table(document, "organizations"), suite),
        known=known(table(document, "known"), suite),
        settings=setting.checked(table(document, "settings"), suite.settings),
        hooks=hooks(tables(document, "hooks"), suite, boolean("consent", document.get("consent", False))),
        features=features(table(document, "features"), suite),
        limits=limits(table(document, "limits")),
        connection=connection(
            table(document, "connection"), headers(table(document, "headers"), suite, environment)
        ),
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


def actors(
    given: Mapping[str, Mapping[str, Any]], suite: Suite, environment: Mapping[str, str]
) -> dict[str, Actor]:
    """Return the actors by name; two with one credential are refused, for nothing could tell them apart."""
    known_keys("actors", given, declared.actors(suite))
    found = {name: actor(name, each, environment) for name, each in given.items()}
    first: dict[str, str] = {}
    for name, each in found.items():
        other = first.setdefault(each.token, name)
        if other != name:
            raise TargetError(f"actors.{name}", f"has the credentials of actors.{other}: give each its own")
    return found


def organizations(given: Mapping[str, Any], suite: Suite) -> dict[str, str | int]:
    """Return the ids of organisations by the role they play."""
    known_keys("organizations", given, suite.organizations)
    return {name: organization(name, each) for name, each in given.items()}


def known(given: Mapping[str, Any], suite: Suite) -> dict[str, tuple[str, ...]]:
    """Return the ids of records that exist by collection."""
    if given:  # only then is the contract looked at
        known_keys("known", given, declared.collections(suite))
    return {name: ids(f"known.{name}", each) for name, each in given.items()}


def hooks(given: Mapping[str, Mapping[str, Any]], suite: Suite, consent: bool) -> dict[str, Hook]:
    """Return the test-only means of the deployment by name; beyond this machine they need consent."""
    known_keys("hooks", given, suite.hooks)
    found = {name: hook(name, each) for name, each in given.items()}
    for name, each in found.items():
        if not consent and not stays_here(each.url):
            raise TargetError(f"hooks.{name}.url", "is not on this machine; set `consent = true` to allow it")
    return found


def stays_here(url: str) -> bool:
    """Say whether a request to the URL stays on this machine; what is no URL might not."""
    try:
        return is_loopback(url)
    except ValueError:
        return False


def features(given: Mapping[str, Any], suite: Suite) -> dict[str, bool]:
    """Return what the deployment claims to have, and what not."""
    known_keys("features", given, declared.features(suite))
    return {name: boolean(f"features.{name}", each) for name, each in given.items()}


def actor(name: str, given: Mapping[str, Any], environment: Mapping[str, str]) -> Actor:
    """Return an actor with the token its one credential key leads to."""
    key = f"actors.{name}"
    known_keys(key, given, CREDENTIALS)
    if len(given) != 1:
        raise TargetError(key, "give exactly one of token, token_env and token_command")
    if "token" in given:
        return Actor(name, secret(f"{key}.token", given["token"]))
    if "token_env" in given:
        variable = f"{key}.token_env"
        return Actor(name, secret(variable, from_environment(variable, given["token_env"], environment)))
    command = f"{key}.token_command"
    return Actor(name, secret(command, from_command(command, given["token_command"])))


def from_command(key: str, command: Any) -> str:
    """Return what the command prints; it is not given to a shell, and not shown: it may hold credentials."""
    words = texts(key, command)
    if not words:
        raise TargetError(key, "is empty; give the program and its arguments")
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=COMMAND_TIME, check=True)
    except (OSError, ValueError, subprocess.SubprocessError) as reason:
        raise TargetError(key, f"the command did not give a token: {explained(reason)}") from None
    if not done.stdout.strip():
        raise TargetError(key, "the command printed nothing; it should print the token")
    return done.stdout.strip()


def explained(reason: Exception) -> str:
    """Say why a command failed, without its output, which may hold the token."""
    match reason:
        case subprocess.TimeoutExpired():
            return f"it took longer than {COMMAND_TIME} s"
        case subprocess.CalledProcessError():
            return f"it ended with status {reason.returncode}"
        case UnicodeDecodeError():
            return "what it printed is no UTF-8"
        case OSError():
            return reason.strerror or type(reason).__name__
    return type(reason).__name__


def hook(name: str, given: Mapping[str, Any]) -> Hook:
    """Return one test-only means of the deployment."""
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
