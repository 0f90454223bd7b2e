"""Requirements on sending messages to a session."""

import re
import time

from conformance import expect
from conformance.apis.viben.client import Viben
from conformance.expect import parsed_instant, settled
from conformance.outcome import Inconclusive
from conformance.requirement import Level, assumed, documented, requirement

MESSAGE = {"content": "Please continue with the implementation"}
A_SECOND = 1.1  # long enough to show in a time written in whole seconds


@requirement(
    "VIBEN-MESSAGE-01",
    level=Level.MUST,
    origin=documented(
        'POST /api/sessions/:id/message: Send a message to a session. Response: "message_id": "msg-xyz"'
    ),
    operations=["send_message"],
)
def messages_are_taken(api: Viben) -> None:
    """A session takes messages, and each has an id of its own, a text that is not empty."""
    id_ = str(api.given_session()["id"])
    replies = [api.send_message(id_, MESSAGE).succeeded().object() for _ in range(2)]
    first, second = (expect.text("message_id", each.get("message_id")) for each in replies)
    expect.that(first != second, expected="another message_id for another message", got=second)


@requirement(
    "VIBEN-MESSAGE-02",
    level=Level.MUST,
    origin=documented('Response: "status": "sent"'),
    operations=["send_message"],
)
def message_is_sent(api: Viben) -> None:
    """The reply to a message says that it was `sent`."""
    reply = api.given_message(str(api.given_session()["id"]))
    expect.equal("status in the reply", reply.object().get("status"), "sent")


@requirement(
    "VIBEN-MESSAGE-03",
    level=Level.MUST,
    origin=documented('Response: "timestamp": "2024-01-16T14:35:00Z"'),
    operations=["send_message"],
)
def message_has_a_time(api: Viben) -> None:
    """The reply to a message holds its time, a later message no earlier one."""
    id_ = str(api.given_session()["id"])
    first, second = (api.given_message(id_).object().get("timestamp") for _ in range(2))
    earlier, later = expect.instant("timestamp", first), expect.instant("timestamp", second)
    expect.that(earlier <= later, expected=f"a timestamp not before {first}", got=second)


@requirement(
    "VIBEN-MESSAGE-04",
    level=Level.MUST,
    origin=documented(
        'POST /api/sessions/:id/message: Send a message to a session. GET: "message_count": 42'
    ),
    operations=["send_message", "get_session", "list_sessions"],
)
def messages_are_counted(api: Viben) -> None:
    """Each message raises its session's count by at least one, in details and list, and no other's."""
    task = api.given_task()
    id_, other = (str(api.given_session(task_id=task)["id"]) for _ in range(2))
    before, others = (api.given_details(each).get("message_count") for each in (id_, other))
    for _ in range(2):
        api.given_message(id_)
    least = expect.count("message_count", before) + 2
    after = settled(
        lambda: api.given_details(id_).get("message_count"), lambda n: isinstance(n, int) and n >= least
    )
    expect.that(
        expect.count("message_count", after) >= least, expected=f"message_count from {least}", got=after
    )
    expect.equal("message_count of another session", api.given_details(other).get("message_count"), others)
    for entry in (each for each in api.sessions(task_id=task) if each.get("id") == id_):
        listed = expect.count("message_count in the list", entry.get("message_count"))
        expect.that(listed >= least, expected=f"message_count in the list from {least}", got=listed)


@requirement(
    "VIBEN-MESSAGE-05",
    level=Level.MUST,
    origin=documented('GET: "created_at": "2024-01-16T10:00:00Z", "last_active": "2024-01-16T14:30:00Z"'),
    operations=["send_message", "get_session"],
)
def message_is_activity(api: Viben) -> None:
    """A message moves the time at which the session was last active."""
    id_ = str(api.given_session()["id"])
    before = parsed_instant(api.given_details(id_).get("last_active"))
    if before is None:
        raise Inconclusive("the details show no time of last activity")
    time.sleep(A_SECOND)
    api.given_message(id_)
    after = settled(
        lambda: api.given_details(id_).get("last_active"),
        lambda found: (parsed_instant(found) or before) > before,
    )
    expect.that(
        expect.instant("last_active", after) > before, expected=f"last_active later than {before}", got=after
    )


@requirement(
    "VIBEN-MESSAGE-06",
    level=Level.MUST,
    origin=documented("POST /api/sessions/:id/message: Send a message to a session."),
    operations=["send_message"],
)
def unknown_sessions_take_no_messages(api: Viben) -> None:
    """A message to a session that does not exist is refused."""
    api.send_message(api.given_no_session(), MESSAGE).refused()


@requirement(
    "VIBEN-MESSAGE-07",
    level=Level.MUST,
    origin=assumed(
        "The page states no code and no id form; one message is one more, and the moment of last activity."
    ),
    operations=["send_message", "get_session"],
)
def message_is_exact(api: Viben) -> None:
    """A message is answered with 200 and the three fields only, counts as one, and its time is that of last
    activity.
    """
    id_ = str(api.given_session()["id"])
    for number in (1, 2):
        receipt = api.send_message(id_, MESSAGE).has_status(200).object()
        expect.equal("fields of the reply", sorted(receipt), ["message_id", "status", "timestamp"])
        form = re.fullmatch(r"msg-[0-9a-f]{12}", str(receipt["message_id"]))
        expect.that(
            form is not None,
            expected="an id of `msg-` and twelve hexadecimal digits",
            got=receipt["message_id"],
        )
        counted = {"message_count": number, "last_active": receipt["timestamp"]}
        expect.includes("the session after the message", api.given_details(id_), counted)


@requirement(
    "VIBEN-MESSAGE-08",
    level=Level.MUST,
    origin=assumed("The page does not call the content required; without a text there is no message."),
    operations=["send_message", "get_session"],
)
def wrong_messages_are_refused(api: Viben) -> None:
    """A message without content, with an empty one, or with one that is no text is refused with 400 and not
    counted.
    """
    id_ = str(api.given_session()["id"])
    before = api.given_details(id_)
    for body in ({}, {"content": ""}, {"content": None}, {"content": 7}, {"content": {"text": "x"}}):
        api.send_message(id_, body).has_status(400)
    expect.equal("the session after the refusals", api.given_details(id_), before)
