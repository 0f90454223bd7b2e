"""Who may read and write what: the owner, viewers of an organisation, the public, strangers."""

from collections.abc import Iterator

from conformance.apis.zipf import reading
from conformance.apis.zipf.model.knowledge import Audience, Knowledge, Session, caller
from conformance.exchange import Exchange
from conformance.model import Suspicion
from conformance.shadow import is_ok, suspicion

HIDDEN = (403, 404, 410)  # what somebody is answered with who may not read
GONE = (404, 410)
# What each read of a session is promised by, to its owner, to viewers, and to everybody.
OWN = {"": "ZIPF-CREATE-01", "timeline": "ZIPF-TIMELINE-01", "export": "ZIPF-EXPORT-01"}
VIEWED = {"": "ZIPF-ACCESS-01", "timeline": "ZIPF-ACCESS-02", "export": "ZIPF-ACCESS-02"}
PUBLIC = {"": "ZIPF-PUBLIC-01", "timeline": "ZIPF-PUBLIC-02", "export": "ZIPF-PUBLIC-03"}
LEVELS = {"owner": "ZIPF-GET-02", "org_viewer": "ZIPF-ACCESS-01", "public": "ZIPF-PUBLIC-09"}


def level(knowledge: Knowledge, audience: Audience, exchange: Exchange) -> str | None:
    """Return what a caller is to a record: one of the access levels, `stranger`, or None when it is open."""
    if caller(exchange) == audience.owner:
        return "owner"
    if not audience.known:
        return None
    if audience.organization is not None and caller(exchange):
        memberships = knowledge.account(exchange).organizations
        if memberships is None:
            return None
        if audience.organization in memberships:
            return "org_viewer"
    return "public" if audience.public else "stranger"


def read(knowledge: Knowledge, session: Session, exchange: Exchange, end: str) -> Iterator[Suspicion]:
    """Compare whether a session was shown on the private path with who asked."""
    found = level(knowledge, session.audience, exchange)
    if is_ok(exchange):
        if found == "stranger":
            expected = f"a refusal of the {end or 'details'} to somebody it is not shared with"
            yield suspicion(trespass(session.audience, exchange), session.id, expected, exchange.status)
        elif not end:
            yield from told(session, exchange, found)
    elif found == "owner" and exchange.status in GONE and end in OWN and not queried(exchange):
        rule = "ZIPF-LIFE-04" if session.may_be_hidden else OWN[end]
        yield suspicion(rule, session.id, f"{end or 'details'} for its owner", exchange.status)
    elif found == "org_viewer" and exchange.status in HIDDEN and end in VIEWED and not session.may_be_hidden:
        yield suspicion(VIEWED[end], session.id, f"{end or 'details'} for a viewer", exchange.status)


def told(session: Session, exchange: Exchange, found: str | None) -> Iterator[Suspicion]:
    """Compare the access level that the details tell with what the caller is."""
    body = exchange.reply_json()
    shown = {**reading.session(body), **(body if isinstance(body, dict) else {})}.get("access_level")
    if found in LEVELS and isinstance(shown, str) and shown != found:
        both = found == "org_viewer" and session.audience.public
        rule = "ZIPF-SHARE-06" if both else LEVELS[found]
        yield suspicion(rule, session.id, f"access_level {found!r}", shown)


def viewed(session: Session, exchange: Exchange, end: str) -> Iterator[Suspicion]:
    """Compare whether a session was shown on the public path with whether it is public."""
    audience = session.audience
    if not audience.known:
        return
    if is_ok(exchange) and not audience.public:
        rule = "ZIPF-PUBLIC-05" if audience.ever_public else "ZIPF-PUBLIC-04"
        yield suspicion(rule, session.id, "a public view that is closed", exchange.status)
    elif audience.public and exchange.status in HIDDEN and end in PUBLIC and not session.may_be_hidden:
        yield suspicion(PUBLIC[end], session.id, "a public view that is open", exchange.status)


def trespass(audience: Audience, exchange: Exchange) -> str:
    """Return the requirement that a stranger's access breaks."""
    if not caller(exchange):
        return "ZIPF-AUTH-01"
    if audience.organization is not None:
        return "ZIPF-ACCESS-04"
    return "ZIPF-SHARE-05" if audience.ever_shared else "ZIPF-ACCESS-01"


def no_writer(knowledge: Knowledge, audience: Audience, exchange: Exchange) -> str | None:
    """Return the requirement that keeps a caller from writing; None for the owner."""
    if caller(exchange) == audience.owner:
        return None
    if not caller(exchange):
        return "ZIPF-AUTH-01"
    stranger = level(knowledge, audience, exchange) in ("stranger", "public")
    return "ZIPF-ACCESS-04" if stranger else "ZIPF-ACCESS-03"


def queried(exchange: Exchange) -> bool:
    """Say whether the request has parameters, which may be what a refusal is about."""
    return "?" in exchange.target
