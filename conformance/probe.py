"""One look at the target before a run: is it there, is it the API, do the credentials work?

What is wrong with the address or the rights is no broken promise, and is said once.
"""

import re
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

from conformance import expect
from conformance.client import Http
from conformance.exchange import Exchange
from conformance.fitness import ABSENT, BUSY, GATEWAY, RIGHTS, misfit
from conformance.outcome import Broken, Outcome
from conformance.requirement import OWNER

UNKNOWN = 401
HIDING = (403, 404)


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

    401 says so (RFC 9110, section 15.5.2). Who is known may well be refused the list with 403, or with 404
    where it is hidden (section 15.5.4), but not in the words that a token is refused with that nobody has.
    """
    path = readable(contract)
    found = {}
    for actor in actors if path else ():
        with suppress(Outcome):
            seen = http.request("GET", path or "", actor=actor).exchange
            if seen.status == UNKNOWN:
                found[actor] = unserved(seen, actor, credentials=True)
            elif seen.status in HIDING and like_nobody(http, seen, actor):
                found[actor] = (
                    f"GET {seen.path} was answered with {seen.status}, and so is a token that nobody has: "
                    f"whether the credentials of `{actor}` are known cannot be told"
                )
    return found


def like_nobody(http: Http, seen: Exchange, actor: str) -> bool:
    """Say whether an actor was refused as two made-up tokens are, but for what differs between those."""
    tokens = (made_up(http.target.actors[actor].token, number) for number in (1, 2))
    path = seen.path.removeprefix(http.base_path)
    first, second = (http.request("GET", path, headers=http.authorize(each)).exchange for each in tokens)
    if {first.status, second.status} != {seen.status}:
        return False
    said, one, other = words(seen), words(first), words(second)
    return len(said) in (len(one), len(other)) and set(one) & set(other) <= set(said)


def words(refusal: Exchange) -> list[str]:
    """Return the words of a refusal, those of the challenge first."""
    text = refusal.reply_body.decode("utf-8", "replace")
    return re.findall(r"[\w-]+", f"{refusal.reply_header('WWW-Authenticate') or ''} {text}")


def made_up(token: str, number: int) -> str:
    """Return a token in the form of another, whose second half has each letter and digit moved on."""
    half = len(token) // 2
    return token[:half] + "".join(moved(each, number) for each in token[half:])


def moved(sign: str, number: int) -> str:
    """Return the sign that stands so much further on among its like; one that is no letter or digit stays."""
    alike = next((each for each in (ascii_lowercase, ascii_uppercase, digits) if sign in each), sign)
    return alike[(alike.index(sign) + number) % len(alike)]


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
