"""Requirements on the life of a session: operations, completion, archiving."""

from conformance import expect, needs
from conformance.apis.zipf import reading
from conformance.apis.zipf.client import QUERY, Zipf
from conformance.apis.zipf.needs import pages
from conformance.expect import settled
from conformance.requirement import Level, assumed, documented, requirement

MOST_OPERATIONS = 100
WEEK = 7


def takes_no_operations(api: Zipf, id_: str) -> None:
    """Expect a session to refuse searches and crawls, and to be none the wiser."""
    before = len(api.timeline(id_))
    api.search(id_, {"query": QUERY}).refused()
    api.crawl(id_, {"urls": api.pages()}).refused()
    expect.equal("number of operations after the refusal", len(api.timeline(id_)), before)


def status_after(api: Zipf, days: int, expected: str) -> object:
    """Complete a session, let days pass for it, and return its status, at the latest after a moment."""
    id_ = api.given_session()
    api.given(api.complete_session(id_))
    api.age(id_, days)
    return settled(lambda: api.status_of(id_), lambda found: found == expected)


@requirement(
    "ZIPF-LIFE-01",
    level=Level.MUST,
    origin=documented("POST /api/v1/sessions/{id}/complete: Mark session as completed."),
    operations=["complete_session", "get_session"],
)
def sessions_can_be_completed(api: Zipf) -> None:
    """An active session can be completed, and is completed then."""
    id_ = api.given_session()
    api.complete_session(id_).succeeded()
    expect.equal(
        "status", settled(lambda: api.status_of(id_), lambda found: found == "completed"), "completed"
    )


@requirement(
    "ZIPF-LIFE-02",
    level=Level.MUST,
    origin=documented("Mark session as completed. Prevents new operations from being added."),
    operations=["complete_session", "search_in_session", "crawl_in_session", "get_timeline"],
    needs=[needs.credit, pages(1)],
)
def completed_sessions_take_no_operations(api: Zipf) -> None:
    """A completed session refuses searches and crawls, and keeps the operations it has."""
    id_ = api.given_session()
    api.given_search(id_)
    api.given(api.complete_session(id_))
    takes_no_operations(api, id_)


@requirement(
    "ZIPF-LIFE-03",
    level=Level.MUST,
    origin=documented("Archive a completed session. Session must be completed first."),
    operations=["archive_session", "get_session"],
)
def active_sessions_cannot_be_archived(api: Zipf) -> None:
    """An active session cannot be archived, and stays active when somebody tries."""
    id_ = api.given_session()
    api.archive_session(id_).refused()
    expect.equal("status after the refusal", api.status_of(id_), "active")


@requirement(
    "ZIPF-LIFE-04",
    level=Level.MUST,
    origin=documented("POST /api/v1/sessions/{id}/archive: Archive a completed session."),
    operations=["archive_session", "complete_session", "get_session"],
    needs=[needs.credit],
)
def completed_sessions_can_be_archived(api: Zipf) -> None:
    """A completed session can be archived, is archived then, and still can be read."""
    id_ = api.given_session()
    api.given_search(id_)
    api.given(api.complete_session(id_))
    api.archive_session(id_).succeeded()
    expect.equal("status", settled(lambda: api.status_of(id_), lambda found: found == "archived"), "archived")
    expect.equal("number of operations of an archived session", len(api.timeline(id_)), 1)


@requirement(
    "ZIPF-LIFE-05",
    level=Level.MUST,
    origin=documented(
        "Complete: Prevents new operations from being added. Lifecycle: active -> completed -> archived"
    ),
    operations=["archive_session", "search_in_session", "crawl_in_session"],
    needs=[needs.credit, pages(1)],
)
def archived_sessions_take_no_operations(api: Zipf) -> None:
    """An archived session refuses searches and crawls as a completed one does."""
    id_ = api.given_session()
    api.given(api.complete_session(id_))
    api.given(api.archive_session(id_))
    takes_no_operations(api, id_)


