"""Reads `[connection]` and `[headers]` of a target file; every complaint names the key and the reason."""

import re
import ssl
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from conformance import declared
from conformance.suite import Suite
from conformance.target import Connection
from conformance.target_values import (
    TargetError,
    boolean,
    file,
    from_environment,
    known_keys,
    number,
    secret,
    string,
)

CONNECTION = ("timeout", "verify", "ca_file", "client_certificate", "client_key", "proxy")
CLIENT_FILES = ("client_certificate", "client_key")
HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
OF_A_BODY = "it describes the body of one request, and is set with it"
OF_THE_WAY = "it concerns the connection, which the client keeps itself"
# What the client sets itself (RFC 9110, sections 6 to 8 and 10; RFC 9112, sections 6 and 9), by its name.
OWN: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        (
            "content-length",
            "transfer-encoding",
            "content-type",
            "content-encoding",
            "content-range",
            "trailer",
        ),
        OF_A_BODY,
    )
    | dict.fromkeys(
        ("connection", "keep-alive", "proxy-connection", "te", "upgrade", "expect", "http2-settings"),
        OF_THE_WAY,
    )
    | {
        "accept-encoding": "the client asks for what it can decode",
        "host": "base_url names the host; connection.proxy, or the system's hosts file, leads it elsewhere",
        "proxy-authorization": "credentials for a proxy stand in connection.proxy",
    }
)


def connection(given: Mapping[str, Any], sent: Mapping[str, str]) -> Connection:
    """Return how the deployment is reached, with the headers that go with every request."""
    known_keys("connection", given, CONNECTION)
    files = {name: file(f"connection.{name}", given.get(name)) for name in ("ca_file", *CLIENT_FILES)}
    if files["client_key"] and not files["client_certificate"]:
        raise TargetError("connection.client_key", "needs connection.client_certificate beside it")
    certificates(files)
    return Connection(
        timeout=number("connection.timeout", given.get("timeout")) or Connection().timeout,
        verify=boolean("connection.verify", given.get("verify", True)),
        proxy=proxy(given.get("proxy")),
        headers=sent,
        **files,
    )


def certificates(files: Mapping[str, str | None]) -> None:
    """Refuse files that hold no certificates; a key behind a password is none that a run could use."""
    if files["ca_file"]:
        try:
            ssl.create_default_context(cafile=files["ca_file"])
        except OSError as reason:  # also what TLS itself finds wrong
            raise TargetError("connection.ca_file", f"holds no certificates in PEM form: {reason}") from None
    if files["client_certificate"]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            context.load_cert_chain(files["client_certificate"], files["client_key"], password="")
        except OSError as reason:
            said = f"holds no certificate with its key, in PEM form and without a password: {reason}"
            raise TargetError("connection.client_certificate", said) from None


def proxy(url: Any) -> str | None:
    """Return a proxy's URL, which may hold credentials and is therefore not shown in a complaint."""
    if url is None:
        return None
    if not string("connection.proxy", url).startswith(("http://", "https://")):
        raise TargetError("connection.proxy", "is not an http(s) URL; expected like http://127.0.0.1:3128")
    return str(url)


def headers(given: Mapping[str, Any], suite: Suite, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that go with every request; none that the client, or an actor, sets itself."""
    credentials = {name.lower() for name in suite.authorize("token")} if declared.actors(suite) else set()
    for name in given:
        if name.lower() in credentials:
            said = "cannot be given: it carries the credentials of whoever is acting, which stand in [actors]"
            raise TargetError(f"headers.{name}", said)
    return {name: header(name, value, environment) for name, value in given.items()}


def header(name: str, value: Any, environment: Mapping[str, str]) -> str:
    """Return the value of a header that goes with every request: a text, or the variable that holds it."""
    key = f"headers.{name}"
    if not HEADER_NAME.fullmatch(name):
        raise TargetError(key, "is not a name of a header")
    reason = OWN.get(name.lower())
    if reason:
        raise TargetError(key, f"cannot be given: {reason}")
    if isinstance(value, dict):
        known_keys(key, value, ("env",))
        return secret(key, from_environment(key, value.get("env"), environment))
    return secret(key, value)
