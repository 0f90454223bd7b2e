"""Tells replies that are hardly the API's own: those of a gateway, a login page or somebody else's server."""

from collections.abc import Iterable
from dataclasses import replace

from conformance.exchange import Exchange

RIGHTS = (401, 403)
ABSENT = (404, 405, 410, 501)
BUSY = (429,)
UNHEARD = (502, 504)
GATEWAY = (*UNHEARD, 503)
PAGE = (b"<!doctype", b"<html")


def misfit(exchange: Exchange) -> str:
    """Say why a reply cannot be the API's own; empty when it can."""
    asked = f"{exchange.method} {exchange.path}"
    if 300 <= exchange.status < 400:
        there = exchange.reply_header("Location") or ""
        return f"{asked} leads elsewhere ({there}); set base_url to where the API is"
    if exchange.status in GATEWAY:
        return f"{asked} was answered with {exchange.status}: the target is not in service"
    if is_page(exchange):
        return f"{asked} was answered with a web page ({exchange.status}); base_url does not lead to the API"
    return ""


def gateways(exchanges: Iterable[Exchange]) -> Exchange | None:
    """Return the first exchange that a gateway may have answered in the place of the API (RFC 9110, sections
    15.6.3 to 15.6.5); None where all replies are the API's own.
    """
    return next((each for each in exchanges if each.status in GATEWAY), None)


def heard(exchange: Exchange) -> Exchange:
    """Return an exchange as far as it shows what the API did: no reply where a gateway got none."""
    known = exchange.status not in UNHEARD
    return exchange if known else replace(exchange, status=0, reply_headers=(), reply_body=b"")


def is_refusal(exchange: Exchange) -> bool:
    """Say whether a reply may as well come from a deployment that serves us no longer."""
    return exchange.status in (*RIGHTS, *ABSENT, *BUSY)


def is_page(exchange: Exchange) -> bool:
    """Say whether a reply is a web page, whatever its header says."""
    start = exchange.reply_body.lstrip()[:16].lower()
    media = exchange.reply_header("Content-Type") or ""
    return start.startswith(PAGE) or ("html" in media and start[:1] == b"<")
