"""Requirements on who sees what."""

from conformance import expect
from conformance.requirement import Level, documented, requirement
from tests.fifth.conformance.client import Board

TWO = ["owner", "outsider"]


@requirement(
    "BOARD-ACCESS-01",
    level=Level.MUST,
    origin=documented("A notice of another organization is not found"),
    operations=["list_notices", "get_notice"],
    actors=TWO,
)
def foreign_notices_are_not_found(api: Board) -> None:
    """A notice that the owner reads is not found for an outsider, and the other way round."""
    for insider, stranger in (("owner", "outsider"), ("outsider", "owner")):
        id_ = api.given_notice(insider)
        api.get_notice(id_, insider).succeeded()
        api.get_notice(id_, stranger).has_status(404)


@requirement(
    "BOARD-ACCESS-02",
    level=Level.MUST,
    origin=documented("The notices of the caller's organizations"),
    operations=["list_notices"],
    actors=TWO,
)
def lists_are_apart(api: Board) -> None:
    """No notice is listed to both the owner and an outsider."""
    api.given_notice("owner")
    lists = [{notice["id"] for notice in api.notices(actor)} for actor in TWO]
    expect.equal("notices listed to both", sorted(lists[0] & lists[1]), [])


@requirement(
    "BOARD-ACCESS-03",
    level=Level.MUST,
    origin=documented("The notices of the caller's organizations"),
    operations=["list_notices"],
    actors=["owner", "member"],
)
def colleagues_see_the_same(api: Board) -> None:
    """Members of one organization are listed the same notices."""
    expect.equal("the member's list", api.notices("member"), api.notices("owner"))
