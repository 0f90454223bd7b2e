"""Requirements on refusals and their body; the document is silent, so all of them are assumed."""

from conformance import expect
from conformance.apis.deepworkzone.client import OWNER, DeepWorkZone
from conformance.reply import Reply
from conformance.requirement import Level, assumed, requirement

FORMS = assumed(
    "Errors are not on the page. The text of the vendor's 401 is that of the framework Laravel, whose forms "
    "these are: https://laravel.com/docs/validation"
)
BEYOND_LIMIT = 2 * 1024 * 1024
JSON = {"Content-Type": "application/json"}


def refused_as(reply: Reply, status: int) -> None:
    """Expect a refusal with this status and a message; complaints by field only where a field is wrong."""
    body = reply.has_status(status).object()
    expect.text("`message` in the refusal", body.get("message"))
    expect.equal("whether there are `errors`", "errors" in body, status == 422)


@requirement(
    "DWZ-ERROR-01",
    level=Level.MUST,
    origin=FORMS,
    operations=["create_session", "replace_session"],
    actors=[OWNER],
)
def malformed_body(api: DeepWorkZone) -> None:
    """A body that is no JSON or no UTF-8 is refused with 400, one that is no object or missing with 422."""
    id_ = api.given_session()["id"]
    contents = (
        (b"{", 400),
        (b'{"name": "\xff"}', 400),
        (b"[]", 422),
        (b"null", 422),
        (b'"text"', 422),
        (b"", 422),
    )
    for method, path in (("POST", "/sessions"), ("PUT", f"/sessions/{id_}")):
        for content, status in contents:
            reply = api.http.request(method, path, actor=OWNER, content=content, headers=JSON)
            refused_as(reply, status)


@requirement(
    "DWZ-ERROR-02",
    level=Level.MUST,
    origin=FORMS,
    operations=["create_session", "replace_session"],
    actors=[OWNER],
)
def other_bodies(api: DeepWorkZone) -> None:
    """A body that is not `application/json` is refused with 415, a very long one with 413."""
    id_ = api.given_session()["id"]
    long = b'{"name": "' + b"x" * BEYOND_LIMIT + b'"}'
    for method, path in (("POST", "/sessions"), ("PUT", f"/sessions/{id_}")):
        plain = {"Content-Type": "text/plain"}
        refused_as(api.http.request(method, path, actor=OWNER, content=b"a=b", headers=plain), 415)
        refused_as(api.http.request(method, path, actor=OWNER, content=long, headers=JSON), 413)


@requirement("DWZ-ERROR-03", level=Level.MUST, origin=FORMS, operations=["create_session"], actors=[OWNER])
def complaints_are_by_field(api: DeepWorkZone) -> None:
    """A refusal for a field has `errors` with a list of texts under its name; the first is the message."""
    body = api.create_session(api.body(duration="long")).has_status(422).object()
    errors = expect.member("the refusal", body, "errors")
    complaints = expect.member("`errors`", errors, "duration")
    expect.that(
        isinstance(complaints, list) and bool(complaints), expected="a list of complaints", got=complaints
    )
    expect.equal("`message` in the refusal", body.get("message"), complaints[0])


@requirement(
    "DWZ-ERROR-04",
    level=Level.MUST,
    origin=FORMS,
    operations=["list_sessions"],
    actors=[OWNER],
    read_only=True,
)
def unknown_path(api: DeepWorkZone) -> None:
    """A path that the API does not have is refused with 404 and a message."""
    for path in ("/nothing", "/sessions/1/nothing"):
        refused_as(api.http.request("GET", path, actor=OWNER), 404)