@requirement(
    "ZIPF-LIFE-06",
    level=Level.MUST,
    origin=documented("session_config.max_operations: Operation limit (1-100)"),
    operations=["search_in_session", "crawl_in_session", "get_timeline"],
    needs=[needs.credit, pages(1)],
)
def the_operation_limit_holds(api: Zipf) -> None:
    """A session takes as many operations as its limit says, and refuses one more of either kind."""
    id_ = api.given_session(session_config={"max_operations": 2})
    api.given_search(id_)
    api.given_search(id_, "AI startup funding")
    takes_no_operations(api, id_)


@requirement(
    "ZIPF-LIFE-07",
    level=Level.MUST,
    origin=documented("Limits: 1-100 operations/session"),
    operations=["search_in_session", "get_timeline"],
    needs=[needs.credit],
)
def operations_are_bounded(api: Zipf) -> None:
    """A session takes 100 operations when nothing else was said, and refuses one more."""
    id_ = api.given_session()
    for number in range(MOST_OPERATIONS):
        api.search(id_, {"query": f"{QUERY} {number}"}).succeeded()
    api.search(id_, {"query": "One too many"}).refused(429)


@requirement(
    "ZIPF-LIFE-08",
    level=Level.MUST,
    origin=documented("Limits: auto-archive after 7 days"),
    operations=["get_session", "complete_session"],
    needs=[needs.hook("age")],
)
def old_sessions_are_archived(api: Zipf) -> None:
    """A completed session that nobody touches for seven days is archived by itself, and not after six.

    Whether an active one is, too, the document does not say.
    """
    expect.equal("status after six days", status_after(api, WEEK - 1, "completed"), "completed")
    expect.equal("status after eight days", status_after(api, WEEK + 1, "archived"), "archived")


@requirement(
    "ZIPF-LIFE-09",
    level=Level.MUST,
    origin=assumed("The page names the steps and no way back; whoever repeats one is told so with 409."),
    operations=["complete_session", "archive_session"],
)
def no_step_is_taken_twice(api: Zipf) -> None:
    """Completing or archiving a second time, and any step out of order, is refused with 409 and changes
    nothing.
    """
    id_ = api.given_session()
    api.archive_session(id_).has_status(409)
    api.complete_session(id_).has_status(200)
    api.complete_session(id_).has_status(409)
    api.archive_session(id_).has_status(200)
    api.archive_session(id_).has_status(409)
    api.complete_session(id_).has_status(409)
    expect.equal("status in the end", api.status_of(id_), "archived")


@requirement(
    "ZIPF-LIFE-10",
    level=Level.MUST,
    origin=assumed(
        "The replies are not on the page; the session in its envelope is what the vendor's client reads."
    ),
    operations=["complete_session", "archive_session", "search_in_session"],
    needs=[needs.credit],
)
def replies_are_the_session(api: Zipf) -> None:
    """Each step is answered with the session as it is now, and when it was taken; a refused operation with
    409.
    """
    id_ = api.given_session()
    for step, field in ((api.complete_session, "completed_at"), (api.archive_session, "archived_at")):
        session = step(id_).has_status(200).object().get("session")
        expect.instant(field, session.get(field) if isinstance(session, dict) else None)
        expect.equal("the reply", session, api.get_session(id_).object().get("session"))
    api.search(id_, {"query": QUERY}).has_status(409)


@requirement(
    "ZIPF-LIFE-11",
    level=Level.MUST,
    origin=assumed(
        "The page does not say whether only completed sessions are archived by themselves, nor when."
    ),
    operations=["get_session", "search_in_session"],
    needs=[needs.credit, needs.hook("age")],
)
def old_active_sessions_are_archived(api: Zipf) -> None:
    """An active session is archived by itself as well, and takes no operations then."""
    id_ = api.given_session()
    api.age(id_, WEEK + 1)
    session = reading.session(api.get_session(id_).object())
    expect.equal("status", session.get("status"), "archived")
    expect.instant("archived_at", session.get("archived_at"))
    api.search(id_, {"query": QUERY}).has_status(409)
