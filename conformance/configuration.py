"""The configuration of Schemathesis' engine, as plain data: one worker, a seed, nothing remembered."""

from collections.abc import Collection
from typing import Any

from conformance.layer import Layer
from conformance.requirement import Tier
from conformance.suite import Suite
from conformance.target import Connection

EXAMPLES = 25
STEPS = 12
FEW, SHORT = 5, 8  # chains and steps with --quick: by each of 8 seeds they found undeleted records
# What Schemathesis accepts by itself; for 5xx there is another check.
ACCEPTED = ("2xx", "3xx", "401", "403", "404", "409", "429", "5xx")


def configuration(layer: Layer, checks: set[str]) -> dict[str, Any]:
    """Return the engine's configuration.

    One worker, a seed, neither cache nor database: the same requests every time, no run remembers another.
    """
    target, full = layer.target, layer.options.tier is Tier.FULL
    headers = dict(target.connection.headers) | ({"Host": target.host} if target.host else {})
    if "owner" in target.actors:
        headers |= layer.suite.authorize(target.actors["owner"].token)
    return {
        "base-url": target.connect_url + layer.suite.base_path,
        "seed": layer.options.seed,
        "workers": 1,
        "continue-on-failure": True,
        "max-redirects": 0,  # nothing is sent to another host
        "request-timeout": target.connection.timeout,
        **connection(target.connection),
        "headers": headers,
        "cache": {"enabled": False},
        "output": {
            "sanitization": {"enabled": False},  # the default masks whatever is called session or key
            "truncation": {"enabled": False},  # it would cut credentials in half before they are masked
        },
        "generation": {
            "database": "none",
            "allow-x00": False,
            "max-examples": EXAMPLES,
            "no-shrink": layer.options.quick,
            "mode": "all" if full else "positive",  # the document promises nothing about requests beyond it
        },
        "checks": {"enabled": False} | {name: {"enabled": True} for name in sorted(checks)},
        "operations": exceptions(layer.suite, checks, layer.left_out),
        "phases": phases(layer),
    }


def connection(way: Connection) -> dict[str, Any]:
    """Return how the engine reaches the deployment."""
    given = {
        "tls-verify": way.verify and (way.ca_file or True),
        "request-cert": way.client_certificate,
        "request-cert-key": way.client_key,
        "proxy": way.proxy,
    }
    return {name: value for name, value in given.items() if value is not None}


def exceptions(suite: Suite, checks: set[str], left_out: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return which operations may refuse valid requests with further statuses."""
    if "positive_data_acceptance" not in checks:
        return []
    return [
        {
            "include-operation-id": operation,
            "checks": {"positive_data_acceptance": {"expected-statuses": [*ACCEPTED, *map(str, statuses)]}},
        }
        for operation, statuses in suite.refusals.items()
        if operation not in left_out
    ]


def phases(layer: Layer) -> dict[str, Any]:
    """Return which phases run; steps beyond the contract's links are guessed only on a disposable target."""
    thorough = not layer.options.quick
    coverage: dict[str, Any] = {"enabled": True}
    if layer.options.tier is Tier.DOCUMENTED or layer.options.read_only:
        coverage["unexpected-methods"] = []
    inference: dict[str, Any] = {} if layer.target.disposable else {"inference": {"algorithms": []}}
    return {
        "examples": {"enabled": True, "fill-missing": True},
        "coverage": coverage,
        "fuzzing": {"enabled": thorough},
        "stateful": {"enabled": thorough, **chains(layer.options.quick), **inference},
    }


def chains(quick: bool) -> dict[str, Any]:
    """Return how many random chains of requests there are, and how long they become."""
    return {
        "max-steps": SHORT if quick else STEPS,
        "generation": {"max-examples": FEW if quick else EXAMPLES},
    }


def only_chains(whole: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration with no other phase than random chains of requests."""
    off = {name: {"enabled": False} for name in whole["phases"]}
    return {**whole, "phases": {**off, "stateful": {**whole["phases"]["stateful"], "enabled": True}}}
