"""Requirements on creating a session."""

import json
from typing import Any

from conformance import expect, refused_creations
from conformance.apis.zipf import reading
from conformance.apis.zipf.client import NAME, Zipf, refused_or
from conformance.outcome import Inconclusive
from conformance.reply import Reply
from conformance.requirement import Level, assumed, documented, requirement

INTENTS = (
    "competitive_analysis", "due_diligence", "technical_evaluation", "market_research", "academic_research",
    "news_monitoring", "lead_generation",
)  # fmt: skip
EXAMPLE: dict[str, Any] = {
    "name": "AI Research",
    "intent_context": "Competitive analysis",
    "session_config": {"auto_deduplicate": True},
}
DEFAULTS = ("auto_deduplicate", "accumulate_context", "use_session_context")
LONGEST_NAME = 255
MOST_OPERATIONS = 100
MOST_SESSIONS = 100
MEANINGLESS: tuple[dict[str, Any], ...] = (
    {"description": 7},
    {"session_config": {"auto_deduplicate": "perhaps"}},
    {"session_config": {"max_operations": MOST_OPERATIONS + 1}},
    {"metadata": {"intent": {"type": "gossip"}}},
)
FIELDS = (
    "id", "customer_id", "name", "description", "status", "intent_context", "session_config", "metadata",
    "aggregates", "public_share", "shared_with_org", "organization_id", "created_at", "updated_at",
    "completed_at", "archived_at",
)  # fmt: skip


@requirement(
    "ZIPF-CREATE-01",
    level=Level.MUST,
    origin=documented("POST /api/v1/sessions: Create a new session. name: required"),
    operations=["create_session", "get_session"],
)
def name_is_enough(api: Zipf) -> None:
    """A session can be created with a name alone, gets an id, and can be read by it."""
    id_ = reading.session(api.create_session({"name": "AI Research"}).succeeded().object()).get("id")
    api.get_session(expect.text("id of the new session", id_)).succeeded()


@requirement(
    "ZIPF-CREATE-02",
    level=Level.MUST,
    origin=documented(
        'curl -X POST .../sessions -d \'{"name": "AI Research", "intent_context": "Competitive analysis"'
    ),
    operations=["create_session"],
)
def the_example_works(api: Zipf) -> None:
    """The document's example works as it stands, also with the media type that its curl call sends."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    content = json.dumps(EXAMPLE).encode()
    reply = api.http.request("POST", "/sessions", actor="owner", content=content, headers=headers).succeeded()
    id_ = str(reading.session(reply.object()).get("id"))
    api.http.cleanup.append(lambda: api.delete_session(id_))
    expect.equal("name of the session", api.details(id_).get("name"), EXAMPLE["name"])


@requirement(
    "ZIPF-CREATE-03",
    level=Level.MUST,
    origin=documented(
        "name: Session name; description: Optional description; intent_context: Research intent"
    ),
    operations=["create_session", "get_session"],
)
def texts_are_kept(api: Zipf) -> None:
    """Name, description and intent context of a new session are those that were sent."""
    sent: dict[str, Any] = {
        "name": api.http.unique("name"),
        "description": "Who builds what",
        "intent_context": "Due diligence",
    }
    details = api.details(api.given_session(**sent))
    for name, value in sent.items():
        expect.equal(f"{name} of the session", details.get(name), value)


@requirement(
    "ZIPF-CREATE-04",
    level=Level.MUST,
    origin=documented("Lifecycle: active -> completed -> archived"),
    operations=["create_session", "get_session"],
)
def starts_active(api: Zipf) -> None:
    """A session begins its life as active."""
    expect.equal("status of the new session", api.status_of(api.given_session()), "active")
    expect.equal("status of the new session", api.status_of(api.given_session(**EXAMPLE)), "active")


@requirement(
    "ZIPF-CREATE-05",
    level=Level.MUST,
    origin=documented(
        "session_config.auto_deduplicate, accumulate_context, use_session_context: Bool, default true"
    ),
    operations=["create_session", "get_session"],
)
def configuration_defaults(api: Zipf) -> None:
    """The three switches of the configuration are on unless they were sent as off."""
    details = api.details(api.given_session())
    off = api.details(api.given_session(session_config=dict.fromkeys(DEFAULTS, False)))
    for name in DEFAULTS:
        shown = [reading.found(each, name)[:1] for each in (details, off)]
        if not all(shown):
            raise Inconclusive(
                f"the details do not show {name}, and the document does not say where it stands"
            )
        expect.equal(f"{name} by default and when sent as false", shown, [[True], [False]])


@requirement(
    "ZIPF-CREATE-06",
    level=Level.MUST,
    origin=documented("metadata.intent.type: competitive_analysis, due_diligence, technical_evaluation, ..."),
    operations=["create_session"],
)
def every_intent_is_taken(api: Zipf) -> None:
    """A session can be created with each of the seven intent types."""
    for intent in INTENTS:
        api.create_session({"name": "AI Research", "metadata": {"intent": {"type": intent}}}).succeeded()


@requirement(
    "ZIPF-CREATE-07",
    level=Level.MUST,
    origin=documented("name, String, required"),
    operations=["create_session"],
)
def name_is_required(api: Zipf) -> None:
    """A creation without a name is refused."""
    api.create_session({}).refused()
    api.create_session({key: value for key, value in EXAMPLE.items() if key != "name"}).refused()


@requirement(
    "ZIPF-CREATE-08",
    level=Level.MUST,
    origin=documented("name: Session name (max 255 chars)"),
    operations=["create_session", "get_session"],
)
def names_are_bounded(api: Zipf) -> None:
    """A name of 255 characters is kept whole; one of 256 is refused, or at least never kept."""
    longest = "n" * LONGEST_NAME
    kept = reading.session(api.create_session({"name": longest}).succeeded().object()).get("id")
    expect.equal("the longest name", api.details(str(kept)).get("name"), longest)
    reply = api.create_session({"name": longest + "n"})
    name = str(api.details(str(reading.session(reply.object()).get("id"))).get("name")) if reply.ok else ""
    refused_or(reply, len(name) <= LONGEST_NAME, expected="a name of 255 characters at most", got=name)


@requirement(
    "ZIPF-CREATE-09",
    level=Level.MUST,
    origin=documented("session_config.max_operations, Int: Operation limit (1-100)"),
    operations=["create_session", "get_session"],
)
def operation_limits_are_bounded(api: Zipf) -> None:
    """A limit of 1 or 100 operations is taken; one of 0 or 101 is refused, or at least never kept."""
    for limit in (1, MOST_OPERATIONS):
        api.create_session({"name": "AI Research", "session_config": {"max_operations": limit}}).succeeded()
    for limit in (0, MOST_OPERATIONS + 1):
        reply = api.create_session({"name": "AI Research", "session_config": {"max_operations": limit}})
        details = api.details(str(reading.session(reply.object()).get("id"))) if reply.ok else {}
        kept = limit in reading.found(details, "max_operations")
        refused_or(reply, not kept, expected="an operation limit from 1 to 100", got=limit)


def room_for(api: Zipf, number: int) -> Reply:
    """Create one of the spare account's sessions; they alone could be in conflict with another."""
    reply = api.create_session({"name": "AI Research"}, "spare")
    expect.that(reply.status != 409, expected=f"room for {number} of {MOST_SESSIONS} sessions", got=409)
    return reply.succeeded()


