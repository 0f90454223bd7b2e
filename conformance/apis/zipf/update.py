"""Requirements on changing a session's properties."""

from typing import Any

from conformance import expect
from conformance.apis.zipf import reading
from conformance.apis.zipf.client import Zipf, refused_or
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement
from conformance.shadow import is_refused

TEXTS = documented(
    "PATCH /api/v1/sessions/{id}: Update session properties: name, description, intent_context, config."
)
MEANINGLESS: tuple[dict[str, Any], ...] = (
    {"description": "of a refusal", "name": 7},
    {"name": "of a refusal", "description": 7},
    {"name": "of a refusal", "session_config": {"max_operations": 0}},
)
CONFIG_NAMES = ("session_config", "config")


def configured(api: Zipf, id_: str, key: str, value: Any) -> list[Any]:
    """Change a key of the configuration under either of the document's names, and return what is shown."""
    shown: list[Any] = []
    for name in CONFIG_NAMES:
        api.update_session(id_, {name: {key: value}})
        shown = reading.found(api.details(id_), key)
        if value in shown:
            break
    if not shown:
        raise Inconclusive(f"the details do not show {key}, and the document does not say where it stands")
    return shown


@requirement("ZIPF-UPDATE-01", level=Level.MUST, origin=TEXTS, operations=["update_session", "get_session"])
def texts_can_be_changed(api: Zipf) -> None:
    """Name, description and intent context can be changed, together and one by one, and stay so when another
    update is refused.
    """
    id_ = api.given_session(description="before", intent_context="before")
    changes = {"name": api.http.unique("name"), "description": "after", "intent_context": "after"}
    api.update_session(id_, changes).succeeded()
    expect.includes("the details", api.details(id_), changes)
    for name in changes:
        api.update_session(id_, {name: f"another {name}"}).succeeded()
        expect.equal(name, api.details(id_).get(name), f"another {name}")
    for each in MEANINGLESS:
        if not is_refused(api.update_session(id_, each).exchange):
            return
        stored = {name: f"another {name}" for name in changes}
        expect.includes("the details after a refused update", api.details(id_), stored)


@requirement("ZIPF-UPDATE-02", level=Level.MUST, origin=TEXTS, operations=["update_session", "get_session"])
def configuration_can_be_changed(api: Zipf) -> None:
    """The configuration can be changed, as `config` or under the name that creation gives it."""
    id_ = api.given_session()
    expect.one_of("auto_deduplicate", False, configured(api, id_, "auto_deduplicate", False))
    expect.one_of("max_operations", 7, configured(api, id_, "max_operations", 7))


@requirement("ZIPF-UPDATE-03", level=Level.MUST, origin=TEXTS, operations=["update_session", "get_session"])
def the_rest_stays(api: Zipf) -> None:
    """An update leaves the properties that it does not name, and other sessions altogether."""
    kept = {"description": "Who builds what", "intent_context": "Due diligence"}
    id_, other = api.given_session(**kept), api.given_session(name="another")
    api.given(api.update_session(id_, {"name": "renamed"}))
    expect.includes("the details", api.details(id_), {**kept, "status": "active"})
    expect.equal("name of another session", api.details(other).get("name"), "another")


@requirement(
    "ZIPF-UPDATE-04",
    level=Level.MUST,
    origin=documented("Update session properties: name, ... name: Session name (max 255 chars)"),
    operations=["update_session", "get_session"],
)
def bounds_hold_in_updates(api: Zipf) -> None:
    """A name of 256 characters is refused by an update too, or at least never kept."""
    id_ = api.given_session()
    api.update_session(id_, {"name": "n" * 255}).succeeded()
    reply = api.update_session(id_, {"name": "m" * 256})
    name = str(api.details(id_).get("name"))
    refused_or(reply, len(name) <= 255, expected="a name of 255 characters at most", got=name)
    expect.that(reply.ok or name == "n" * 255, expected="the former name after a refusal", got=name)


@requirement(
    "ZIPF-UPDATE-05",
    level=Level.MUST,
    origin=documented("Lifecycle: active -> completed -> archived. Session must be completed first."),
    operations=["update_session", "get_session"],
)
def status_is_no_property(api: Zipf) -> None:
    """An update cannot take a session past the steps of its life, whether it is refused or ignored."""
    id_ = api.given_session()
    api.update_session(id_, {"status": "archived", "name": "renamed"})
    expect.equal("status after an update", api.status_of(id_), "active")


@requirement(
    "ZIPF-UPDATE-06",
    level=Level.MUST,
    origin=assumed("The reply is not on the page; the session in its envelope is what other replies hold."),
    operations=["update_session", "get_session"],
)
def reply_is_the_session(api: Zipf) -> None:
    """An update is answered with 200 and the session as it is now; unknown fields are ignored."""
    id_ = api.given_session()
    reply = (
        api.update_session(id_, {"name": "renamed", "id": "mine", "colour": "red"}).has_status(200).object()
    )
    expect.equal("the reply", reply, {"session": api.get_session(id_).object().get("session")})


@requirement(
    "ZIPF-UPDATE-07",
    level=Level.MUST,
    origin=assumed("The page gives types and bounds but no refusals; 400 and 409 are the usual codes."),
    operations=["update_session", "complete_session", "archive_session"],
)
def wrong_updates_are_refused(api: Zipf) -> None:
    """Nothing to change, wrong types and values are refused with 400, any change of an archived session with
    409.
    """
    id_ = api.given_session()
    for wrong in (
        {},
        {"name": ""},
        {"name": None},
        {"description": 7},
        {"session_config": {"max_operations": 101}},
    ):
        api.update_session(id_, wrong).has_status(400)
    api.given(api.complete_session(id_))
    api.update_session(id_, {"name": "still possible"}).has_status(200)
    api.given(api.archive_session(id_))
    api.update_session(id_, {"name": "too late"}).has_status(409)


@requirement(
    "ZIPF-UPDATE-08",
    level=Level.MUST,
    origin=assumed(
        "The page does not speak of refusals; whoever is refused something goes on as if nothing was done."
    ),
    operations=["update_session", "get_session"],
)
def refused_updates_change_nothing(api: Zipf) -> None:
    """A refused update changes nothing, for whatever reason it is refused."""
    before = {"name": api.http.unique("name"), "description": "before"}
    id_ = api.given_session(**before)
    api.update_session(id_, {"name": "half done", "description": 7}).refused()
    api.update_session(id_, {"name": "half done", "session_config": {"max_operations": 0}}).refused()
    expect.includes("the details after refusals", api.details(id_), before)
    api.given(api.complete_session(id_))
    api.given(api.archive_session(id_))
    api.update_session(id_, {"name": "too late"}).refused()
    expect.includes("the details of the archived session", api.details(id_), before)
