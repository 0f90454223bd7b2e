"""One look at the target before a run: is it there, is it the API, do the credentials work?

What is wrong with the address or the rights is no broken promise, and is said once.
"""

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from conformance import expect
from conformance.client import Http
from conformance.exchange import Exchange
from conformance.fitness import ABSENT, BUSY, GATEWAY, RIGHTS, misfit
from conformance.outcome import Broken, Outcome
from conformance.requirement import OWNER

UNKNOWN = 401


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


def shut_out(http: Http, contract: Mapping[str, Any], actors: Iterable[str]) -> dict[str, str]:
    """Return why nothing can be said as which of these actors: those whose credentials are not known.

    Only 401 says so (RFC 9110, section 15.5.2): who is known may well be refused the list.
    """
    path = readable(contract)
    found = {}
    for actor in actors if path else ():
        with suppress(Outcome):
            seen = http.request("GET", path or "", actor=actor).exchange
            if seen.status == UNKNOWN:
                found[actor] = unserved(seen, actor, credentials=True)
    return found


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
