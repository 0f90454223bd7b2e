"""Saboteurs of Viben: error bodies."""

from mock_server.errors import UnsupportedMediaType
from mock_server.reply import Reply
from tests.saboteurs import saboteur


@saboteur.refusal("VIBEN-ERROR-01")
def hides_the_code(answer: Reply) -> Reply:
    """A refusal carries no code."""
    return Reply(answer.status, {"error": answer.body["error"]}, answer.headers)


@saboteur.refusal("VIBEN-ERROR-02")
def cannot_process(answer: Reply) -> Reply:
    """What is malformed is refused with 422."""
    return Reply(422, answer.body, answer.headers) if answer.status == 400 else answer


@saboteur.refusal("VIBEN-ERROR-03")
def takes_another_type_for_malformed(answer: Reply) -> Reply:
    """Another media type is refused with 400."""
    return Reply(400, answer.body) if answer.status == UnsupportedMediaType.status else answer


@saboteur.refusal("VIBEN-ERROR-04")
def forgets_allow(answer: Reply) -> Reply:
    """A method that the path does not have is refused without `Allow`."""
    return Reply(answer.status, answer.body) if answer.status == 405 else answer
