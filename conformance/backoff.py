"""How long a busy deployment wants to be left alone (RFC 9110, sections 10.2.3 and 15.6.4)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from conformance.exchange import Exchange

LONGEST_WAIT = 60.0
ATTEMPTS = 3
BUSY = (429, 503)


def wait(exchange: Exchange, now: datetime | None = None) -> float | None:
    """Return the seconds to wait before the request is worth sending again; None when it is not."""
    if exchange.status not in BUSY:
        return None
    named = exchange.reply_header("Retry-After") or ""
    seconds = float(named) if named.isascii() and named.isdigit() else until(named, now or datetime.now(UTC))
    return seconds if seconds is not None and seconds <= LONGEST_WAIT else None


def until(named: str, now: datetime) -> float | None:
    """Return the seconds until an HTTP date, or None when it is none."""
    try:
        moment = parsedate_to_datetime(named)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
