"""Requirements on how a session's status moves; the document is silent, so all of them are assumed."""

from conformance import expect
from conformance.apis.viben.client import Viben
from conformance.requirement import Level, assumed, requirement


@requirement(
    "VIBEN-LIFECYCLE-01",
    level=Level.MUST,
    origin=assumed(
        "Transitions are not on the page; the gateway's Kanban pages have a message revive an idle session."
    ),
    operations=["send_message", "update_session", "get_session"],
)
def message_activates(api: Viben) -> None:
    """A message makes a created or paused session active."""
    id_ = str(api.given_session()["id"])
    for _ in range(2):
        api.given_message(id_)
        expect.equal("status after the message", api.given_details(id_).get("status"), "active")
        api.given_update(id_, status="paused")


@requirement(
    "VIBEN-LIFECYCLE-02",
    level=Level.MUST,
    origin=assumed(
        "Transitions are not on the page; completed and failed are final in the plain meaning of the words."
    ),
    operations=["update_session", "get_session"],
)
def ends_are_final(api: Viben) -> None:
    """A completed or failed session keeps its status: another one is refused with 409, its own accepted with
    200.
    """
    for end, other in (("completed", "active"), ("failed", "completed")):
        id_ = str(api.given_session()["id"])
        api.given_update(id_, status=end)
        api.update_session(id_, {"status": other, "data": {"late": True}}).has_status(409)
        expect.includes("the session after the refusal", api.given_details(id_), {"status": end, "data": {}})
        api.update_session(id_, {"status": end}).has_status(200)


@requirement(
    "VIBEN-LIFECYCLE-03",
    level=Level.MUST,
    origin=assumed("Transitions are not on the page; nobody is at work in a completed session."),
    operations=["send_message", "update_session", "get_session"],
)
def ended_sessions_take_no_messages(api: Viben) -> None:
    """A message to a completed or failed session is refused with 409 and not counted."""
    for end in ("completed", "failed"):
        id_ = str(api.given_session()["id"])
        api.given_update(id_, status=end)
        api.send_message(id_, {"content": "Please continue"}).has_status(409)
        expect.includes(
            "the session after the refusal", api.given_details(id_), {"status": end, "message_count": 0}
        )
