"""One look at the target before a run: is it there, is it the API, do the credentials work?

What is wrong with the address or the rights is no broken promise, and is said once.
"""

from collections.abc import Mapping
from typing import Any

from conformance.client import Http
from conformance.outcome import Broken
from conformance.reply import Reply
from conformance.requirement import OWNER


def trouble(http: Http, contract: Mapping[str, Any]) -> str:
    """Say why this target cannot be judged; empty when it can be."""
    path = readable(contract)
    if path is None:
        return ""
    actor = OWNER if OWNER in http.target.actors else None
    try:
        reply = http.request("GET", path, actor=actor)
    except Broken as reason:
        return f"the target cannot be reached: {reason}"
    return misfit(reply, actor)


def misfit(reply: Reply, actor: str | None) -> str:
    """Say why the reply does not come from a deployment that can be judged; empty when it may."""
    asked = f"GET {reply.exchange.path}"
    if 300 <= reply.status < 400:
        return f"{asked} leads elsewhere ({reply.header('Location')}); set base_url to where the API is"
    if reply.status in (502, 503, 504):
        return f"{asked} was answered with {reply.status}: the target is not in service"
    if "html" in (reply.header("Content-Type") or "") and reply.exchange.reply_body.lstrip()[:1] == b"<":
        return f"{asked} was answered with a web page ({reply.status}); base_url does not lead to the API"
    if actor and reply.status in (401, 403):
        return f"{asked} was answered with {reply.status}: the credentials of `{actor}` are not accepted"
    return ""


def readable(contract: Mapping[str, Any]) -> str | None:
    """Return a path that can be read without knowing any id, or None."""
    return next((path for path, item in contract["paths"].items() if "get" in item and "{" not in path), None)
