"""Requirements on who may call at all, and on the form of refusals."""

from conformance import expect
from conformance.addressing import segment
from conformance.apis.mobilenext.client import MobileNext, readable_page
from conformance.reply import Reply
from conformance.requirement import Level, assumed, documented, requirement

BOTH = ["list_sessions", "get_session"]
STRANGERS = ("Bearer mob_no_such_key", "Bearer not.a.token", "Bearer", "Basic b3duZXI6", "")


def refused_as(reply: Reply, status: int, code: str) -> None:
    """Expect a refusal with this status and code, and a message for people."""
    error = reply.has_status(status).object().get("error")
    expect.text("`error.message`", expect.member("`error`", error, "message"))
    expect.equal("`error.code`", expect.member("`error`", error, "code"), code)


@requirement(
    "MOBILENEXT-AUTH-01",
    level=Level.MUST,
    origin=documented("Sessions in the selected organization, visible to every member of it"),
    operations=BOTH,
    actors=["owner"],
    read_only=True,
)
def strangers_see_nothing(api: MobileNext) -> None:
    """Without credentials, and with an API key that is none, no session can be listed or read."""
    id_ = str(api.given_session()["id"])
    for headers in ({}, {"Authorization": STRANGERS[0]}):
        for path in ("/sessions", f"/sessions/{segment(id_)}"):
            reply = api.http.request("GET", path, headers=headers)
            expect.that(not reply.ok, expected=f"GET {path} refused", got=reply.status)
            expect.equal("sessions in the refusal", readable_page(reply), [])


@requirement(
    "MOBILENEXT-AUTH-02",
    level=Level.MUST,
    origin=assumed(
        "The page does not speak of credentials; 401 is on the vendor's older pages, "
        "`WWW-Authenticate` in RFC 9110, section 15.5.2."
    ),
    operations=BOTH,
    without_owner=True,
    read_only=True,
)
def unknown_credentials_are_unauthorized(api: MobileNext) -> None:
    """Missing, unknown and expired credentials are refused with 401, `unauthorized` and a challenge."""
    sent: list[dict[str, str]] = [{"Authorization": each} for each in STRANGERS]
    expired = [dict(api.http.credentials("expired"))] if "expired" in api.http.target.actors else []
    for headers in ({}, *sent, *expired):
        for path in ("/sessions", f"/sessions/{api.given_no_session()}"):
            reply = api.http.request("GET", path, headers=headers)
            refused_as(reply, 401, "unauthorized")
            challenge = reply.header("WWW-Authenticate") or ""
            expect.that(challenge.startswith("Bearer"), expected="a challenge for Bearer", got=challenge)


@requirement(
    "MOBILENEXT-ERROR-01",
    level=Level.MUST,
    origin=assumed(
        "Errors are not on the page; their body is that of the vendor's older pages: "
        "https://mobilenext.ai/docs/api/sessions/list-sessions"
    ),
    operations=BOTH,
    read_only=True,
)
def refusals_have_one_form(api: MobileNext) -> None:
    """A refusal is an object with `error`, in it `code` for programs and `message` for people."""
    refused_as(api.own(limit=0), 400, "invalid_request")
    refused_as(api.read(api.given_no_session()), 404, "not_found")
    refused_as(api.http.request("GET", "/no-such-path", actor="owner"), 404, "not_found")


@requirement(
    "MOBILENEXT-ERROR-02",
    level=Level.MUST,
    origin=assumed("The page shows two ways to read and none to write; 405 is RFC 9110, section 15.5.6."),
    operations=BOTH,
)
def sessions_are_only_read(api: MobileNext) -> None:
    """No other method is taken: each is refused with 405, and `Allow` names those that are."""
    paths = ("/sessions", f"/sessions/{api.given_no_session()}")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path in paths:
            reply = api.http.request(method, path, actor="owner")
            refused_as(reply, 405, "method_not_allowed")
            expect.that(
                "GET" in (reply.header("Allow") or ""), expected="GET in `Allow`", got=reply.header("Allow")
            )
