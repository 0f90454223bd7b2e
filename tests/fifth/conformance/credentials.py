"""Requirements on credentials."""

from conformance import expect
from conformance.requirement import Level, documented, requirement
from tests.fifth.conformance.client import Board

TOKEN = documented("The access token is missing, unknown or expired")


@requirement("BOARD-AUTH-01", level=Level.MUST, origin=TOKEN, operations=["list_notices", "get_notice"])
def a_token_is_needed(api: Board) -> None:
    """Without an access token every operation is refused with 401 and a challenge."""
    for reply in (api.list_notices(actor=None), api.get_notice(1, actor=None)):
        reply.has_status(401)
        expect.that(
            bool(reply.header("WWW-Authenticate")), expected="a header WWW-Authenticate", got=reply.status
        )


@requirement(
    "BOARD-AUTH-02", level=Level.MUST, origin=TOKEN, operations=["list_notices"], actors=["owner", "expired"]
)
def an_expired_token_is_no_token(api: Board) -> None:
    """An expired access token is refused, one that is not is taken."""
    api.list_notices("owner").succeeded()
    api.list_notices("expired").has_status(401)
