"""Requirements on the public views, which need no credentials."""

from collections.abc import Callable
from typing import Any

from conformance import expect, needs
from conformance.apis.zipf import reading
from conformance.apis.zipf.client import Zipf, path
from conformance.apis.zipf.needs import public_sharing
from conformance.expect import settled
from conformance.outcome import Inconclusive
from conformance.reply import Reply
from conformance.requirement import Level, assumed, documented, requirement

WRITES = (("PATCH", ""), ("DELETE", ""), ("POST", "/complete"), ("POST", "/share"))
PRIVATE = ("customer_id", "organization_id", "shared_with_org", "metadata", "user_organizations")


def views(api: Zipf, id_: str) -> tuple[Callable[[], Reply], ...]:
    """Return the public views of a session."""
    return (
        lambda: api.get_public_session(id_),
        lambda: api.get_public_timeline(id_),
        lambda: api.get_public_export(id_, format="json"),
        lambda: api.get_public_export(id_, format="csv"),
    )


def given_public(api: Zipf, **fields: Any) -> str:
    """Create a session, search in it, open it to the public, and return its id."""
    api.needs_public_sharing()
    id_ = api.given_session(**fields)
    api.given_search(id_)
    api.given_public(id_)
    return id_


def opened(read: Callable[[], Reply]) -> Reply:
    """Expect a view to be open, at the latest after a moment."""
    return settled(read, lambda reply: reply.ok).succeeded()


@requirement(
    "ZIPF-PUBLIC-01",
    level=Level.MUST,
    origin=documented(
        "GET /api/v1/public/sessions/{id}: View a publicly shared session (no authentication required)."
    ),
    operations=["share_session", "get_public_session"],
    needs=[needs.credit, public_sharing],
)
def sessions_can_be_viewed(api: Zipf) -> None:
    """Anybody can view a session that is shared with the public, and recognises it."""
    id_ = given_public(api, name=api.http.unique("public"))
    body = opened(lambda: api.get_public_session(id_)).object()
    expect.equal("name in the public view", reading.session(body).get("name"), api.details(id_).get("name"))


@requirement(
    "ZIPF-PUBLIC-02",
    level=Level.MUST,
    origin=documented("View public session timeline (no authentication required)."),
    operations=["share_session", "get_public_timeline"],
    needs=[needs.credit, public_sharing],
)
def timelines_can_be_viewed(api: Zipf) -> None:
    """Anybody can view the timeline of a public session, with every operation."""
    id_ = given_public(api)
    body = opened(lambda: api.get_public_timeline(id_)).json()
    expect.equal("number of operations", len(reading.operations(body)), len(api.timeline(id_)))


@requirement(
    "ZIPF-PUBLIC-03",
    level=Level.MUST,
    origin=documented("Export public session data (no authentication required)."),
    operations=["share_session", "get_public_export"],
    needs=[needs.credit, public_sharing],
)
def public_sessions_can_be_exported(api: Zipf) -> None:
    """Anybody can export a public session, which names it."""
    id_ = given_public(api, name=api.http.unique("public"))
    text = str(opened(lambda: api.get_public_export(id_)).json())
    expect.that(
        str(api.details(id_).get("name")) in text, expected="an export with the session's name", got=text
    )


@requirement(
    "ZIPF-PUBLIC-04",
    level=Level.MUST,
    origin=documented("View a publicly shared session"),
    operations=["get_public_session", "get_public_timeline", "get_public_export"],
)
def private_sessions_are_closed(api: Zipf) -> None:
    """The public views of a session that was never shared with the public are closed."""
    id_ = api.given_session()
    for view in views(api, id_):
        view().refused()


