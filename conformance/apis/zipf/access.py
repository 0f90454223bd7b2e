"""Requirements on who may read and who may write a session: its owner, viewers, strangers."""

from collections.abc import Callable, Iterable

from conformance import expect, needs
from conformance.apis.zipf.client import QUERY, Zipf
from conformance.apis.zipf.needs import pages
from conformance.expect import settled
from conformance.reply import Reply
from conformance.requirement import Level, assumed, documented, requirement

VIEWER = documented("org_viewer: Organization member, Read-only access")


def reads(api: Zipf, id_: str, actor: str) -> tuple[Callable[[], Reply], ...]:
    """Return every way in which an actor can read a session."""
    return (
        lambda: api.get_session(id_, actor),
        lambda: api.get_timeline(id_, actor),
        lambda: api.get_export(id_, actor, format="json"),
        lambda: api.get_export(id_, actor, format="csv"),
    )


def writes(api: Zipf, id_: str, actor: str | None) -> tuple[Callable[[], Reply], ...]:
    """Return every way in which an actor can change a session, but for those that cost credits."""
    return (
        lambda: api.update_session(id_, {"name": "taken over"}, actor),
        lambda: api.complete_session(id_, actor),
        lambda: api.archive_session(id_, actor),
        lambda: api.share_session(id_, api.intrusion(), actor),
        lambda: api.delete_session(id_, actor),
    )


def spends(api: Zipf, id_: str, actor: str | None) -> tuple[Callable[[], Reply], ...]:
    """Return every way in which an actor can have a session cost something.

    They come last in a requirement: where nothing may be spent, each is a skip, and the rest was examined.
    """
    return (
        lambda: api.search(id_, {"query": QUERY}, actor),
        lambda: api.crawl(id_, {"urls": api.pages()}, actor),
    )


def untouched(api: Zipf, id_: str, actor: str | None) -> None:
    """Expect every write of an actor to be refused, and the session to stay as it is."""
    unchanged(api, id_, writes(api, id_, actor))
    unchanged(api, id_, spends(api, id_, actor))


def unchanged(api: Zipf, id_: str, requests: Iterable[Callable[[], Reply]]) -> None:
    """Expect requests to be refused, and a session without operations to stay as it is."""
    before = api.details(id_)
    for each in requests:
        each().refused()
    after = api.details(id_)
    for name in ("name", "status"):
        expect.equal(f"{name} after the refusals", after.get(name), before.get(name))
    expect.equal("number of operations after the refusals", len(api.timeline(id_)), 0)
    api.get_public_session(id_).refused()


@requirement(
    "ZIPF-ACCESS-01",
    level=Level.MUST,
    origin=documented("shared_with_org (Bool): Enable organization sharing. org_viewer: Organization member"),
    operations=["share_session", "get_session"],
    actors=["member"],
    needs=[needs.organization("shared")],
)
def members_become_viewers(api: Zipf) -> None:
    """A member of the organisation that a session is shared with can read it as `org_viewer`, and not
    before.
    """
    id_ = api.given_session()
    api.get_session(id_, "member").refused()
    api.given_shared(id_)
    settled(lambda: api.get_session(id_, "member"), lambda reply: reply.ok).succeeded()
    expect.equal("access_level", api.details(id_, "member").get("access_level"), "org_viewer")
    expect.equal("access_level of the owner", api.details(id_).get("access_level"), "owner")


@requirement(
    "ZIPF-ACCESS-02",
    level=Level.MUST,
    origin=VIEWER,
    operations=["share_session", "get_session", "get_timeline", "get_export"],
    actors=["member"],
    needs=[needs.credit, needs.organization("shared")],
)
def viewers_read_everything(api: Zipf) -> None:
    """A viewer can read the timeline and both exports as the owner can."""
    id_ = api.given_session()
    api.given_search(id_)
    api.given_shared(id_)
    for read in reads(api, id_, "member"):
        settled(read, lambda reply: reply.ok).succeeded()
    expect.equal("number of operations", len(api.timeline(id_, "member")), 1)


@requirement(
    "ZIPF-ACCESS-03",
    level=Level.MUST,
    origin=VIEWER,
    operations=["update_session", "delete_session", "complete_session", "archive_session", "share_session",
                "search_in_session", "crawl_in_session"],
    actors=["member"],
    needs=[needs.credit, pages(1), needs.organization("shared")],
)  # fmt: skip
def viewers_only_read(api: Zipf) -> None:
    """A viewer can neither change, complete, archive, share nor delete a session, nor add operations to
    it.
    """
    id_ = api.given_session()
    api.given_shared(id_)
    untouched(api, id_, "member")


@requirement(
    "ZIPF-ACCESS-04",
    level=Level.MUST,
    origin=documented(
        "owner: Created the session, Full access. Share sessions with your organization's team members"
    ),
    operations=[
        "get_session",
        "get_timeline",
        "get_export",
        "update_session",
        "delete_session",
        "share_session",
    ],
    actors=["outsider"],
    needs=[needs.credit, pages(1), needs.organization("shared")],
)
def strangers_see_nothing(api: Zipf) -> None:
    """Whoever does not belong to the organisation can neither read nor change a session that is shared with
    it.
    """
    id_ = api.given_session()
    api.given_shared(id_)
    for read in reads(api, id_, "outsider"):
        read().refused()
    untouched(api, id_, "outsider")


@requirement(
    "ZIPF-ACCESS-05",
    level=Level.MUST,
    origin=assumed(
        "The page gives levels and no codes: 403 for what one may see, 404 for what one may not, else 400."
    ),
    operations=["share_session", "update_session", "delete_session", "complete_session"],
    actors=["member", "outsider"],
    needs=[needs.credit, pages(1), needs.organization("shared"), needs.organization("foreign")],
)
def refusals_have_their_codes(api: Zipf) -> None:
    """Viewers get 403 for writing, strangers 404 for anything, wrong sharing 400, foreign organisations
    403.
    """
    id_ = api.given_session()
    api.given_shared(id_)
    actors = (("member", 403), ("outsider", 404))
    for actor, status in actors:
        for write in writes(api, id_, actor):
            write().has_status(status)
    untyped = "yes" if api.may_be_public else 0  # a text may be taken for true
    for wrong in (
        {},
        {"shared_with_org": True},
        {"public_share": untyped},
        {"organization_id": api.organization()},
    ):
        api.share_session(id_, wrong).has_status(400)
    foreign = {"shared_with_org": True, "organization_id": api.organization("foreign")}
    api.share_session(id_, foreign).has_status(403)
    for actor, status in actors:
        for spend in spends(api, id_, actor):
            spend().has_status(status)
