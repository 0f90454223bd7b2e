"""Requirements on credentials, and on refusals and their body."""

from conformance import expect, needs
from conformance.apis.zipf.access import reads, spends, writes
from conformance.apis.zipf.client import QUERY, Zipf
from conformance.apis.zipf.needs import pages
from conformance.client import ABSENT
from conformance.reply import Reply
from conformance.requirement import Level, assumed, documented, requirement

ENVELOPE = assumed(
    "Errors are not on the page; a flat object with a text under `error` is what the vendor's client reads: "
    "https://github.com/zipfai/zipfai-mcp-server"
)
PRIVATE = (
    ("GET", ""), ("POST", ""), ("GET", "/{}"), ("PATCH", "/{}"), ("POST", "/{}/complete"),
    ("POST", "/{}/share"), ("GET", "/{}/timeline"), ("GET", "/{}/export"), ("DELETE", "/{}"),
)  # fmt: skip
SEARCH = ("POST", "/{}/search")
BEYOND_LIMIT = 2 * 1024 * 1024


def refused_as(reply: Reply, status: int, code: str) -> None:
    """Expect a refusal with this status and code, and texts for people."""
    body = reply.has_status(status).object()
    for name in ("error", "message"):
        expect.text(f"`{name}` in the refusal", body.get(name))
    expect.equal("`code` in the refusal", body.get("code"), code)


@requirement(
    "ZIPF-AUTH-01",
    level=Level.MUST,
    origin=documented('-H "Authorization: Bearer wvr_TOKEN". Public views: no authentication required'),
    operations=["list_sessions", "create_session", "get_session", "update_session", "delete_session"],
)
def credentials_are_required(api: Zipf) -> None:
    """Without a token, or with one that nobody has, no private operation is carried out."""
    id_ = api.given_session()
    body = {"name": "taken over", "query": QUERY, **api.intrusion()}
    wrong: tuple[dict[str, str], ...] = (
        {},
        {"Authorization": "Bearer wvr_nobody"},
        {"Authorization": "Basic d3ZyXw=="},
    )
    searches = [SEARCH] if api.may_cost(len(wrong)) else []
    for headers in wrong:
        for method, end in (*PRIVATE, *searches):
            sent = ABSENT if method == "GET" else body
            api.http.request(method, f"/sessions{end.format(id_)}", headers=headers, body=sent).refused()
    expect.equal("status after the refusals", api.status_of(id_), "active")


@requirement(
    "ZIPF-AUTH-02",
    level=Level.MUST,
    origin=assumed(
        "The page has no codes; 401 is the one that the vendor's client knows for missing credentials."
    ),
    operations=["list_sessions"],
    actors=["expired"],
    without_owner=True,
    read_only=True,
)
def missing_credentials_are_401(api: Zipf) -> None:
    """A missing, an unknown and an expired token are refused with 401 and a challenge."""
    unknown = api.http.request("GET", "/sessions", headers={"Authorization": "Bearer wvr_nobody"})
    for reply in (api.list_sessions(None), unknown, api.list_sessions("expired")):
        refused_as(reply, 401, "unauthorized")
        challenge = reply.header("WWW-Authenticate") or ""
        expect.that(challenge.startswith("Bearer"), expected="WWW-Authenticate: Bearer", got=challenge)


@requirement(
    "ZIPF-ERROR-01",
    level=Level.MUST,
    origin=ENVELOPE,
    operations=["get_session", "update_session", "delete_session", "get_timeline", "get_export"],
    needs=[needs.credit, pages(1)],
)
def unknown_session(api: Zipf) -> None:
    """Whatever is asked of a session that does not exist is refused with 404, `not_found` and texts."""
    unknown = (api.given_no_session(), "not-a-uuid")
    for ways in (reads, writes, spends):
        for id_ in unknown:
            for each in ways(api, id_, "owner"):
                refused_as(each(), 404, "not_found")


@requirement(
    "ZIPF-ERROR-02",
    level=Level.MUST,
    origin=ENVELOPE,
    operations=["create_session", "update_session", "share_session", "search_in_session", "crawl_in_session"],
    needs=[needs.credit],
)
def malformed_body(api: Zipf) -> None:
    """A body that is no JSON, no UTF-8, no object, or missing is refused with 400, `invalid_request` and
    texts.
    """
    id_ = api.given_session()
    free = (("POST", "/sessions"), ("PATCH", f"/sessions/{id_}"), ("POST", f"/sessions/{id_}/share"))
    costly = (("POST", f"/sessions/{id_}/search"), ("POST", f"/sessions/{id_}/crawl"))
    for method, path in (*free, *costly):
        for content in (b"{", b'{"name": "\xff"}', b"[]", b"null", b""):
            if (method, path) in costly:
                api.http.budget.pay(1)  # what it costs where it is not refused
            refused_as(api.http.request(method, path, actor="owner", content=content), 400, "invalid_request")


@requirement("ZIPF-ERROR-03", level=Level.MUST, origin=ENVELOPE, operations=["create_session"])
def unusable_body(api: Zipf) -> None:
    """A body beyond the limit is refused with 413; one of any other media type is read as JSON."""
    long = b'{"name": "' + b"a" * BEYOND_LIMIT + b'"}'
    refused_as(api.http.request("POST", "/sessions", actor="owner", content=long), 413, "payload_too_large")
    text = {"Content-Type": "text/plain"}
    id_ = api.given_session()
    reply = api.http.request(
        "PATCH", f"/sessions/{id_}", actor="owner", content=b'{"name": "b"}', headers=text
    )
    reply.has_status(200)


@requirement("ZIPF-ERROR-04", level=Level.MUST, origin=ENVELOPE, operations=["list_sessions"])
def wrong_address(api: Zipf) -> None:
    """A path that does not exist is refused with 404, a method the path does not have with 405 and
    `Allow`.
    """
    refused_as(api.http.request("GET", "/no-such-path", actor="owner"), 404, "not_found")
    reply = api.http.request("PUT", "/sessions", actor="owner")
    refused_as(reply, 405, "method_not_allowed")
    allowed = {each.strip() for each in (reply.header("Allow") or "").split(",")}
    expect.that({"GET", "POST"} <= allowed, expected="`Allow` with GET and POST", got=reply.header("Allow"))


@requirement(
    "ZIPF-ERROR-05",
    level=Level.MUST,
    origin=assumed(
        "The page has no pace; tokens have requests per hour, and 429 is the code the vendor's client knows."
    ),
    operations=["list_sessions"],
    actors=["throttled"],
    without_owner=True,
    read_only=True,
)
def the_pace_is_limited(api: Zipf) -> None:
    """A token that has spent its hour's requests is refused with 429, and told when to go on."""
    replies = [api.list_sessions("throttled", limit=1) for _ in range(4)]
    refused_as(replies[-1], 429, "rate_limited")
    wait = replies[-1].header("Retry-After") or ""
    expect.that(wait.isdigit(), expected="Retry-After in seconds", got=wait)