@requirement(
    "ZIPF-PUBLIC-05",
    level=Level.MUST,
    origin=documented("public_share (Bool): Enable/disable public sharing"),
    operations=["share_session", "get_public_session", "get_public_timeline", "get_public_export"],
    needs=[needs.credit, public_sharing],
)
def views_close_again(api: Zipf) -> None:
    """When sharing with the public is disabled, all public views close."""
    id_ = given_public(api)
    for view in views(api, id_):
        if not settled(view, lambda reply: reply.ok).ok:
            raise Inconclusive("not every public view was open")
    api.share_session(id_, {"public_share": False}).succeeded()
    for view in views(api, id_):
        settled(view, lambda reply: not reply.ok).refused()


@requirement(
    "ZIPF-PUBLIC-06",
    level=Level.MUST,
    origin=documented("public: Public link access, Read-only access"),
    operations=["update_session", "delete_session", "share_session", "search_in_session", "complete_session"],
    needs=[needs.credit, public_sharing],
)
def the_public_only_reads(api: Zipf) -> None:
    """Nobody without credentials can change a public session, on the public path or on the private one."""
    id_ = given_public(api)
    before = api.details(id_)
    bases = ("", "/public")
    searches = [("POST", "/search")] if api.may_cost(len(bases)) else []
    for base in bases:
        for method, end in (*WRITES, *searches):
            body = {"name": "taken over", "public_share": False, "query": "AI startups"}
            api.http.request(method, f"{base}/sessions/{id_}{end}", body=body).refused()
    after = api.details(id_)
    for name in ("name", "status"):
        expect.equal(f"{name} after the refusals", after.get(name), before.get(name))
    opened(lambda: api.get_public_session(id_))


@requirement(
    "ZIPF-PUBLIC-07",
    level=Level.MUST,
    origin=assumed(
        "The page does not say what the views show; whose a session is and who shares it is private."
    ),
    operations=["get_public_session", "get_public_timeline", "get_public_export"],
    needs=[needs.credit, public_sharing, needs.organization("shared")],
)
def the_views_leak_nothing(api: Zipf) -> None:
    """The public views hold nothing of the owner, of organisations, or of what the owner keeps with the
    session.
    """
    id_ = given_public(api, metadata={"note": "for our eyes only"})
    api.given_shared(id_)
    for view in views(api, id_):
        reply = view().has_status(200)
        body = reply.exchange.reply_json()
        leaked = [name for name in PRIVATE if reading.found(body, name)]
        expect.that(not leaked, expected="a view without private fields", got=leaked)
        text = reply.exchange.reply_body.decode()
        expect.that("for our eyes only" not in text, expected="a view without the owner's notes", got=text)
    expect.equal("access_level", api.get_public_session(id_).object().get("access_level"), "public")


@requirement(
    "ZIPF-PUBLIC-08",
    level=Level.MUST,
    origin=assumed(
        "The page needs no authentication for the views; credentials of any kind make no difference then."
    ),
    operations=["get_public_session"],
    needs=[needs.credit, public_sharing],
)
def credentials_are_not_looked_at(api: Zipf) -> None:
    """A public view answers 200 even to bad credentials, and 404 once it is closed."""
    id_ = given_public(api)
    bad = {"Authorization": "Bearer wvr_nobody"}
    for opened_, status in ((True, 200), (False, 404)):
        api.given(api.share_session(id_, {"public_share": opened_}))
        api.http.request("GET", f"/public{path(id_)}", headers=bad).has_status(status)


@requirement(
    "ZIPF-PUBLIC-09",
    level=Level.MUST,
    origin=assumed(
        "The page names `public` among the levels the details tell; that strangers read them is assumed."
    ),
    operations=["get_session", "get_timeline"],
    actors=["outsider"],
    needs=[needs.credit, public_sharing],
)
def strangers_are_the_public(api: Zipf) -> None:
    """A stranger with credentials reads a public session's details as `public`, without what is private."""
    id_ = given_public(api)
    body = api.get_session(id_, "outsider").has_status(200).object()
    expect.equal("access_level", body.get("access_level"), "public")
    leaked = [name for name in PRIVATE[:4] if reading.found(body, name)]
    expect.that(not leaked, expected="details without private fields", got=leaked)
