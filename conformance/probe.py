"""One look at the target before a run: is it there, is it the API, do the credentials work?

What is wrong with the address or the rights is no broken promise, and is said once.
"""

import time
from collections.abc import Mapping
from typing import Any

from conformance import expect
from conformance.client import Http
from conformance.exchange import Exchange
from conformance.fitness import ABSENT, BUSY, GATEWAY, RIGHTS, misfit
from conformance.outcome import Broken
from conformance.requirement import OWNER


def trouble(http: Http, contract: Mapping[str, Any]) -> str:
    """Say why this target cannot be judged; empty when it can be. What may pass is looked at again."""
    path = readable(contract)
    if path is None:
        return ""
    actor = OWNER if OWNER in http.target.actors else None
    try:
        seen = http.request("GET", path, actor=actor).exchange
        if seen.status in (*BUSY, *GATEWAY):
            time.sleep(expect.PAUSE)
            seen = http.request("GET", path, actor=actor).exchange
    except Broken as reason:
        return f"the target cannot be reached: {reason}"
    return misfit(seen) or unserved(seen, actor, bool(contract.get("security")))


def unserved(seen: Exchange, actor: str | None, credentials: bool) -> str:
    """Say why the list is not shown, where it has to be; empty when it may be refused.

    Without an actor it may where the API knows `credentials`: what needs them is skipped.
    """
    answered = f"GET {seen.path} was answered with {seen.status}:"
    if seen.status in ABSENT:
        return f"{answered} base_url does not lead to the API; it is the part before the vendor's base path"
    if seen.status in BUSY:
        return f"{answered} the target takes no more requests for now"
    if seen.status in RIGHTS and actor:
        return f"{answered} the credentials of `{actor}` are not accepted"
    if seen.status in RIGHTS and not credentials:
        return f"{answered} the target wants credentials that this API does not know; [headers] can send them"
    return ""


def readable(contract: Mapping[str, Any]) -> str | None:
    """Return a path that can be read without knowing any id, or None."""
    return next((path for path, item in contract["paths"].items() if "get" in item and "{" not in path), None)