@requirement(
    "ZIPF-CREATE-10",
    level=Level.MUST,
    origin=documented("Limits: 100 sessions/user"),
    operations=["create_session", "delete_session"],
    actors=["spare"],
    without_owner=True,
)
def sessions_are_bounded(api: Zipf) -> None:
    """A user can have 100 sessions and no more; deleting one makes room for another."""
    if api.listed("spare"):
        raise Inconclusive("the spare account has sessions already, so it cannot be filled to the limit")
    made = [room_for(api, number) for number in range(1, MOST_SESSIONS + 1)]
    api.create_session({"name": "One too many"}, "spare").refused(402, 429)
    api.given(api.delete_session(str(reading.session(made[0].object()).get("id")), "spare"))
    api.create_session({"name": "AI Research"}, "spare").succeeded()


@requirement(
    "ZIPF-CREATE-11",
    level=Level.MUST,
    origin=assumed("The reply is not on the page; the vendor's client reads the session in an envelope."),
    operations=["create_session"],
)
def reply_is_exact(api: Zipf) -> None:
    """A creation is answered with 201 and the session under `session`, with exactly the fields of the
    contract.
    """
    session = (
        api.create_session({"name": "AI Research", "colour": "red"}).has_status(201).object().get("session")
    )
    expect.equal("fields of the session", sorted(session or {}), sorted(FIELDS))
    nothing = {"unique_urls": 0, "total_credits": 0, "operation_count": 0,
               "operations_by_type": {"search": 0, "crawl": 0}}  # fmt: skip
    expected = {"public_share": False, "shared_with_org": False, "description": None, "aggregates": nothing}
    expect.includes("the new session", session, expected)


@requirement(
    "ZIPF-CREATE-12",
    level=Level.MUST,
    origin=assumed(
        "The page gives types and bounds but no refusals; 400 is the usual code for invalid input."
    ),
    operations=["create_session"],
)
def wrong_values_are_refused(api: Zipf) -> None:
    """A creation with a value of another type, beyond a bound, or with an unknown intent is refused with
    400.
    """
    for name in ("", None, 7, "n" * 256):
        api.create_session({"name": name}).has_status(400)
    for wrong in (
        {"description": 7},
        {"session_config": {"auto_deduplicate": "yes"}},
        {"session_config": {"max_operations": 101}},
        {"session_config": {"max_operations": 0}},
        {"metadata": {"intent": {"type": "gossip"}}},
    ):
        api.create_session({"name": "AI Research", **wrong}).has_status(400)


@requirement(
    "ZIPF-CREATE-13",
    level=Level.MUST,
    origin=documented("POST /api/v1/sessions: Create a new session. name: required"),
    operations=["create_session", "list_sessions"],
)
def refusals_create_nothing(api: Zipf) -> None:
    """A creation that is refused, because it has no name or for what it says, creates no session."""
    nameless = api.http.unique("Research")
    named = [(api.http.unique(NAME), each) for each in MEANINGLESS]
    bodies: dict[str, Any] = {name: {"name": name, **each} for name, each in named}
    bodies[nameless] = {"description": nameless}
    refused_creations.store_nothing(bodies, api.create_session, api.called, api.http, api.delete_session)
