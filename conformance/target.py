"""Who is examined: the deployment's address, the credentials of its actors, and what it claims and allows.

Reading the TOML file lives in `target_file.py`.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone the requirements act as; the token is never shown."""

    name: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Hook:
    """A test-only means of the deployment, for example to age a record."""

    method: str
    url: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may ask of the deployment; None means unlimited."""

    rate: float | None = None
    max_time: float | None = None
    max_requests: int | None = None
    credits: int | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach the deployment; times in seconds, files by their path. Header values are never shown."""

    timeout: float = 15.0
    verify: bool = True
    ca_file: str | None = None
    client_certificate: str | None = None
    client_key: str | None = None
    proxy: str | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Target:
    """A deployment under examination; `base_url` is the part before the vendor's base path."""

    base_url: str
    actors: Mapping[str, Actor] = field(default_factory=dict)
    organizations: Mapping[str, str | int] = field(default_factory=dict)
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    features: Mapping[str, bool] = field(default_factory=dict)
    limits: Limits = Limits()
    connection: Connection = Connection()
    source: str = ""  # the target file it was read from
    disposable: bool = False  # nothing in it is anybody's: the mock that the run started itself

    @property
    def secrets(self) -> dict[str, str]:
        """Map each credential and each header of the target file to the shell variable for it."""
        tokens = {actor.token: variable(actor.name, "TOKEN") for actor in self.actors.values()}
        headers = {value: variable(name, "HEADER") for name, value in self.connection.headers.items()}
        return headers | tokens

    @property
    def foreign(self) -> bool:
        """Whether it is on another machine, where somebody else's records may be."""
        return not (self.disposable or is_loopback(self.base_url))

    @property
    def credits(self) -> int | None:
        """What a run may spend; None is unlimited. Beyond this machine nothing, unless it is said."""
        unsaid = 0 if self.foreign else None
        return unsaid if self.limits.credits is None else self.limits.credits

    @property
    def connect_url(self) -> str:
        """The base URL to connect to: Python does not know that `*.localhost` is this machine."""
        parts = urlsplit(self.base_url)
        if not is_localhost_name(parts):
            return self.base_url
        return self.base_url.replace(parts.netloc, f"127.0.0.1:{parts.port or 80}", 1)

    @property
    def host(self) -> str | None:
        """The `Host` header to send, or None when it follows from the URL."""
        parts = urlsplit(self.base_url)
        return parts.netloc if is_localhost_name(parts) else None


def variable(name: str, kind: str) -> str:
    """Return the shell variable that stands for a secret: `OWNER_TOKEN`, `X_API_KEY_HEADER`."""
    return f"{re.sub(r'[^A-Za-z0-9]', '_', name).upper()}_{kind}"


def is_localhost_name(parts: SplitResult) -> bool:
    """Say whether the host is a name under `localhost` (RFC 6761)."""
    return (parts.hostname or "").endswith(".localhost")


def is_loopback(url: str) -> bool:
    """Say whether the URL leads to this machine."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    if name == "localhost" or is_localhost_name(parts):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def url_problem(url: str) -> str | None:
    """Say what is wrong with a base URL, or None; it may hold credentials and is therefore not shown."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "is not a URL: its host or port cannot be read"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "is not an http(s) URL; expected something like http://127.0.0.1:9000"
    if parts.query or parts.fragment or "@" in parts.netloc:
        return "may hold neither query, fragment nor credentials"
    return None
