"""Saboteurs of Deep Work Zone: error bodies."""

from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.refusal("DWZ-ERROR-01")
def takes_malformed_for_invalid(answer: Reply) -> Reply:
    """What is no JSON is refused with 422."""
    return Reply(422, {**answer.body, "errors": {}}) if answer.status == 400 else answer


@saboteur.refusal("DWZ-ERROR-02")
def takes_another_type_for_malformed(answer: Reply) -> Reply:
    """Another media type is refused with 400."""
    return Reply(400, answer.body) if answer.status == 415 else answer


@saboteur.refusal("DWZ-ERROR-03")
def complains_in_general(answer: Reply) -> Reply:
    """Complaints come as one list, not by field."""
    if answer.status != 422:
        return answer
    return Reply(422, {**answer.body, "errors": [answer.body["message"]]})


@saboteur.refusal("DWZ-ERROR-04")
def hides_the_message(answer: Reply) -> Reply:
    """What is not found is refused without a message."""
    return Reply(404, {"error": "not found"}) if answer.status == 404 else answer
